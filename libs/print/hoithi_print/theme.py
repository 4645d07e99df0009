"""A province's look on paper."""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Theme:
    """`issuer`: lines above a certificate, the highest body first. `place`, `signer`: of its last lines."""

    name: str
    host: str
    help: str
    colour: str
    emblem: str
    issuer: tuple[str, ...] = ()
    place: str = ""
    signer: str = ""

    @classmethod
    def read(cls, folder: str | Path) -> "Theme":
        """From theme.json, print.json and public/emblem.svg; print.json may be missing. Papers are in Vietnamese."""
        folder = Path(folder)
        page = json.loads((folder / "theme.json").read_text())
        texts = {name: page[name]["vi"] for name in ("name", "host", "help")}
        paper = _read_if_there(folder / "print.json")
        lines = {**paper, "issuer": tuple(paper.get("issuer", ())) or (texts["host"].upper(),)}
        return cls(**texts, colour=page["colour"], emblem=(folder / "public" / "emblem.svg").read_text(), **lines)

    @property
    def data(self) -> dict:
        """As templates take it."""
        return {**vars(self), "issuer": list(self.issuer)}


def _read_if_there(path: Path) -> dict:
    return json.loads(path.read_text()) if path.exists() else {}
