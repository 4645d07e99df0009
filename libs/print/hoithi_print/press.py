"""The process that sets pages. python -m hoithi_print.press FD takes jobs from the socket FD until its end.

A job is `Document.wire`; an answer begins with "+" and holds the document, or with "-" and holds why there is none.
"""

import io
import json
import os
import resource
import socket
import sys
from pathlib import Path

import font_source_sans_pro
import font_source_serif_pro
import segno
import typst

from hoithi_print import line, word
from hoithi_print.document import DOCX, PDF, TEMPLATES

NICENESS = 10
"""People who take a paper go before what is printed."""
IDLE_S = 120.0
MOST_MB = 300
"""Typst remembers what it set; a press that has grown so large leaves, and the next document has a fresh one."""
ARCHIVE = ["a-2a"]
"""PDF/A-2a: readable in decades, and by screen readers."""
PIXELS_PER_INCH = 72.0
"""A point of a picture's page is a pixel."""
FONTS = [Path(package.__file__).parent / "files" for package in (font_source_sans_pro, font_source_serif_pro)]


class Press:
    """Sets documents one after the other; fonts and templates are read once. `ppi`: pixels per inch of pictures."""

    def __init__(self, ppi: float = PIXELS_PER_INCH):
        self.ppi = ppi
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(each) for each in FONTS])
        self.compiler = typst.Compiler(root=str(TEMPLATES), font_paths=fonts)

    def set(self, template: str, format: str, data: dict) -> bytes:
        """The document's bytes; raises typst.TypstError. Of all templates only `minutes` can be DOCX."""
        if format == DOCX:
            return word.minutes(data)
        inputs = {"data": json.dumps(with_codes(data), ensure_ascii=False)}
        source = str(TEMPLATES / f"{template}.typ")
        if format != PDF:
            return self.compiler.compile(source, format=format, ppi=self.ppi, sys_inputs=inputs, timestamp=0)
        try:
            return self.compiler.compile(source, format=PDF, sys_inputs=inputs, timestamp=0, pdf_standards=ARCHIVE)
        except typst.TypstError:
            # A name with a letter that no font has (an emoji) is not archival; the person gets the paper all the same.
            return self.compiler.compile(source, format=PDF, sys_inputs=inputs, timestamp=0)


def with_codes(data):
    """The data with a `qr` (SVG) beside every `address`."""
    if isinstance(data, list):
        return [with_codes(each) for each in data]
    if not isinstance(data, dict):
        return data
    found = {name: with_codes(value) for name, value in data.items()}
    return {**found, "qr": qr(data["address"])} if "address" in data else found


def qr(address: str) -> str:
    """A QR code (ISO/IEC 18004) with error correction M, without the quiet zone, which the page's white is."""
    target = io.BytesIO()
    segno.make(address, error="m", micro=False).save(target, kind="svg", border=0, xmldecl=False, svgns=True)
    return target.getvalue().decode()


def main(descriptor: int) -> None:
    """Serve until the other side is gone, nothing came for a while, or it remembers too much."""
    os.nice(NICENESS)
    connection, press = socket.socket(fileno=descriptor), Press()
    connection.settimeout(IDLE_S)
    try:
        while (job := line.receive(connection)) and used_mb() < MOST_MB:
            line.send(connection, _answer(press, job))
    except TimeoutError:
        pass


def used_mb() -> int:
    """Memory of this process. (Linux lets ru_maxrss begin with that of the process it was started by.)"""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() // 2**20


def _answer(press: Press, job: bytes) -> bytes:
    try:
        return b"+" + press.set(**json.loads(job))
    except Exception as error:
        return b"-" + f"{type(error).__name__}: {error}".encode()


if __name__ == "__main__":
    main(int(sys.argv[1]))
