"""Paper and pictures: certificates, posters, minutes, pictures for shared links."""

from hoithi_print.document import DOCX, PDF, PNG, Document, printed
from hoithi_print.papers import Papers
from hoithi_print.printer import Busy, Failed, Printer
from hoithi_print.theme import Theme

__all__ = ["DOCX", "PDF", "PNG", "Busy", "Document", "Failed", "Papers", "Printer", "Theme", "printed"]
