"""The repository's content: unit files and question banks, found without being told where."""

import os
from pathlib import Path

from hoithi_cli.trouble import WrongUsage

UNIT_FILES = ("units/ha-giang-2022.csv", "units/tuyen-quang-2025.csv")
BANK_FILE = "banks/chuyen-doi-so.txt"
BANK_ID = "chuyen-doi-so"


def folder(given: Path | None = None, home: Path | None = None) -> Path:
    """`content/`: the given one, HOITHI_CONTENT, beside `home` (.hoithi), above the package, above the working directory."""
    if given or os.environ.get("HOITHI_CONTENT"):
        return _existing(Path(given or os.environ["HOITHI_CONTENT"]))
    beginnings = [*((home.resolve(),) if home else ()), Path(__file__).resolve(), Path.cwd()]
    candidates = (above / "content" for beginning in beginnings for above in beginning.parents or ())
    found = next((path for path in (*candidates, Path.cwd() / "content") if (path / "units").is_dir()), None)
    if found is None:
        raise WrongUsage("the folder content/ of the repository was not found: give --content DIR (HOITHI_CONTENT)")
    return found


def _existing(path: Path) -> Path:
    if not path.is_dir():
        raise WrongUsage(f"{path} is no folder")
    return path
