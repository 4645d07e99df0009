"""Word files for tests, paragraph by paragraph, as people make them."""

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BOLD, UNDERLINE, RED = "<w:b/>", '<w:u w:val="single"/>', '<w:color w:val="FF0000"/>'
YELLOW, SHADED, NOT_BOLD = '<w:highlight w:val="yellow"/>', '<w:shd w:fill="FFFF00"/>', '<w:b w:val="0"/>'


def run(text, marks=""):
    pieces = escape(text).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    pieces = pieces.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return f'<w:r><w:rPr>{marks}</w:rPr><w:t xml:space="preserve">{pieces}</w:t></w:r>'


def p(*runs, properties=""):
    """A paragraph of texts and (text, marks) pairs."""
    made = (run(*each) if isinstance(each, tuple) else run(each) for each in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(made)}</w:p>"


def listed(text, number, level=0, marks=""):
    """A paragraph of an automatic list."""
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr><w:rPr>{marks}</w:rPr>'
    return p((text, marks), properties=properties)


def table(*rows):
    cells = ("".join(f"<w:tc>{cell if cell.startswith('<w:p') else p(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def docx(*blocks, numbering=None, document=None):
    """The file; `document` replaces its whole main part."""
    body = document or f"<w:document {W}><w:body>{''.join(blocks)}</w:body></w:document>"
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", body)
        if numbering:
            archive.writestr("word/numbering.xml", f"<w:numbering {W}>{numbering}</w:numbering>")
    return file.getvalue()
