"""Languages of a question bank: the table a translator fills, and the folder that comes back."""

from pathlib import Path
from typing import Annotated

import typer

from hoithi_cli import translation
from hoithi_cli.commands.bank import newest_version, questions_of
from hoithi_cli.running import Run, command
from hoithi_cli.trouble import WrongUsage

app = typer.Typer(no_args_is_help=True, help="Translations and audio files of a question bank.")

Bank = Annotated[str, typer.Argument(help="Id of the bank.")]
Code = Annotated[str, typer.Argument(help="Code of the language in BCP 47: tyz (Tày), hmn (Mông), ium (Dao), vi ...")]
Version = Annotated[int | None, typer.Option(help="Default: the newest.")]
AT_ONCE = 50


@command(app)
def table(
    run: Run,
    bank: Bank,
    code: Code,
    to: Annotated[Path, typer.Option("--to", file_okay=False, help="Folder for the table; made when missing.")],
    version: Version = None,
):
    """Write the table that a translator fills, with what is translated already."""
    organiser = run.person("organiser")
    path = _path(organiser, bank, version)
    questions = list(questions_of(organiser, path))
    file = to / translation.TABLE
    if file.exists():
        raise WrongUsage(f"{file} is there already: nothing is overwritten")
    to.mkdir(parents=True, exist_ok=True)
    file.write_text(translation.table(questions, _said(organiser, path, code)), "utf-8", newline="")
    run.show(f"{file}: {len(questions)} questions")
    return {"file": str(file), "questions": len(questions)}


@command(app, "import")
def import_language(
    run: Run,
    bank: Bank,
    code: Code,
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="The translator's folder.")],
    name: Annotated[str | None, typer.Option(help="The language's own name, such as Tày (default: as before).")] = None,
    version: Version = None,
):
    """Add what a translator's folder has: texts out of the table, audio files by their names."""
    organiser, found = run.person("organiser"), translation.read(folder)
    path = _path(organiser, bank, version)
    questions = {question["id"]: question for question in questions_of(organiser, path)}
    _require_known(found, questions)
    before = _said(organiser, path, code)
    references = {part: _sent(organiser, bank, file) for part, file in found.sounds.items()}
    said = [translation.said(found, questions[each], references, before.get(each, {})) for each in found.question_ids]
    called = name or _name(organiser, path, code)
    for some in _portions(said):
        body = {"name": called, "questions": some}
        answer = organiser.call("PUT", "exam", f"{path}/languages/{code}", json=body)
    run.show(f"{answer['name']}: {answer['texts']} of {answer['questions']} questions translated, {answer['sounds']} with audio")
    return answer


def _portions(said: list[dict]) -> list[list[dict]]:
    return [said[start : start + AT_ONCE] for start in range(0, len(said), AT_ONCE)]


def _path(organiser, bank: str, version: int | None) -> str:
    return f"/banks/{bank}/versions/{version or newest_version(organiser, bank)}"


def _said(organiser, path: str, language: str) -> dict[str, dict]:
    return {each["id"]: each for each in questions_of(organiser, f"{path}/languages/{language}")}


def _name(organiser, path: str, language: str) -> str:
    return organiser.call("GET", "exam", f"{path}/languages/{language}", params={"limit": 1})["name"]


def _require_known(found: translation.Folder, questions: dict[str, dict]) -> None:
    unknown = [code for code in found.question_ids if code not in questions]
    if unknown:
        raise WrongUsage(f"the bank has no question {', '.join(unknown[:10])}")
    parts = [part for part in (*found.texts, *found.sounds) if part[1] and not _has(questions[part[0]], part[1])]
    if parts:
        raise WrongUsage(f"there is no option {', '.join(f'{code} {letter.upper()}' for code, letter in parts[:10])}")
    changed = translation.changed(found, questions)
    if changed:
        raise WrongUsage(f"the original was changed since the table was written: {', '.join(changed[:10])}; write a new table")


def _has(question: dict, letter: str) -> bool:
    return translation.LETTERS.index(letter) < len(question["options"])


def _sent(organiser, bank: str, file: Path) -> str:
    """The reference of an audio file; sending it again changes nothing."""
    content, kind = file.read_bytes(), {"Content-Type": "application/octet-stream"}
    return organiser.call("POST", "exam", f"/banks/{bank}/sounds", content=content, headers=kind, idempotent=True)["sound"]
