"""HTML of other programs as plain text."""

from html.parser import HTMLParser

BREAKS = {"br", "p", "div", "li", "tr"}
HIDDEN = {"script", "style"}
PICTURES = {"img", "audio", "video", "svg", "object", "math"}


def plain_text(text: str, html: bool) -> tuple[str, bool]:
    """The words, one line per paragraph, and whether a picture, a sound or a formula was left out."""
    if not html:
        return text, False
    reader = _Words()
    reader.feed(text)
    reader.close()
    rows = "".join(reader.words).replace("\r", "").split("\n")
    return "\n".join(row.strip() for row in rows if row.strip()), reader.pictures


class _Words(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.hidden, self.pictures = 0, False

    def handle_starttag(self, tag, attrs):
        self.pictures |= tag in PICTURES
        self.hidden += tag in HIDDEN
        if tag in BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag):
        self.hidden -= tag in HIDDEN and self.hidden > 0
        if tag in BREAKS:
            self.words.append("\n")

    def handle_data(self, data):
        if not self.hidden:
            self.words.append(data.replace("\n", " "))
