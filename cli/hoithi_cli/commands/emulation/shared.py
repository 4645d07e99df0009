"""What the commands of emulation share: the app, arguments, small readings."""

from pathlib import Path
from typing import Annotated

import typer

from hoithi_cli.front_door import Person
from hoithi_cli.trouble import WrongUsage

app = typer.Typer(no_args_is_help=True, help="Emulation campaigns: criteria, self-assessments, reviews, nominations.")

SERVICE = "emulation"
TYPES = {
    ".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
TABLES = (".xlsx", ".csv")

CampaignId = Annotated[str, typer.Argument(metavar="CAMPAIGN")]
AssessmentId = Annotated[str, typer.Argument(metavar="ASSESSMENT", help="campaign:unit, as `progress` shows it.")]
Code = Annotated[str, typer.Argument(metavar="CRITERION")]
Out = Annotated[Path, typer.Option("--out", dir_okay=False, help="The file to write.")]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False)]
Reason = Annotated[str, typer.Option(help="Kept in the log.")]
Kind = Annotated[str, typer.Option(help="collective or individual.")]


def revision(person: Person, path: str) -> int:
    """What is there now: the door refuses when somebody saves in between."""
    return person.call("GET", SERVICE, path)["revision"]


def type_of(file: Path, suffixes: tuple[str, ...]) -> str:
    """The content type of a file's name."""
    if file.suffix.lower() not in suffixes:
        raise WrongUsage(f"{file.name}: one of {', '.join(suffixes)}")
    return TYPES[file.suffix.lower()]


def pair(text: str) -> tuple[str, str]:
    """ "A2=12.5" -> ("A2", "12.5")."""
    code, equals, value = text.partition("=")
    if not equals:
        raise WrongUsage(f"{text} is not like A2=12.5")
    return code, value


def number(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise WrongUsage(f"{text} is no number") from error
