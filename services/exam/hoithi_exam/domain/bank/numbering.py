"""Automatic numbers of Word ("Câu 1:", "A."): they stand in no text, so they are counted again here."""

from zipfile import ZipFile

from .xml import Node, elements

PART = "word/numbering.xml"
PLACES = range(9)


class Numbering:
    """The lists of a file, and how far each has been counted."""

    def __init__(self, kinds: dict[str, dict[int, Node]], lists: dict[str, tuple[str, dict[int, int]]]):
        self.kinds, self.lists = kinds, lists
        self.counts: dict[str, list[int | None]] = {}
        self.met: set[str] = set()

    @classmethod
    def of(cls, archive: ZipFile) -> "Numbering":
        """From the file's own part; empty when it has none. Raises xml.WrongXml."""
        if PART not in archive.namelist():
            return cls({}, {})
        kinds, lists = {}, {}
        with archive.open(PART) as source:
            for node in elements(source, {"abstractNum", "num"}):
                if node.name == "abstractNum":
                    kinds[node.attributes.get("abstractNumId", "")] = _levels(node)
                else:
                    lists[node.attributes.get("numId", "")] = (_value(node, "abstractNumId"), _starts(node))
        return cls(kinds, lists)

    def label(self, properties: Node | None) -> str:
        """The number in front of the next paragraph with these properties; "" without one."""
        numbered = properties.one("numPr") if properties else None
        kind, starts = self.lists.get(_value(numbered, "numId") if numbered else "", ("", {}))
        level = _whole(_value(numbered, "ilvl")) if numbered else 0
        form = self.kinds.get(kind, {}).get(level)
        if form is None:
            return ""
        self._count(kind, _value(numbered, "numId"), level, starts)
        return self._written(kind, form)

    def _count(self, kind: str, number: str, level: int, starts: dict[int, int]) -> None:
        counts = self.counts.setdefault(kind, [None] * len(PLACES))
        if number not in self.met:
            self.met.add(number)
            for place, start in starts.items():
                counts[place] = start - 1
        first = _whole(_value(self.kinds[kind][level], "start"), 1)
        counts[level] = first if counts[level] is None else counts[level] + 1
        counts[level + 1 :] = [None] * (len(PLACES) - level - 1)

    def _written(self, kind: str, form: Node) -> str:
        text = _value(form, "lvlText")
        if _value(form, "numFmt") in ("bullet", "none"):
            return ""
        for place in PLACES:
            if f"%{place + 1}" in text:
                style = _value(self.kinds[kind].get(place, form), "numFmt")
                text = text.replace(f"%{place + 1}", _figure(self.counts[kind][place] or 1, style))
        return text


def _levels(node: Node) -> dict[int, Node]:
    return {place: level for level in node.all("lvl") if (place := _whole(level.attributes.get("ilvl", "0"))) in PLACES}


def _starts(node: Node) -> dict[int, int]:
    given = {_whole(each.attributes.get("ilvl", "0")): _value(each, "startOverride") for each in node.all("lvlOverride")}
    return {place: _whole(start, 1) for place, start in given.items() if start and place in PLACES}


def _figure(number: int, style: str) -> str:
    if style in ("upperLetter", "lowerLetter") and 1 <= number <= 26:
        letter = chr(ord("A") + number - 1)
        return letter if style == "upperLetter" else letter.lower()
    return str(number)


def _value(node: Node, name: str) -> str:
    child = node.one(name)
    return child.attributes.get("val", "") if child else ""


def _whole(text: str, otherwise: int = 0) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else otherwise
