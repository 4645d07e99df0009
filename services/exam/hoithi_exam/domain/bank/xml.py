"""XML of strangers, piece by piece: no document type (so no entity bombs), bounded depth and size, names without prefix.

The standard expat does it: a stop at the document type makes a library such as defusedxml unnecessary, and its own reader
of pieces keeps a large file from becoming one tree.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

PIECE = 65536
MOST_DEPTH = 60
MOST_NODES = 50_000
"""Of one question, one paragraph or one row of a table."""


class WrongXml(Exception):
    """`code`: dangerous-file, too-complex or not-xml; `line`: where."""

    def __init__(self, code: str, line: int):
        self.code, self.line = code, line
        super().__init__(code)


@dataclass(slots=True)
class Node:
    """An element; `text` is what stands directly in it."""

    name: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    children: list["Node"] = field(default_factory=list)

    def all(self, name: str) -> list["Node"]:
        """Its children of a name."""
        return [child for child in self.children if child.name == name]

    def one(self, name: str) -> "Node | None":
        """Its first child of a name."""
        return next(iter(self.all(name)), None)

    def words(self, *path: str) -> str:
        """The text at the end of a path of first children, "" when there is none."""
        node = self
        for name in path:
            node = node.one(name) if node else None
        return node.text if node else ""


def elements(source: BinaryIO, names: set[str]) -> Iterator[Node]:
    """The outermost elements of these names, each whole, in order. Raises WrongXml."""
    builder = _Builder(names)
    try:
        while piece := source.read(PIECE):
            builder.parser.Parse(piece)
            yield from builder.taken()
        builder.parser.Parse(b"", True)
    except expat.ExpatError as failure:
        raise WrongXml("not-xml", failure.lineno) from failure
    yield from builder.taken()


class _Builder:
    def __init__(self, names: set[str]):
        self.names, self.depth, self.nodes = names, 0, 0
        self.open: list[Node] = []
        self.done: list[Node] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def taken(self) -> list[Node]:
        done, self.done = self.done, []
        return done

    def _doctype(self, *_):
        raise WrongXml("dangerous-file", self.parser.CurrentLineNumber)

    def _start(self, name: str, attributes: dict[str, str]):
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise WrongXml("too-complex", self.parser.CurrentLineNumber)
        bare = _bare(name)
        if self.open or bare in self.names:
            self._push(Node(bare, {_bare(key): value for key, value in attributes.items()}, self.parser.CurrentLineNumber))

    def _push(self, node: Node):
        self.nodes = self.nodes + 1 if self.open else 1
        if self.nodes > MOST_NODES:
            raise WrongXml("too-complex", node.line)
        if self.open:
            self.open[-1].children.append(node)
        self.open.append(node)

    def _end(self, _name: str):
        self.depth -= 1
        if self.open:
            node = self.open.pop()
            if not self.open:
                self.done.append(node)

    def _text(self, text: str):
        if self.open:
            self.open[-1].text += text


def _bare(name: str) -> str:
    return name.rpartition(" ")[2]
