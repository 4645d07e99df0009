"""The lines of a Word file with their pictures and the marks of each letter (bold, underlined ...); the rows of its tables."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce
from io import BytesIO
from operator import or_
from zipfile import ZipFile

from .drawings import NAMES as PICTURES
from .drawings import Drawings
from .numbering import Numbering
from .pictures import Attached
from .xml import Node, elements

BOLD, UNDERLINE, HIGHLIGHT, COLOUR = 1, 2, 4, 8
OFF = {"0", "false", "none", "off"}
DARK = {"auto", "000000"}
UNFILLED = {"auto", "ffffff", ""}
STRONG = {"strong"}
INSIDE = {"hyperlink", "ins", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml"}
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
DOCUMENT = "word/document.xml"
Run = tuple[str, int, Node | None]
"""Text, marks, picture or formula."""


@dataclass(frozen=True)
class Line:
    """One line: `marks` has a number of bits for each letter of `text`; `pictures` stand in it, or alone."""

    text: str
    marks: tuple[int, ...]
    where: str
    style: str = ""
    pictures: tuple[Attached, ...] = ()

    def part(self, start: int, end: int | None = None) -> "Line":
        """The letters from start to end, without blanks outside and without pictures."""
        text = self.text[start:end]
        left = len(text) - len(text.lstrip())
        right = len(text.rstrip())
        return Line(text[left:right], self.marks[start:end][left:right], self.where, self.style)

    def has(self, mark: int) -> bool:
        """Whether all its letters carry the mark."""
        shown = [bits for sign, bits in zip(self.text, self.marks, strict=True) if not sign.isspace()]
        return bool(shown) and all(bits & mark for bits in shown)


@dataclass(frozen=True)
class TableRow:
    """The cells of a row, each as its lines; `starts` a table."""

    cells: list[list[Line]]
    where: str


def blocks(data: bytes) -> Iterator[list[Line] | TableRow]:
    """Paragraphs as their lines and rows of tables, in order. Raises xml.WrongXml."""
    with ZipFile(BytesIO(data)) as archive, archive.open(DOCUMENT) as source:
        reader = _Reader(Numbering.of(archive), Drawings(archive))
        for node in elements(source, {"p", "tr"}):
            yield reader.paragraph(node) if node.name == "p" else reader.row(node)


class _Reader:
    """Counts paragraphs, tables and rows, and keeps the state of numbered lists."""

    def __init__(self, numbering: Numbering, drawings: Drawings):
        self.numbering, self.drawings = numbering, drawings
        self.paragraphs = self.tables = self.rows = 0

    def paragraph(self, node: Node) -> list[Line]:
        self.paragraphs += 1
        self.rows = 0
        return self._lines(node, f"paragraph {self.paragraphs}")

    def row(self, node: Node) -> TableRow:
        self.tables += self.rows == 0
        self.rows += 1
        where = f"table {self.tables}, row {self.rows}"
        return TableRow([self._cell(cell, where) for cell in node.all("tc")], where)

    def _cell(self, cell: Node, where: str) -> list[Line]:
        return [line for paragraph in _below(cell, "p") for line in self._lines(paragraph, where) if line.text or line.pictures]

    def _lines(self, paragraph: Node, where: str) -> list[Line]:
        properties = paragraph.one("pPr")
        style = _value(properties, "pStyle") if properties else ""
        runs = list(_runs(paragraph))
        text = "".join(text for text, _, _ in runs)
        marks = [bits for text, bits, _ in runs for _ in text]
        label = self.numbering.label(properties)
        if label:
            text, marks = f"{label} {text}", [_marks(properties.one("rPr"))] * (len(label) + 1) + marks
        pictures = list(self._pictures(runs, len(text) - sum(len(text) for text, _, _ in runs)))
        return list(_cut(Line(text, tuple(marks), where, style.lower()), pictures))

    def _pictures(self, runs: list[Run], at: int) -> Iterator[tuple[int, Attached]]:
        """(how many letters stand before it, picture)."""
        for text, _, node in runs:
            yield from ((at, met) for met in self.drawings.of(node)) if node else ()
            at += len(text)


def _cut(whole: Line, pictures: list[tuple[int, Attached]]) -> Iterator[Line]:
    start = 0
    for row in whole.text.split("\n"):
        end = start + len(row)
        yield replace(whole.part(start, end), pictures=tuple(met for at, met in pictures if start <= at <= end))
        start = end + 1


def _below(node: Node, name: str) -> Iterator[Node]:
    """Descendants of a name in order, not looked for inside each other."""
    for child in node.children:
        if child.name == name:
            yield child
        else:
            yield from _below(child, name)


def _runs(node: Node) -> Iterator[Run]:
    """The pieces of each run; what was deleted is not there."""
    for child in node.children:
        if child.name == "r":
            marks = _marks(child.one("rPr"))
            yield from (_piece(each, marks) for each in child.children)
        elif child.name in INSIDE:
            yield from _runs(child)
        elif child.name in PICTURES:
            yield _piece(child, 0)


def _piece(node: Node, marks: int) -> Run:
    text = node.text if node.name == "t" else SIGNS.get(node.name, "")
    return text, marks, node if node.name in PICTURES else None


def _marks(properties: Node | None) -> int:
    if properties is None:
        return 0
    bold = _is_on(properties, "b") or _value(properties, "rStyle").lower() in STRONG
    found = {
        BOLD: bold,
        UNDERLINE: properties.one("u") is not None and _value(properties, "u") not in OFF,
        HIGHLIGHT: _value(properties, "highlight") not in OFF | {""} or _filled(properties),
        COLOUR: _value(properties, "color").lower() not in DARK | {""},
    }
    return reduce(or_, (mark for mark, is_there in found.items() if is_there), 0)


def _is_on(properties: Node, name: str) -> bool:
    node = properties.one(name)
    return node is not None and node.attributes.get("val", "1").lower() not in OFF


def _filled(properties: Node) -> bool:
    shade = properties.one("shd")
    return shade is not None and shade.attributes.get("fill", "").lower() not in UNFILLED


def _value(properties: Node, name: str) -> str:
    node = properties.one(name)
    return node.attributes.get("val", "") if node else ""
