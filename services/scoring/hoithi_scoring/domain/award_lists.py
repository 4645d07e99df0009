"""Lists of awards beside the contest's own: of a pool, or of collectives, in a round or over the season.

A list is made with its table, anew with every table that replaces it, and announced once results are official. What was announced
is told again only where the winner changed.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from hoithi_scoring.domain import prizes
from hoithi_scoring.domain.pools import Pool
from hoithi_scoring.domain.prizes import Award
from hoithi_scoring.domain.rounds import Round

UNITS = "*units"
"""The holder of collective prizes; no pool can be called so."""


def list_id(contest_id: str, holder: str, round_id: str | None) -> str:
    """`holder`: a pool, or UNITS. Identifiers hold no "|", so that two names never meet."""
    return f"{contest_id}|{holder}|{round_id or '*'}"


@dataclass(frozen=True)
class AwardList:
    """`holder`: the pool, or UNITS; `round_id`: None over all rounds. `build`: of the table it was made from.

    `token`: everything it was made from; `checks` counts what was found about winners. `told`: the awards that were announced,
    in `revision` announcements.
    """

    list_id: str
    contest_id: str
    holder: str
    round_id: str | None
    token: str = ""
    build: str = ""
    awards: tuple[Award, ...] = ()
    reserves: tuple[Award, ...] = ()
    told: tuple[Award, ...] = ()
    revision: int = 0
    checks: int = 0
    version: int = field(default=0, compare=False)

    @property
    def is_told(self) -> bool:
        return bool(self.awards) and self.told == self.awards

    def made(self, token: str, build: str, awards: list[Award], reserves: list[Award]) -> "AwardList":
        return replace(self, token=token, build=build, awards=tuple(awards), reserves=tuple(reserves))

    def announced(self, round: Round, pool: Pool | None, now: datetime) -> tuple["AwardList", list]:
        """With the events of awards whose winner is new; `round`: of a season's, the last one."""
        news = prizes.changed(self.told, self.awards)
        after = replace(self, told=self.awards, revision=self.revision + bool(news))
        scope = "round" if self.round_id else "season"
        more = {"pool_id": pool.pool_id, "pool": pool.title} if pool else {"winner_kind": "unit"}
        return after, prizes.awarded(round, news, after.revision, now, scope, **more)
