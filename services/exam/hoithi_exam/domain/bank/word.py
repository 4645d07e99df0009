"""Questions from a Word file (.docx): "Câu 1:" or "1.", options A to J, the right ones marked or named.

The right options are those of a line "Đáp án: B" or of a list of answers at the end, else the ones with a star, else
those that alone are highlighted, underlined, coloured or bold. Tables with a header row are read as in Excel. A picture below
what is asked is the question's.
"""

import re

from .archive import DOCX, refuse
from .columns import Columns, recognise
from .document import write
from .draft import Draft, Field, Given, lettered, loose
from .foreign import Reading
from .marked import marked_of, unstarred
from .model import LETTERS, Bank, Finding, error, quote
from .naming import declare, is_slug
from .paragraphs import Line, TableRow, blocks
from .pictures import LEFT_OUT, Attached
from .rows import drafts
from .spelling import fold, line, slug
from .xml import WrongXml

__all__ = ["parse", "write"]

CALLED = re.compile(
    r"(?:câu hỏi|câu|question|bài)\s*(\d{1,5})(?:\s*[(\[][^()\[\]]{1,30}[)\]])?\s*(?:[.:)]\s*|$)(.*)", re.IGNORECASE | re.DOTALL
)
NUMBERED = re.compile(r"(\d{1,5})\s*[.)](?!\d)\s*(.*)", re.DOTALL)
OPTION = re.compile(r"\*?\s*([A-Ja-j])\s*[.):]\s*")
BESIDE = re.compile(r"(?:\t|\s{2,})(?=\*?\s*[B-Jb-j]\s*[.):])")
LABELS = {
    "answer": "đáp án|đáp án đúng|đa|trả lời|chọn|answer|key",
    "why": "giải thích|lời giải|hướng dẫn|hướng dẫn giải|explanation|why",
    "source": "nguồn|căn cứ|căn cứ pháp lý|source",
    "level": "mức độ|độ khó|level|difficulty",
    "id": "mã|mã câu|mã câu hỏi|id",
    "practice": "luyện tập|câu luyện tập|practice",
    "topic": r"(?:chủ đề|chuyên đề|lĩnh vực|topic)(?:\s+(?:\d+|[ivx]+))?",
    "alt": "mô tả hình|mô tả hình ảnh|mô tả ảnh|văn bản thay thế|alt text|picture in words",
    "bank_id": "mã ngân hàng|bank id",
    "language": "ngôn ngữ|language",
}
LABEL = re.compile("|".join(f"(?P<{name}>{words})" for name, words in LABELS.items()), re.IGNORECASE)
LABELLED = re.compile(r"([^:]{1,40}):\s*(.*)", re.DOTALL)
TOPIC = re.compile(r"(.*) \(([a-z0-9-]+)\)")
ANSWERS = {"dap an", "bang dap an", "dap an tham khao", "answers", "answer key"}
PAIR = re.compile(r"(?:câu\s*)?(\d{1,5})\s*[.:)\-–]?\s*([A-Ja-j](?:\s*,\s*[A-Ja-j])*)(?![^\W\d_])", re.IGNORECASE)


def parse(data: bytes, given: Given) -> tuple[Bank | None, list[Finding]]:
    """The bank and its warnings, or None and what is wrong, each with its paragraph or its row of a table."""
    found = refuse(data, DOCX)
    if found:
        return None, found
    reader = _Reader(Reading(given))
    try:
        for block in blocks(data):
            reader.read(block)
    except WrongXml as wrong:
        return None, [error("unreadable-word" if wrong.code == "not-xml" else wrong.code, "file", part="XML")]
    except KeyError:
        return None, [error("not-docx", "file")]
    except Exception:  # a broken archive fails in many ways (zlib.error, BadZipFile, NotImplementedError, ...)
        return None, [error("unreadable-word", "file")]
    return reader.bank()


class _Open:
    """The question that is being read."""

    def __init__(self, number: int, text: Line, topic: Field | None):
        self.number, self.where = number, text.where
        self.fields = {"topic": topic} if topic else {}
        self.rows: dict[str, list[Line]] = {"text": [text]}
        self.prose = "text"
        self.options: list[tuple[Line, list[Line]]] = []  # the label ("A.") and the lines of the text

    @property
    def next(self) -> str:
        """The letter of the option that may follow."""
        return LETTERS[len(self.options)] if len(self.options) < len(LETTERS) else "-"


