"""Criteria: what is judged, how, and what it is worth. Points have at most two decimals."""

from dataclasses import dataclass

HOWS = ("yes-no", "points", "scaled", "index", "contest")
COUNTED = ("index", "contest")
"""Nobody claims these: the platform counts them from imported values and from official results."""
MEASURES = ("rate", "place")
EVIDENCE = ("none", "optional", "required")
YES = 1.0


def exact(points: float) -> float:
    """Sums of points as people add them up on paper."""
    return round(points + 0.0, 2)


@dataclass(frozen=True)
class Step:
    """Points from a bound on: a value of at least so much; of a place: at most so much."""

    bound: float
    points: float


@dataclass(frozen=True)
class Criterion:
    """`how`: yes-no (all or nothing), points (claimed as such), scaled (per cent by `steps`), index, contest (see COUNTED).

    Of a contest all official rounds count, or the `rounds` named. `measure`: the per cent of the roster that took part, or
    the place (of a collective among its league by that rate, of a person the best one of the prizes won).
    """

    code: str
    text: str
    most: float
    how: str
    group: str = ""
    field: str = ""
    hint: str = ""
    evidence: str = "optional"
    steps: tuple[Step, ...] = ()
    measure: str = "rate"
    contest_id: str = ""
    rounds: tuple[str, ...] = ()

    @property
    def is_claimed(self) -> bool:
        return self.how not in COUNTED

    @property
    def counts_places(self) -> bool:
        return self.how == "contest" and self.measure == "place"

    def worth(self, value: float | None) -> float:
        """The points of a value; none for none."""
        if value is None:
            return 0.0
        if self.how == "yes-no":
            return self.most if value else 0.0
        if self.how == "points":
            return exact(min(max(value, 0), self.most))
        return max((step.points for step in self.steps if self._reaches(value, step)), default=0.0)

    def _reaches(self, value: float, step: Step) -> bool:
        return value <= step.bound if self.counts_places else value >= step.bound

    def wrong(self, value: float) -> str | None:
        """Why nobody can claim the value; None when one can."""
        least, most = {"yes-no": (0, 1), "points": (0, self.most)}.get(self.how, (0, 100))
        if not least <= value <= most:
            return f"out-of-range:{least:g}:{most:g}"
        return "not-true-or-false" if self.how == "yes-no" and value not in (0, YES) else None
