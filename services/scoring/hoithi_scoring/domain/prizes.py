"""Who wins what: per division, best first, one prize per person, the highest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from hoithi_contracts.exam import Prize, ResultRules
from hoithi_contracts.scoring import PrizeAwarded
from hoithi_scoring.domain.ranking import Row


@dataclass(frozen=True)
class Award:
    """A prize and its winner. `award_id` names the prize, not the winner, who may change."""

    award_id: str
    division: str
    prize: str
    place: int
    person: str
    user_id: str = ""


def awards(
    scope: str, rows: Iterable[Row], rules: ResultRules, users: Mapping[str, str], already: frozenset[str] = frozenset()
) -> list[Award]:
    """The awards of a round (or a season) `scope` from its rows in order.

    `users`: pseudonym -> user id of the winners.
    `already`: people who hold a prize that excludes another one, or were refused; the next in order moves up. A person
    appears in one division, so within a round nobody can win twice.
    """
    waiting = {division: _numbered(rules.prizes) for division in rules.divisions}
    made, won = [], set(already)
    for row in rows:
        if waiting.get(row.division) and row.person not in won:
            prize, number = waiting[row.division].pop(0)
            won.add(row.person)
            award_id = f"{scope}:{row.division}:{prize}:{number}"
            made.append(Award(award_id, row.division, prize, row.division_place, row.person, users[row.person]))
    return made


def _numbered(prizes: list[Prize]):
    return [(prize.name, number) for prize in prizes for number in range(1, prize.count + 1)]


def changed(before: Iterable[Award], after: Iterable[Award]) -> list[Award]:
    """The awards of `after` whose winner is new."""
    winners = {award.award_id: award.person for award in before}
    return [award for award in after if winners.get(award.award_id) != award.person]


def awarded(round, awards: Iterable[Award], revision: int, now: datetime, scope: str = "round") -> list[PrizeAwarded]:
    """The events of these awards; of a season's, `round` is its last one."""
    return [
        PrizeAwarded(
            award_id=award.award_id, revision=revision, contest_id=round.contest_id, round_id=round.round_id,
            division=award.division, prize=award.prize, place=award.place, winner_kind="person", winner_id=award.user_id,
            awarded_at=now, scope=scope,
        )
        for award in awards
    ]  # fmt: skip
