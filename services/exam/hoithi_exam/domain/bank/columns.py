"""Which column of a worksheet is what: header names recognised whatever their order, case and diacritics."""

import re
from dataclasses import dataclass

from .model import LETTERS
from .spelling import fold

NAMES = {
    "id": "ma|ma cau|ma cau hoi|ma so|ky hieu|id|code|question id|question code",
    "number": "stt|tt|so tt|so thu tu|no|cau so|cau",
    "remark": "loi can sua|to mend",
    "topic": "chu de|linh vuc|chuyen de|nhom|nhom cau hoi|nhom chu de|phan|mang|chuong|ten chu de|topic|category|subject",
    "level": "muc do|do kho|cap do|muc do kho|muc do cau hoi|level|difficulty",
    "text": "cau hoi|noi dung cau hoi|noi dung|de bai|question|question text|text|content",
    "answer": "dap an dung|dap an|da|da dung|phuong an dung|phuong an tra loi dung|tra loi dung|cau tra loi dung|lua chon dung"
    "|dap an chinh xac|ket qua|ket qua dung|key|answer|answers|right|right answer|correct|correct answer|answer key",
    "why": "giai thich|giai thich dap an|ly giai|loi giai|huong dan|huong dan tra loi|why|explanation|rationale|feedback",
    "source": "nguon|nguon tham khao|can cu|can cu phap ly|trich dan|tham khao|tai lieu|tai lieu tham khao"
    "|van ban|source|reference",
    "practice": "luyen tap|cau luyen tap|cau hoi luyen tap|dung de luyen tap|thi thu|practice|practice question",
}
FIELD_OF = {name: field for field, names in NAMES.items() for name in names.split("|")}
BEGINNINGS = sorted((name for name in FIELD_OF if " " in name), key=len, reverse=True)
OPTION_WORDS = "(?:phuong an|phuong an tra loi|lua chon|dap an|cau tra loi|tra loi|pa|da|option|choice|answer|y) ?"
OPTION = re.compile(f"(?:{OPTION_WORDS})?([a-j])")
NUMBERED = re.compile(f"{OPTION_WORDS}([1-9]|10)")
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
UNUSED = ("number", "remark")
NEEDED = ("text", "a", "b", "answer", "topic", "level")
LABELS = {"text": "Câu hỏi", "answer": "Đáp án đúng", "topic": "Chủ đề", "level": "Mức độ"}
LABELS |= {letter: f"Phương án {letter.upper()}" for letter in LETTERS}


@dataclass(frozen=True)
class Columns:
    """Where the fields are: field (or option letter) -> index; `titles` by index as the file writes them."""

    index: dict[str, int]
    titles: dict[int, str]
    twice: tuple[str, ...]
    unknown: tuple[int, ...]

    @property
    def is_header(self) -> bool:
        """Whether this row can be the header: a question, its answer, and at least two options."""
        return {"text", "answer"} <= set(self.index) and len(self.letters) >= 2

    @property
    def letters(self) -> str:
        """The option letters that have a column."""
        return "".join(letter for letter in LETTERS if letter in self.index)

    def missing(self, known: set[str]) -> list[str]:
        """Titles of the columns that a bank needs and the file has not; `known`: fields that are given otherwise."""
        gaps = [letter for letter in LETTERS[: LETTERS.find(self.letters[-1:]) + 1] if letter not in self.index]
        return [LABELS[field] for field in dict.fromkeys([*NEEDED, *gaps]) if field not in {*self.index, *known}]


def recognise(row: list[str]) -> Columns:
    """The columns that a row of titles names."""
    fields = [_exact(title) for title in row]
    known = set(fields)
    fields = [field or _beginning(title, known) for field, title in zip(fields, row, strict=True)]
    index, twice = {}, []
    for at, field in enumerate(fields):
        if field and index.setdefault(field, at) != at:
            twice.append(row[at])
    titles = {at: title for at, title in enumerate(row) if title}
    unknown = tuple(at for at, field in enumerate(fields) if row[at] and not field)
    return Columns({field: at for field, at in index.items() if field not in UNUSED}, titles, tuple(twice), unknown)


def below(upper: list[str], lower: list[str]) -> list[str]:
    """Two header rows as one: "A" under the merged "Phương án" is "A", nothing under "Đáp án" is "Đáp án"."""
    width = max(len(upper), len(lower))
    upper, lower = (row + [""] * (width - len(row)) for row in (upper, lower))
    return [low or high for high, low in zip(upper, lower, strict=True)]


def _exact(title: str) -> str:
    name = fold(BRACKETS.sub(" ", title))
    if name in FIELD_OF:
        return FIELD_OF[name]
    if lettered := OPTION.fullmatch(name):
        return lettered[1]
    numbered = NUMBERED.fullmatch(name)
    return LETTERS[int(numbered[1]) - 1] if numbered else ""


def _beginning(title: str, known: set[str]) -> str:
    """The field whose title this begins with ("Đáp án đúng: A, B, C hay D"), when no other column has it."""
    name = fold(title)
    field = next((FIELD_OF[start] for start in BEGINNINGS if name.startswith(start + " ")), "")
    return "" if field in known else field
