"""What a translator makes: a folder with one table, and an audio file per question and option.

tyz/
  ban-dich.csv            code, part, original, translation
  an-toan-001.mp3         the question
  an-toan-001.a.mp3       its option A, in the bank's order
"""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from hoithi_cli.trouble import WrongUsage

TABLE = "ban-dich.csv"
TITLES = ("Mã", "Phần", "Nguyên bản", "Bản dịch")
QUESTION = "câu hỏi"
LETTERS = "abcdefghij"
SOUNDS = (".opus", ".ogg", ".mp3", ".m4a", ".wav")
SOUND = re.compile(r"(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)(?:\.(?P<letter>[a-j]))?", re.IGNORECASE)


@dataclass(frozen=True)
class Folder:
    """What was found. Parts are named by question id and letter, "" for the question itself."""

    texts: dict[tuple[str, str], str]
    originals: dict[tuple[str, str], str]
    sounds: dict[tuple[str, str], Path]

    @property
    def question_ids(self) -> list[str]:
        return sorted({question_id for question_id, _ in (*self.texts, *self.sounds)})


def table(questions: list[dict], said: dict[str, dict]) -> str:
    """The table of a bank's questions, with what was translated already. With a mark that tells Excel that it is UTF-8."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(TITLES)
    for question in questions:
        known = said.get(question["id"], {})
        writer.writerow([question["id"], QUESTION, question["text"], known.get("text", "")])
        translated = known.get("options") or [""] * len(question["options"])
        for letter, option, text in zip(LETTERS, question["options"], translated, strict=False):
            writer.writerow([question["id"], letter.upper(), option, text])
    return "\ufeff" + file.getvalue()


def read(folder: Path) -> Folder:
    """A translator's folder; raises WrongUsage with the file or row that is not understood."""
    texts, originals = _table(folder / TABLE) if (folder / TABLE).exists() else ({}, {})
    found = Folder(texts, originals, _sounds(folder))
    if not found.question_ids:
        raise WrongUsage(f"{folder}: there is no translation in {TABLE} and no audio file")
    return found


def _table(file: Path) -> tuple[dict, dict]:
    try:
        content = file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongUsage(f"{file.name} is not UTF-8: save it as “CSV UTF-8”") from error
    # Excel writes what the country's settings say.
    separator = max(",;\t", key=content.split("\n", 1)[0].count)
    rows = list(csv.reader(io.StringIO(content), delimiter=separator))[1:]
    parts = {_part(file, number, row): row for number, row in enumerate(rows, 2) if any(cell.strip() for cell in row)}
    texts = {part: row[3].strip() for part, row in parts.items() if len(row) > 3 and row[3].strip()}
    return texts, {part: row[2] for part, row in parts.items()}


def _part(file: Path, number: int, row: list[str]) -> tuple[str, str]:
    letter = row[1].strip().casefold() if len(row) > 2 else "-"
    if letter != QUESTION and letter not in set(LETTERS):
        raise WrongUsage(f"{file.name}, row {number}: the second column says “{QUESTION}” or an option's letter")
    return row[0].strip(), "" if letter == QUESTION else letter


def _sounds(folder: Path) -> dict[tuple[str, str], Path]:
    found = {}
    for path in sorted(path for path in folder.iterdir() if path.suffix.lower() in SOUNDS):
        name = SOUND.fullmatch(path.name[: -len(path.suffix)])
        if name is None:
            raise WrongUsage(f"{path.name}: a question's file is named like an-toan-001.mp3, its option's like an-toan-001.a.mp3")
        part = name["id"].lower(), (name["letter"] or "").lower()
        if part in found:
            raise WrongUsage(f"{path.name} and {found[part].name} are for the same part: keep one")
        found[part] = path
    return found


def changed(folder: Folder, questions: dict[str, dict]) -> list[str]:
    """Parts whose original is not what the bank asks now: their translation may be wrong."""
    return [f"{code} {letter.upper()}".strip() for code, letter in folder.texts if _differs(folder, questions[code], letter)]


def _differs(folder: Folder, question: dict, letter: str) -> bool:
    return _original(question, letter) != _plain(folder.originals[question["id"], letter])


def _original(question: dict, letter: str) -> str:
    return _plain(question["options"][LETTERS.index(letter)] if letter else question["text"])


def _plain(text: str) -> str:
    return " ".join(text.split())


def said(folder: Folder, question: dict, references: dict[tuple[str, str], str], before: dict) -> dict:
    """A question as the platform takes it; what the folder does not have stays as it was."""
    code, letters = question["id"], LETTERS[: len(question["options"])]
    texts = [folder.texts.get((code, letter), "") for letter in letters]
    sounds_before = before.get("option_sounds") or [""] * len(letters)
    sounds = [references.get((code, letter), known) for letter, known in zip(letters, sounds_before, strict=True)]
    translated = folder.texts.get((code, "")) or any(texts)
    return {
        "id": code,
        "text": folder.texts.get((code, ""), "") if translated else before.get("text", ""),
        "options": texts if translated else list(before.get("options", [])),
        "sound": references.get((code, ""), before.get("sound", "")),
        "option_sounds": sounds,
    }
