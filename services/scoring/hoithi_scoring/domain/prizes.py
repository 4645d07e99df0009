"""Who wins what: per division, best first, one prize per person, the highest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from hoithi_contracts.exam import Prize, ResultRules
from hoithi_contracts.scoring import PrizeAwarded
from hoithi_scoring.domain.ranking import Places, Row


@dataclass(frozen=True)
class Award:
    """A prize and its winner. `award_id` names the prize, not the winner, who may change."""

    award_id: str
    division: str
    prize: str
    place: int
    person: str
    user_id: str = ""


class Giving:
    """Gives the prizes of one scope while rows go by, best first. `place` counts among those who are offered.

    `already`: people who hold a prize that excludes another one, or were refused; the next in order moves up.
    `reserves`: so many of those who would move up are noted for each division, as awards without a prize.
    """

    def __init__(
        self, scope: str, divisions: Iterable[str], prizes: Iterable[Prize], already: frozenset[str] = frozenset(), reserves=0
    ):
        self.scope, self.taken = scope, set(already)
        self.waiting = {division: _numbered(prizes) + [("", 0)] * reserves for division in divisions}
        self.places = {division: Places() for division in self.waiting}
        self.made: list[Award] = []
        self.reserves: list[Award] = []

    @property
    def is_over(self) -> bool:
        return not any(self.waiting.values())

    def offer(self, row: Row, user_id: str) -> None:
        waiting = self.waiting.get(row.division)
        if not waiting:
            return
        place = self.places[row.division].next(row.division_place)
        if row.person not in self.taken:
            self.taken.add(row.person)
            self._give(*waiting.pop(0), row.division, place, row.person, user_id)

    def _give(self, prize: str, number: int, division: str, place: int, person: str, user_id: str) -> None:
        award_id = f"{self.scope}:{division}:{prize}:{number}" if prize else ""
        (self.made if prize else self.reserves).append(Award(award_id, division, prize, place, person, user_id))


def awards(
    scope: str, rows: Iterable[Row], rules: ResultRules, users: Mapping[str, str], already: frozenset[str] = frozenset()
) -> list[Award]:
    """The awards of a round (or a season) `scope` from its rows in order.

    `users`: pseudonym -> user id of the winners. A person appears in one division, so within a round nobody can win twice.
    """
    giving = Giving(scope, rules.divisions, rules.prizes, already)
    for row in rows:
        if giving.is_over:
            break
        giving.offer(row, users[row.person])
    return giving.made


def _numbered(prizes: Iterable[Prize]) -> list[tuple[str, int]]:
    return [(prize.name, number) for prize in prizes for number in range(1, prize.count + 1)]


def changed(before: Iterable[Award], after: Iterable[Award]) -> list[Award]:
    """The awards of `after` whose winner is new."""
    winners = {award.award_id: award.person for award in before}
    return [award for award in after if winners.get(award.award_id) != award.person]


def awarded(round, awards: Iterable[Award], revision: int, now: datetime, scope: str = "round", **more) -> list[PrizeAwarded]:
    """The events of these awards; of a season's, `round` is its last one. `more`: of a pool, or of units."""
    told = {"winner_kind": "person", "awarded_at": now, "scope": scope, **more}
    return [
        PrizeAwarded(
            award_id=award.award_id, revision=revision, contest_id=round.contest_id, round_id=round.round_id,
            division=award.division, prize=award.prize, place=award.place, winner_id=award.user_id, **told,
        )
        for award in awards
    ]  # fmt: skip
