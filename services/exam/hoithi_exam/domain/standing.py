"""Where a contest stands: what a card in a newspaper says in one line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hoithi_exam.domain.round import Round

SOON = timedelta(days=1)
LEAST_S, MOST_S = 5, 900


@dataclass(frozen=True)
class Standing:
    """`kind`: "before" and "open" (until its end), "closing" (less than a day left), "results" (all is over, the last ones
    are there), "over". `round` is the one it is about; `results` the latest round with results, whatever the kind.
    """

    kind: str
    round: Round
    until: datetime | None
    results: Round | None

    def fresh_s(self, now: datetime) -> int:
        """Seconds after which what is shown may be wrong: a change of state, or of the time that is left."""
        if self.until is None:
            return MOST_S
        left_s = (self.until - now).total_seconds()
        pace_s = 60 if left_s < 3600 else 300 if left_s < SOON.total_seconds() else MOST_S
        return max(LEAST_S, min(pace_s, int(left_s) + 2))


def standing(rounds: Sequence[Round], published: Mapping[str, str], now: datetime) -> Standing:
    """Of the rounds of a published contest (it has one at least). `published`: round -> state of its results."""
    by_time = sorted(rounds, key=lambda round_: round_.opens_at)
    known = [round_ for round_ in by_time if round_.round_id in published]
    results = known[-1] if known else None
    coming = next((round_ for round_ in by_time if now < round_.closes_at), None)
    if coming is None:
        return Standing("over" if results is None else "results", results or by_time[-1], None, results)
    if now < coming.opens_at:
        return Standing("before", coming, coming.opens_at, results)
    return Standing("closing" if coming.closes_at - now <= SOON else "open", coming, coming.closes_at, results)
