"""Pictures written into a Word file: parts of the archive, relations, and paragraphs that show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from hoithi_exam.domain.picture import Picture

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
SPACES = f'xmlns:r="{OFFICE}" xmlns:wp="{DRAWING}/wordprocessingDrawing" xmlns:a="{DRAWING}/main" xmlns:pic="{DRAWING}/picture"'
EMU = 9525
"""English Metric Units of a point at 96 to the inch (ECMA-376, 20.1.2.1)."""
WIDEST, HIGHEST = 5_400_000, 4_320_000
"""15 cm of the 16.5 between the margins, 12 cm."""


@dataclass(frozen=True)
class Drawn:
    """The pictures of one file, by reference; each lies there once."""

    pictures: Mapping[str, Picture]

    @property
    def parts(self) -> dict[str, bytes]:
        return {f"word/media/{each.file_name}": each.body for each in self.pictures.values()}

    @property
    def types(self) -> str:
        kinds = {each.content_type for each in self.pictures.values()}
        return "".join(f'<Default Extension="{kind.removeprefix("image/")}" ContentType="{kind}"/>' for kind in sorted(kinds))

    @property
    def relations(self) -> str:
        return "".join(
            f'<Relationship Id="{_relation(each)}" Type="{OFFICE}/image" Target="media/{each.file_name}"/>'
            for each in self.pictures.values()
        )

    def paragraph(self, number: int, reference: str, alt: str) -> str:
        """The picture in line with the text, `number` in its name; "" for one that is not there."""
        made = self.pictures.get(reference)
        return f"<w:p><w:r><w:drawing>{_inline(number, made, alt)}</w:drawing></w:r></w:p>" if made else ""


def _inline(number: int, made: Picture, alt: str) -> str:
    width, height = _extent(made)
    about = f'id="{number}" name="Picture {number}" descr={quoteattr(alt)}'
    return (
        f'<wp:inline {SPACES} distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/><wp:docPr {about}/>'
        f'<a:graphic><a:graphicData uri="{DRAWING}/picture"><pic:pic>'
        f"<pic:nvPicPr><pic:cNvPr {about}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{_relation(made)}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>'
    )


def _extent(made: Picture) -> tuple[int, int]:
    """Its own size, or as much of it as has room on the page."""
    width, height = (side * EMU for side in made.size)
    share = min(1, WIDEST / width, HIGHEST / height)
    return max(1, round(width * share)), max(1, round(height * share))


def _relation(made: Picture) -> str:
    return f"p_{made.reference}"
