"""The ranking of a running round: kept person by person as attempts come, put in order when it is asked for.

Its tables by units, charts and prizes are made now and then (see building); once it is closed, the whole table is.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta

from hoithi_scoring.domain.levels import Levels
from hoithi_scoring.domain.pieces import chunks
from hoithi_scoring.domain.ranking import Attempt, Row, counted
from hoithi_scoring.domain.refusals import Outpaced
from hoithi_scoring.domain.rounds import Round

PIECE = 500
CALM, LEASE_S = timedelta(seconds=2), 60


def keep_up(storage, round: Round, persons: Collection[str]) -> None:
    """Look again at all that these people have handed in, and keep what counts."""
    users: dict[str, str] = {}

    def scored() -> Iterable[Attempt]:
        for version, user_id, _, attempt in storage.attempts.to_rank_of(round.round_id, persons):
            if version == round.keys_version:
                users[attempt.person] = user_id
                yield attempt

    rows = counted(scored(), round.rules, storage.decisions.invalidated(round.round_id))
    storage.standings.keep(round.round_id, round.era, rows, users)
    if gone := set(persons) - {row.person for row in rows}:
        storage.standings.remove(round.round_id, round.era, gone)


def keep_up_later(storage, round: Round, persons: Collection[str], now: datetime) -> None:
    """Only note whom to look at: in a rush and at the close scores go first."""
    storage.standings.owe(round.round_id, persons, now)


def pay(storage, owner: str, now: datetime) -> int:
    """Look at those who were put off, once the rush is over; returns how many. One worker at a time."""
    newest = storage.standings.newest_owed()
    if newest is None or now - newest.at < CALM:
        return 0
    looked_at = 0
    with storage.lease.turn("standings", owner, LEASE_S) as mine:
        while mine and (owed := storage.standings.oldest_owed()):
            round = storage.rounds.get(owed.round_id)
            if round.state == "running":
                keep_up(storage, round, owed.persons)
            storage.standings.paid(owed)  # after it was done: who dies in between does it again
            looked_at += len(owed.persons)
            mine = storage.lease.hold("standings", owner, LEASE_S)
    return looked_at


def catch_up(storage, round: Round, rescored: set[str], rows: list[Row], beat: Callable[[], bool]) -> None:
    """What no listener does: everybody after a correction or where nothing is kept yet, else those scored only now.

    `rows`: all who have a place now. Raises Outpaced.
    """
    if not round.has_standings:
        invalid = (person for person, _ in storage.decisions.invalidated(round.round_id))
        rescored = rescored.union(invalid, (row.person for row in rows))
    for some in chunks(rescored, PIECE):
        if not beat():
            raise Outpaced(round.round_id)
        keep_up(storage, round, some)
    storage.rounds.stand(round.round_id, round.era)


def levels(storage, round: Round) -> Levels | None:
    """As it stands this moment; None when the round is not running, or was not looked through since a correction."""
    return Levels(storage.standings.levels(round.round_id), round.rules) if round.has_standings else None


def page(storage, round: Round, found: Levels, division: str | None, after: int, limit: int) -> list[tuple[Row, str]]:
    """(row, user id) from position `after`, at most `limit`."""
    users: dict[str, str] = {}

    def people_of(points: int):
        people = storage.standings.on_level(round.round_id, points)
        users.update((row.person, user_id) for row, user_id in people)
        return [row for row, _ in people]

    return [(row, users[row.person]) for row in found.page(division, after, limit, people_of)]
