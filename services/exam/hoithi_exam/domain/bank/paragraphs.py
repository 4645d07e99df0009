"""The lines of a Word file with the marks of each letter (bold, underlined ...), and the rows of its tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from io import BytesIO
from operator import or_
from zipfile import ZipFile

from .numbering import Numbering
from .xml import Node, elements

BOLD, UNDERLINE, HIGHLIGHT, COLOUR = 1, 2, 4, 8
OFF = {"0", "false", "none", "off"}
DARK = {"auto", "000000"}
UNFILLED = {"auto", "ffffff", ""}
STRONG = {"strong"}
INSIDE = {"hyperlink", "ins", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml"}
PICTURES = {"drawing", "pict", "object", "AlternateContent", "oMath", "oMathPara"}
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
DOCUMENT = "word/document.xml"


@dataclass(frozen=True)
class Line:
    """One line: `marks` has a number of bits for each letter of `text`."""

    text: str
    marks: tuple[int, ...]
    where: str
    style: str = ""
    pictures: bool = False

    def part(self, start: int, end: int | None = None) -> "Line":
        """The letters from start to end, without blanks outside."""
        text = self.text[start:end]
        left = len(text) - len(text.lstrip())
        right = len(text.rstrip())
        return Line(text[left:right], self.marks[start:end][left:right], self.where, self.style, self.pictures)

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
        reader = _Reader(Numbering.of(archive))
        for node in elements(source, {"p", "tr"}):
            yield reader.paragraph(node) if node.name == "p" else reader.row(node)


class _Reader:
    """Counts paragraphs, tables and rows, and keeps the state of numbered lists."""

    def __init__(self, numbering: Numbering):
        self.numbering = numbering
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
        return [line for paragraph in _below(cell, "p") for line in self._lines(paragraph, where) if line.text]

    def _lines(self, paragraph: Node, where: str) -> list[Line]:
        properties = paragraph.one("pPr")
        style = _value(properties, "pStyle") if properties else ""
        runs = list(_runs(paragraph))
        text = "".join(text for text, _, _ in runs)
        marks = [bits for text, bits, _ in runs for _ in text]
        label = self.numbering.label(properties)
        if label:
            text, marks = f"{label} {text}", [_marks(properties.one("rPr"))] * (len(label) + 1) + marks
        pictures = any(picture for _, _, picture in runs)
        return list(_cut(text, tuple(marks), where, style.lower(), pictures))


def _cut(text: str, marks: tuple[int, ...], where: str, style: str, pictures: bool) -> Iterator[Line]:
    start = 0
    for row in text.split("\n"):
        yield Line(row, marks[start : start + len(row)], where, style, pictures).part(0)
        start += len(row) + 1


def _below(node: Node, name: str) -> Iterator[Node]:
    """Descendants of a name in order, not looked for inside each other."""
    for child in node.children:
        if child.name == name:
            yield child
        else:
            yield from _below(child, name)


def _runs(node: Node) -> Iterator[tuple[str, int, bool]]:
    """(text, marks, whether there is a picture or formula) of each run; what was deleted is not there."""
    for child in node.children:
        if child.name == "r":
            text = "".join(each.text if each.name == "t" else SIGNS.get(each.name, "") for each in child.children)
            yield text, _marks(child.one("rPr")), any(each.name in PICTURES for each in child.children)
        elif child.name in INSIDE:
            yield from _runs(child)
        elif child.name in PICTURES:
            yield "", 0, True


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
