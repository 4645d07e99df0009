"""HTML of other programs as plain text."""

from html.parser import HTMLParser
from typing import NamedTuple

BREAKS = {"br", "p", "div", "li", "tr", "pre"}
KEEPING = {"p", "div", "pre"}
HIDDEN = {"script", "style"}
OTHERS = {"audio", "video", "svg", "object", "math"}
LINKS = {"src", "href", "data", "poster"}


class Image(NamedTuple):
    """Where it lies, and its words."""

    source: str
    alt: str


class Shown(NamedTuple):
    """`text`: one line per paragraph. `others`: a sound, a film or a formula was left out. `links`: what else is led to."""

    text: str
    images: tuple[Image, ...] = ()
    others: bool = False
    links: tuple[str, ...] = ()


def plain_text(text: str, html: bool) -> Shown:
    """The words, and what a text cannot hold."""
    if not html:
        return Shown(text)
    reader = _Words()
    reader.feed(text)
    reader.close()
    rows = ("".join(row).replace("\r", "").strip() for row in reader.rows)
    return Shown("\n".join(row for row in rows if row), tuple(reader.images), reader.others, tuple(reader.links))


class _Words(HTMLParser):
    """`kept`: the open elements within which a line is a line, as they were written (`pre`, `white-space: pre-line`)."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = [[]]
        self.images: list[Image] = []
        self.links: list[str] = []
        self.kept: list[str] = []
        self.hidden, self.others = 0, False

    def handle_starttag(self, tag, attrs):
        told = {name: value or "" for name, value in attrs}
        if tag == "img":
            self.images.append(Image(told.get("src", ""), told.get("alt", "")))
        else:
            self.links += [value for name, value in told.items() if name in LINKS]
        self.others |= tag in OTHERS
        self.hidden += tag in HIDDEN
        if tag in BREAKS:
            self.rows.append([])
        if tag == "pre" or tag in KEEPING and "white-space:pre" in told.get("style", "").replace(" ", ""):
            self.kept.append(tag)

    def handle_endtag(self, tag):
        self.hidden -= tag in HIDDEN and self.hidden > 0
        if tag in BREAKS:
            self.rows.append([])
        if self.kept and self.kept[-1] == tag:
            self.kept.pop()

    def handle_data(self, data):
        if not self.hidden:
            self.rows[-1].append(data if self.kept else data.replace("\n", " "))
