"""Word files for tests, paragraph by paragraph, as people make them."""

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
SPACES = (
    f'xmlns:r="{OFFICE}" xmlns:wp="{DRAWING}/wordprocessingDrawing" xmlns:a="{DRAWING}/main" xmlns:pic="{DRAWING}/picture" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"'
)
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


def shown(relation, alt="", crop="", turn="", how="embed"):
    """The run of a picture as Word writes it: in line with the text."""
    return (
        f'<w:r><w:drawing><wp:inline {SPACES}><wp:docPr id="1" name="Picture 1" descr="{alt}"/><a:graphic><a:graphicData>'
        f'<pic:pic><pic:blipFill><a:blip r:{how}="{relation}"/><a:srcRect {crop}/></pic:blipFill>'
        f"<pic:spPr><a:xfrm {turn}/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def old(relation, alt="", more=""):
    """The same in VML."""
    return f'<w:r><w:pict {SPACES}><v:shape alt="{alt}"><v:imagedata r:id="{relation}" {more}/></v:shape></w:pict></w:r>'


def pictured(run_):
    return f"<w:p>{run_}</w:p>"


def docx(*blocks, numbering=None, document=None, media=None, linked=None):
    """The file; `document` replaces its whole main part. `media`: relation -> bytes; `linked`: relation -> address."""
    body = document or f"<w:document {W}><w:body>{''.join(blocks)}</w:body></w:document>"
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", body)
        if numbering:
            archive.writestr("word/numbering.xml", f"<w:numbering {W}>{numbering}</w:numbering>")
        archive.writestr(
            "word/_rels/document.xml.rels", f"<Relationships>{_relations(media or {}, linked or {})}</Relationships>"
        )
        for name, content in (media or {}).items():
            archive.writestr(f"word/media/{name}", content)
    return file.getvalue()


def _relations(media, linked):
    inside = (f'<Relationship Id="{name}" Target="media/{name}"/>' for name in media)
    outside = (f'<Relationship Id="{name}" Target="{target}" TargetMode="External"/>' for name, target in linked.items())
    return "".join([*inside, *outside])
