"""Pictures of a Word file: what a drawing shows, found by the document's relations.

What is seen must be what is taken: a picture that Word shows cropped, turned or within a group is refused, because its file
holds the whole. Formulas, shapes and charts are no pictures and are left out.
"""

import posixpath
import re
from collections.abc import Iterator
from zipfile import ZipFile

from .model import quote
from .pictures import LEFT_OUT, Attached, NotTaken, attached, require_small
from .spelling import line
from .xml import Node, elements

RELATIONS = "word/_rels/document.xml.rels"
FOLDER = "word"
NAMES = {"drawing", "pict", "object", "AlternateContent", "oMath", "oMathPara"}
EDGES = ("l", "t", "r", "b")
CROPPED = ("cropleft", "croptop", "cropright", "cropbottom")
TURNED = ("rot", "flipH", "flipV")
NOTHING = {"0", "false", ""}
FILE_NAME = re.compile(r".*\.(?:png|jpe?g|gif|webp|bmp|tiff?|heic|svg|emf|wmf)", re.IGNORECASE)
NO_PICTURE, CHANGED = Attached(fault=LEFT_OUT), Attached(fault="picture-changed")


class Drawings:
    """What the pictures of a file are; each is read once, however often it is shown."""

    def __init__(self, archive: ZipFile):
        self.archive, self.targets = archive, _targets(archive)
        self.known: dict[str, Attached] = {}

    def of(self, node: Node) -> Iterator[Attached]:
        """What an element of NAMES shows."""
        if node.name == "AlternateContent":
            yield from self._first(node)
        elif node.name == "drawing":
            yield from map(self._drawn, node.children or [node])
        else:
            yield self._old(node) if node.name == "pict" else NO_PICTURE

    def _first(self, node: Node) -> Iterator[Attached]:
        """Of several ways to say the same the first; what it holds is a drawing, or nothing that could be taken."""
        drawn = [child for way in node.children[:1] for child in way.children if child.name in NAMES]
        for child in drawn:
            yield from self.of(child)
        if not drawn:
            yield NO_PICTURE

    def _drawn(self, frame: Node) -> Attached:
        """`wp:inline` or `wp:anchor`."""
        data = _at(frame, "graphic", "graphicData")
        if data and data.one("wgp"):
            return CHANGED
        picture, blip = _at(data, "pic"), _at(data, "pic", "blipFill", "blip")
        if blip is None:
            return NO_PICTURE
        crop, placed = _at(picture, "blipFill", "srcRect"), _at(picture, "spPr", "xfrm")
        if _says(crop, EDGES) or _says(placed, TURNED):
            return CHANGED
        told = frame.one("docPr")
        words = (told.attributes.get("descr") or told.attributes.get("title", "")) if told else ""
        return self._file(blip.attributes.get("embed", ""), blip.attributes.get("link", ""), words)

    def _old(self, node: Node) -> Attached:
        """VML, as Word before 2007 and other programs write it."""
        shape = next((child for child in node.children if child.one("imagedata")), None)
        if shape is None:
            return CHANGED if node.one("group") else NO_PICTURE
        data = shape.one("imagedata")
        if _says(data, CROPPED) or "rotation" in shape.attributes.get("style", ""):
            return CHANGED
        return self._file(data.attributes.get("id", ""), data.attributes.get("href", ""), shape.attributes.get("alt", ""))

    def _file(self, relation: str, link: str, words: str) -> Attached:
        """Without words that are only the name of a file: they say nothing, or too much."""
        alt = "" if FILE_NAME.fullmatch(line(words)) else line(words)
        key = self.targets.get(relation, "")
        if key not in self.known:
            self.known[key] = attached(lambda: self._content(key), "")
        met = self.known[key]
        return Attached(met.made, alt, met.fault, met.detail | ({"value": quote(link)} if link and not key else {}))

    def _content(self, name: str) -> bytes:
        """Raises NotTaken."""
        try:
            part = self.archive.getinfo(name)
        except KeyError as missing:
            raise NotTaken("picture-not-in-file", value=quote(name)) from missing
        require_small(part.file_size)
        return self.archive.read(part)


def _targets(archive: ZipFile) -> dict[str, str]:
    """Relation -> name of the part; what lies outside the file has none."""
    if RELATIONS not in archive.namelist():
        return {}
    with archive.open(RELATIONS) as source:
        told = [node.attributes for node in elements(source, {"Relationship"})]
    inside = (each for each in told if each.get("TargetMode", "") != "External")
    return {each.get("Id", ""): _part(each.get("Target", "")) for each in inside}


def _part(target: str) -> str:
    return posixpath.normpath(posixpath.join("/" + FOLDER, target)).lstrip("/")


def _at(node: Node | None, *path: str) -> Node | None:
    """The element at the end of a path of first children."""
    for name in path:
        node = node.one(name) if node else None
    return node


def _says(node: Node | None, names: tuple[str, ...]) -> bool:
    return node is not None and any(node.attributes.get(name, "") not in NOTHING for name in names)
