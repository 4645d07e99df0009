"""The question file (content/banks/*.txt) as a reader sees it: questions and their right options.

Only what a person who learned the published questions could know; the platform reads the file itself.
"""

import re
from pathlib import Path

from hoithi_cli.rehearse.people import Knowledge
from hoithi_cli.trouble import WrongUsage

OPTION = re.compile(r"([A-J])[.)] +(.+)")
FIELD = re.compile(r"(BANK|TITLE|LANGUAGE|TOPIC|ID|LEVEL|ANSWER|WHY|SOURCE): *(.*)")


def knowledge_of(path: Path) -> Knowledge:
    """What the file teaches; raises WrongUsage when it cannot be read or teaches nothing."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUsage(f"the question file {path} cannot be read: {error}") from error
    known = Knowledge(questions_of(text))
    if not len(known):
        raise WrongUsage(f"no question with an ANSWER was found in {path}")
    return known


def questions_of(text: str) -> dict[str, list[str]]:
    """Question text -> texts of its right options; blocks without an answer are skipped."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
    return dict(filter(None, map(question_of, blocks)))


def question_of(block: str) -> tuple[str, list[str]] | None:
    """One block of the file: fields, the question in the lines that are neither field nor option, options."""
    fields, options, words = {}, {}, []
    for line in block.splitlines():
        if line.startswith("#"):
            continue
        if found := OPTION.fullmatch(line.strip()):
            options[found[1]] = found[2]
        elif found := FIELD.fullmatch(line.strip()):
            fields[found[1]] = found[2]
        else:
            words.append(line.strip())
    right = [options[letter] for letter in fields.get("ANSWER", "") if letter in options]
    return (" ".join(words), right) if right and words else None
