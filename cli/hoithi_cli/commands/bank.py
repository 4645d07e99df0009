"""Question banks: check, import, look."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from hoithi_cli.running import Run, command
from hoithi_cli.trouble import CheckFailed, Refused, WrongUsage

app = typer.Typer(no_args_is_help=True, help="Question banks, as text or Excel files.")

File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A .txt or .xlsx file.")]
BankId = Annotated[str | None, typer.Option("--bank", help="Id of the bank (default: the one in the file, or the file's name).")]
TYPES = {
    ".txt": ("text", "text/plain; charset=utf-8"),
    ".xlsx": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@command(app)
def check(run: Run, file: File, bank: BankId = None):
    """What the platform finds in a file, row by row; nothing is kept. Exit code 4 when there are errors."""
    found = _sent(run, file, bank, dry_run=True)
    errors = _show_findings(run, file, found)
    if errors:
        raise CheckFailed(f"{file.name}: {errors} errors", found)
    run.show(f"{file.name}: {found.get('questions', 0)} questions, nothing in the way of the import")
    return found


@command(app, "import")
def import_bank(run: Run, file: File, bank: BankId = None):
    """Import a file as the newest version of its bank: all of it or nothing."""
    found = _sent(run, file, bank, dry_run=False)
    errors = _show_findings(run, file, found)
    if errors:
        raise CheckFailed(f"{file.name}: {errors} errors, nothing was imported", found)
    run.show(f"{found['bank_id']} version {found['version']}: {found['questions']} questions")
    return found


@command(app)
def preview(
    run: Run,
    bank: Annotated[str, typer.Argument(help="Id of the bank.")],
    version: Annotated[int | None, typer.Option(help="Default: the newest.")] = None,
    topic: Annotated[str | None, typer.Option()] = None,
    level: Annotated[str | None, typer.Option(help="easy, medium or hard")] = None,
    most: Annotated[int, typer.Option("-n", min=1, help="How many questions.")] = 10,
):
    """Questions as they are kept, the right options marked."""
    organiser = run.person("organiser")
    number = version or newest_version(organiser, bank)
    kept = questions_of(organiser, f"/banks/{bank}/versions/{number}")
    fitting = (each for each in kept if topic in (None, each["topic"]) and level in (None, each["level"]))
    questions = list(islice(fitting, most))
    for question in questions:
        run.show(_page(question))
    return {"bank_id": bank, "version": number, "questions": questions}


def _sent(run: Run, file: Path, bank: str | None, dry_run: bool) -> dict:
    """The platform's answer; findings inside a refusal are an answer too."""
    if file.suffix not in TYPES:
        raise WrongUsage(f"{file.name}: only .txt and .xlsx are question banks")
    format_, content_type = TYPES[file.suffix]
    params = {"format": format_, "dry_run": "true" if dry_run else "false"}
    person, path = run.person("organiser"), f"/banks/{bank or bank_id_of(file)}"
    try:
        return person.call("POST", "exam", path, params=params, content=file.read_bytes(), headers={"Content-Type": content_type})
    except Refused as refused:
        if refused.slug != "bank-refused":
            raise
        findings = [_error(each) for each in refused.problem.get("errors", ())]
        return {"bank_id": bank, "version": None, "questions": 0, "findings": findings}


def _error(error: dict) -> dict:
    """An entry of a problem document, as a finding."""
    return {"severity": "error", "where": error["field"], "message": error.get("message") or error.get("code")}


def bank_id_of(file: Path) -> str:
    """The id in the file's BANK line, else the file's name."""
    if file.suffix == ".txt":
        for line in file.read_text("utf-8-sig", errors="replace").splitlines()[:50]:
            if line.startswith("BANK:"):
                return line.removeprefix("BANK:").strip()
    return file.stem


def _show_findings(run: Run, file: Path, found: dict) -> int:
    """Prints them; gives the number of errors."""
    findings = found.get("findings", [])
    rows = [[each.get("severity"), each.get("where"), each.get("message", each.get("code"))] for each in findings]
    if rows:
        run.table(f"Findings in {file.name}", ["severity", "where", "what"], rows)
    return sum(each.get("severity") == "error" for each in findings)


def newest_version(organiser, bank: str) -> int:
    versions = [each["version"] for each in organiser.call("GET", "exam", "/banks")["banks"] if each["bank_id"] == bank]
    if not versions:
        raise WrongUsage(f"there is no bank {bank}: `hoithi bank import FILE` makes one")
    return max(versions)


def questions_of(organiser, path: str) -> Iterator[dict]:
    """The questions below a path, fetched page by page."""
    after = None
    while True:
        page = organiser.call("GET", "exam", path, params={"limit": 200} | ({"after": after} if after else {}))
        yield from page["page"]
        after = page.get("next")
        if not after:
            return


def _page(question: dict) -> str:
    options = [
        f"  {'*' if letter in question['right'] else ' '} {letter.upper()}. {option}"
        for letter, option in zip("abcdefghij", question["options"], strict=False)
    ]
    return "\n".join([f"{question['id']}  [{question['topic']}, {question['level']}]", question["text"], *options, ""])
