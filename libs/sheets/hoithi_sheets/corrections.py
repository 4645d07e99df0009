"""The same table again with what is wrong beside each row: for who corrects it and sends it once more."""

from collections.abc import Iterable, Mapping

from hoithi_sheets.writer import Sheet, workbook

WRONG = {"vi": "Nội dung cần sửa", "en": "What to correct"}


def corrections(rows: Mapping[int, list[str]], header: int, wrong: Iterable[tuple[int, int | None, str]], language: str) -> bytes:
    """The rows from the header on, a column more, the wrong cells marked. `header` 0: all, below an empty one.

    `wrong`: (row, column from 0 or None for the whole row, sentence).
    """
    wrong, rows = list(wrong), {0: [], **rows}
    numbers = sorted(number for number in rows if number >= header)
    width, at = max(map(len, rows.values())), {number: place for place, number in enumerate(numbers)}
    told: dict[int, list[str]] = {number: [] for number in numbers}
    for row, _, sentence in wrong:
        told.setdefault(row, []).append(sentence)
    lines = [(*rows[number], *[""] * (width - len(rows[number])), "; ".join(told[number])) for number in numbers]
    marked = {(at[row] - 1, column) for row, column, _ in wrong if column is not None and row in at}
    head = (*lines[0][:-1], WRONG[language])
    return workbook(Sheet("Danh sách", head, lines[1:], widths=(*[24] * width, 70), marked=frozenset(marked)))
