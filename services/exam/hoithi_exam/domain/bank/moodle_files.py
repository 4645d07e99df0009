"""Files within Moodle's XML: what an `<img>` leads to, and a picture written so that Moodle shows it.

https://docs.moodle.org/dev/File_API ("@@PLUGINFILE@@" stands for where Moodle will keep the files of the text).
"""

from base64 import b64decode, b64encode
from html import escape
from urllib.parse import unquote

from hoithi_exam.domain.picture import MOST_KB, Picture

from .markup import Image, Shown
from .model import quote
from .pictures import Attached, NotTaken, attached, require_small
from .spelling import line
from .xml import Node

PLACE = "@@PLUGINFILE@@"
WITHIN = "data:"
MOST_SIGNS = 2 * MOST_KB * 1024
"""Of a picture in base64, with line ends: more is not decoded at all."""


def found(image: Image, files: list[Node]) -> Attached:
    """The picture that an image shows: a file beside the text, or one written into the address."""
    return attached(lambda: _content(image.source, files), line(image.alt))


def unused(shown: Shown, files: list[Node]) -> list[str]:
    """Names of files that nothing in the text leads to."""
    led_to = {_name(source) for source in (*(image.source for image in shown.images), *shown.links)}
    return [_lies(file) for file in files if _lies(file) not in led_to]


def _content(source: str, files: list[Node]) -> bytes:
    """Raises NotTaken."""
    if source.startswith(WITHIN):
        return _decoded(source.partition(",")[2] if ";base64," in source[:60] else "-")
    file = next((file for file in files if _lies(file) == _name(source)), None)
    if file is None:
        raise NotTaken("picture-not-in-file", value=quote(source))
    return _decoded(file.text if file.attributes.get("encoding", "base64") == "base64" else "-")


def _name(source: str) -> str:
    """Where in the text's own folder; "" for what lies elsewhere."""
    return unquote(source.removeprefix(PLACE).partition("?")[0]) if source.startswith(PLACE) else ""


def _lies(file: Node) -> str:
    return f"/{file.attributes.get('path', '').strip('/')}/{file.attributes.get('name', '')}".replace("//", "/")


def _decoded(signs: str) -> bytes:
    """Raises NotTaken. What is no base64 is no picture, and told as such."""
    if len(signs) > MOST_SIGNS:
        require_small(len(signs) * 3 // 4)
    try:
        content = b64decode("".join(signs.split()), validate=True)
    except ValueError:
        content = b""
    require_small(len(content))
    return content


# Writing


def with_picture(text: str, alt: str, made: Picture) -> tuple[str, str]:
    """(HTML of a question's words and picture, the element with the file). The words keep their lines, empty ones too."""
    width, height = made.size
    image = f'<img src="{PLACE}/{made.file_name}" alt="{escape(alt)}" width="{width}" height="{height}">'
    content = b64encode(made.body).decode()
    file = f'<file name="{made.file_name}" path="/" encoding="base64">{content}</file>'
    return f'<p style="white-space: pre-line">{escape(text, quote=False)}</p><p>{image}</p>', file
