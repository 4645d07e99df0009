"""Item analysis of rounds that are closed and ranked: made beside the doors, read by organisers."""

from collections.abc import Callable, Iterator
from datetime import datetime

from hoithi_scoring.domain import export
from hoithi_scoring.domain.items import Item, Items
from hoithi_scoring.domain.refusals import NotYet, Outpaced
from hoithi_scoring.domain.rounds import Round

BEAT_EVERY = 20_000
COLUMNS = (
    "question_id", "right", "answers", "omitted", "facility", "discrimination", "point_biserial", "choices", "flags",
)  # fmt: skip


def due(storage, rounds: list[Round]) -> list[str]:
    """Rounds with public results whose analysis is missing or was made from other results or keys."""
    known = storage.items.tokens()
    return [round.round_id for round in rounds if round.is_public and known.get(round.round_id) != token(round)]


def token(round: Round) -> str:
    """What an analysis depends on: the table (which attempts count) and the keys."""
    return f"{round.snapshot.build}.{round.keys_version}"


def analyse(storage, round_id: str, beat: Callable[[], bool], now: datetime) -> None:
    """Go once over the first attempts of a round and keep what was found."""
    round = storage.rounds.get(round_id)
    _, table = storage.rounds.key_tables([round_id])[round_id]
    items = Items({question: right for question, (right, _) in table.items()})
    invalid = storage.decisions.invalidated(round_id)
    for number, (person, questions, answers) in enumerate(storage.attempts.to_analyse(round_id), 1):
        if (person, 1) not in invalid:
            items.add(questions, answers)
        if number % BEAT_EVERY == 0 and not beat():
            raise Outpaced(round_id)
    storage.items.write(round_id, token(round), items.items(), items.attempts, now)


def items_page(storage, claims, round_id: str, after: int, limit: int) -> dict:
    """Some questions from position `after`, suspicious ones first. For organisers of the contest; raises NotYet."""
    header = _header(storage, claims, round_id)
    found = storage.items.read(round_id, header["token"], after, limit)
    last = after + len(found)
    return {
        "round_id": round_id,
        **{name: header[name] for name in ("attempts", "questions", "made_at")},
        "items": [shown(item) for item in found],
        "next": last if found and last < header["questions"] else None,
    }


def items_csv(storage, claims, round_id: str, bom: bool) -> Iterator[bytes]:
    """All of them for a spreadsheet."""
    header = _header(storage, claims, round_id)
    return export.table(COLUMNS, map(_cells, storage.items.read(round_id, header["token"])), bom)


def _header(storage, claims, round_id: str) -> dict:
    round = storage.rounds.get(round_id)
    claims.require("organiser", "contest", round.contest_id)
    header = storage.items.header(round_id) if round.is_public else None
    if header is None:
        raise NotYet(round.state)
    return header


def shown(item: Item) -> dict:
    """An item as the door answers it."""
    return {**vars(item), "choices": [vars(choice) for choice in item.choices], "flags": list(item.flags)}


def _cells(item: Item) -> list:
    choices = " ".join(f"{choice.letters or '-'}:{choice.count}" for choice in item.choices)
    return [*(getattr(item, name) for name in COLUMNS[:-2]), choices, " ".join(item.flags)]
