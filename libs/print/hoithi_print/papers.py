"""What a service prints with: the press, the province's look, the public address."""

from dataclasses import dataclass
from pathlib import Path

from hoithi_print.document import Document
from hoithi_print.printer import Printer
from hoithi_print.theme import Theme


@dataclass(frozen=True)
class Papers:
    """`url`: where people find the platform, without a slash at the end."""

    printer: Printer
    theme: Theme
    url: str

    @classmethod
    def open(cls, theme_folder: str | Path, public_url: str) -> "Papers":
        return cls(Printer(), Theme.read(theme_folder), public_url.rstrip("/"))

    @property
    def site(self) -> str:
        """The address as it is printed."""
        return self.url.partition("://")[2] or self.url

    def document(self, template: str, format: str, **data) -> Document:
        """A document in the province's look."""
        return Document(template, {"theme": self.theme.data, **data}, format)