class _Reader:
    """Line by line; keeps the question that is open, the table that is being read, the answers at the end."""

    def __init__(self, reading: Reading):
        self.reading = reading
        self.topic: Field | None = None
        self.open: _Open | None = None
        self.done: list[_Open | Draft] = []
        self.table: Columns | None = None
        self.called: bool | None = None  # whether questions begin with "Câu 1" (True) or "1." (False)
        self.answers: dict[int, list[Field]] | None = None
        self.numbers: list[int] = []

    def read(self, block: list[Line] | TableRow) -> None:
        if isinstance(block, TableRow):
            self._row(block)
            return
        self.table = None
        for row in block:
            self._shown_line(row)

    def bank(self) -> tuple[Bank | None, list[Finding]]:
        for each in self.done:
            self.reading.drafts.append(each if isinstance(each, Draft) else self._draft(each))
        return self.reading.bank(lambda draft, options: (loose if "row" in draft.where else lettered)(draft, options))

    # Lines

    def _shown_line(self, row: Line) -> None:
        if row.text:
            self._line(row)
        for met in row.pictures:
            self._picture(met, row.where)

    def _picture(self, met: Attached, where: str) -> None:
        """To the question that is being asked. Before the first and behind the last one there are emblems and stamps."""
        if met.fault == LEFT_OUT or self.open is None and (not self.done or self.answers is not None):
            self.reading.doubt(LEFT_OUT, where)
        elif self.open and self.open.prose == "text":
            self.reading.show(self.open.fields, met, where)
        else:
            is_option = self.open and self.open.prose == "option"
            self.reading.refuse("picture-in-option" if is_option else "picture-misplaced", where)

    def _line(self, row: Line) -> None:
        if row.text.startswith("\\"):
            self._continue(row.part(1))
        elif row.style == "title" and not self.done:
            self.reading.head["title"] = line(row.text)
        elif row.style.startswith("heading") and not LABELLED.fullmatch(row.text) and not CALLED.fullmatch(row.text):
            self._begin_topic(Field(line(row.text), row.where))
        elif fold(row.text) in ANSWERS and self.open:
            self.answers, self.open = {}, None
        elif self.answers is not None:
            self._answer_list(row.text, row.where)
        elif not (self._question(row) or self._options(row) or self._labelled(row)):
            self._continue(row)

    def _question(self, row: Line) -> bool:
        called, numbered = CALLED.fullmatch(row.text), NUMBERED.fullmatch(row.text)
        match = called or (numbered if not self.called else None)
        if match is None or (numbered and self.open and len(self.open.options) < 2):
            return False
        self.called = bool(called) if self.called is None else self.called or bool(called)
        self.open = _Open(int(match[1]), row.part(match.start(2)), self.topic)
        self.done.append(self.open)
        return True

    def _options(self, row: Line) -> bool:
        """Also several on one line, apart by a tab or blanks."""
        if not self.open or not self._is_next(row.text):
            return False
        starts = [0, *(match.end() for match in BESIDE.finditer(row.text)), len(row.text)]
        for start, end in zip(starts, starts[1:], strict=False):
            piece = row.part(start, end)
            if self._is_next(piece.text):
                label = OPTION.match(piece.text)
                self.open.options.append((piece.part(0, label.end()), [piece.part(label.end())]))
                self.open.prose = "option"
            else:
                self._continue(piece)
        return True

    def _is_next(self, text: str) -> bool:
        label = OPTION.match(text)
        return label is not None and label[1].lower() == self.open.next

    def _labelled(self, row: Line) -> bool:
        parts = LABELLED.fullmatch(row.text.strip("[]"))
        label = LABEL.fullmatch(line(parts[1])) if parts else None
        if label is None:
            return False
        name, value = label.lastgroup, Field(line(parts[2]), row.where)
        if name == "topic":
            self._begin_topic(value)
        elif name in ("bank_id", "language"):
            self.reading.head[name] = value.value
        elif self.open is None:
            return False
        elif name == "why":
            self.open.rows["why"], self.open.prose = [row.part(row.text.index(":") + 1)], "why"
        else:
            self.open.fields[name], self.open.prose = value, ""
        return True

    def _begin_topic(self, value: Field) -> None:
        """The topic of the questions that follow."""
        self.open = None
        name = TOPIC.fullmatch(value.value)
        if name and is_slug(name[2]):
            self.reading.topics.setdefault(name[2], name[1])
        self.topic = Field(name[2] if name and is_slug(name[2]) else declare(self.reading.topics, value.value), value.where)

    def _continue(self, row: Line) -> None:
        """More of what the last line was; what stands before the first question is a title or an introduction."""
        if self.open is None:
            return
        if self.open.prose == "option":
            self.open.options[-1][1].append(row)
        elif self.open.prose:
            self.open.rows[self.open.prose].append(row)
        else:
            self.reading.doubt("word-line", row.where, value=quote(row.text))

    # Answers at the end, and tables

    def _answer_list(self, text: str, where: str) -> None:
        for number, letters in PAIR.findall(text):
            self.answers.setdefault(int(number), []).append(Field(letters, where))

    def _row(self, row: TableRow) -> None:
        texts = [line(" ".join(each.text for each in cell)) for cell in row.cells]
        columns = recognise(texts)
        if columns.is_header:
            self.table, self.open = columns, None
        elif self.table:
            self._table_row(self.table, row)
        elif self.answers is not None:
            self._answer_row(texts, row.where)
        else:
            for each in (each for cell in row.cells for each in cell):
                self._shown_line(each)

    def _table_row(self, columns: Columns, row: TableRow) -> None:
        cells = [("\n".join(each.text for each in cell if each.text), "") for cell in row.cells]
        read, found = drafts(columns, {row.where: cells}, self.reading.topics, False, self.reading.given)
        for place, met in ((place, met) for place, cell in enumerate(row.cells) for each in cell for met in each.pictures):
            self._table_picture(met, read, columns, place, row.where)
        self.done += read
        self.reading.found += found

    def _table_picture(self, met: Attached, read: list[Draft], columns: Columns, place: int, where: str) -> None:
        """That of the cell with the question."""
        if met.fault == LEFT_OUT:
            self.reading.doubt(LEFT_OUT, where)
        elif read and place == columns.index.get("text"):
            self.reading.show(read[0].fields, met, where)
        else:
            is_option = place in (columns.index.get(letter) for letter in columns.letters)
            self.reading.refuse("picture-in-option" if is_option else "picture-misplaced", where)

    def _answer_row(self, texts: list[str], where: str) -> None:
        """A row of numbers above a row of letters, or pairs in each cell."""
        figures = [int(text) for text in texts if text.isdigit() and len(text) < 6]
        letters = [text for text in texts if re.fullmatch("[A-Ja-j]", text)]
        if figures and not letters:
            self.numbers = figures
        elif letters and len(letters) == len(self.numbers):
            for number, letter in zip(self.numbers, letters, strict=True):
                self.answers.setdefault(number, []).append(Field(letter, where))
        else:
            self._answer_list(" ; ".join(texts), where)

    # A question as a draft

    def _draft(self, question: _Open) -> Draft:
        fields = dict(question.fields)
        for name, rows in question.rows.items():
            fields[name] = Field("\n".join(row.text for row in rows), question.where)
        marked = marked_of(question.options)
        if "answer" not in fields and (listed := self._listed(question)):
            fields["answer"] = listed
        if "answer" in fields:
            self._compare(fields["answer"], marked, question)
        elif marked:
            fields["answer"] = Field(marked, question.where)
        options = [Field(unstarred("\n".join(row.text for row in rows)), label.where) for label, rows in question.options]
        if "id" in fields:
            fields["id"] = Field(slug(fields["id"].value) or fields["id"].value, fields["id"].where)
        kept = {name: field for name, field in fields.items() if field.value}
        return Draft(question.where, kept, tuple(options))

    def _listed(self, question: _Open) -> Field | None:
        """From the list at the end, when the number is that of one question only."""
        found = (self.answers or {}).get(question.number, [])
        same = sum(isinstance(each, _Open) and each.number == question.number for each in self.done)
        return found[0] if len(found) == same == 1 else None

    def _compare(self, answer: Field, marked: str, question: _Open) -> None:
        letters = {sign for sign in answer.value.lower() if sign in LETTERS}
        if marked and set(marked) != letters:
            self.reading.doubt("marks-differ", answer.where, value=quote(answer.value), marked=", ".join(marked.upper()))
