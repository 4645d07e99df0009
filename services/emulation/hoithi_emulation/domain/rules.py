"""The rules of a campaign as data: criteria, leagues, fields, forms of award. Locked when the campaign opens."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from hoithi_emulation.domain.criteria import Criterion, Step, exact
from hoithi_emulation.domain.units import Unit

KINDS = ("collective", "individual")
WITHIN = ("all", "league", "unit")


@dataclass(frozen=True)
class Named:
    """A field of work, such as health or education."""

    code: str
    name: str


@dataclass(frozen=True)
class League:
    """Collectives of one level that compete with each other (khối thi đua): units of these kinds of one tree."""

    code: str
    name: str
    tree: str
    kinds: tuple[str, ...]

    def takes(self, unit: Unit) -> bool:
        return unit.tree == self.tree and unit.kind in self.kinds


@dataclass(frozen=True)
class Award:
    """A form of award; `quota` and `quota_percent` (of the confirmed) `within` each league, each unit or all; None: no limit."""

    code: str
    name: str
    given_by: str
    subject: str
    least_points: float = 0
    quota: int | None = None
    quota_percent: int | None = None
    within: str = "league"

    def room(self, confirmed: int) -> int:
        """For how many there is room among so many; of a share at least one."""
        limits = [self.quota] if self.quota is not None else []
        if self.quota_percent is not None:
            limits.append(max(1, confirmed * self.quota_percent // 100))
        return min(limits, default=confirmed)


@dataclass(frozen=True)
class Rules:
    """`tie_break`: criteria whose points decide between equal totals, in this order; who is still equal shares a place."""

    leagues: tuple[League, ...] = ()
    fields: tuple[Named, ...] = ()
    collective: tuple[Criterion, ...] = ()
    individual: tuple[Criterion, ...] = ()
    awards: tuple[Award, ...] = ()
    tie_break: tuple[str, ...] = ()

    def criteria(self, kind: str) -> tuple[Criterion, ...]:
        return self.collective if kind == "collective" else self.individual

    def most(self, kind: str) -> float:
        """The points of everything that can be reached."""
        return exact(sum(criterion.most for criterion in self.criteria(kind)))

    def league_of(self, unit: Unit) -> League | None:
        """None: the unit does not take part as a collective."""
        return next((league for league in self.leagues if league.takes(unit)), None)

    def award(self, code: str) -> Award | None:
        return next((award for award in self.awards if award.code == code), None)

    def counted(self, how: str) -> Iterable[tuple[str, Criterion]]:
        """(kind, criterion) of those that the platform counts in this way."""
        return ((kind, each) for kind in KINDS for each in self.criteria(kind) if each.how == how)


def plain(rules: Rules) -> dict:
    """As JSON and MongoDB take it."""
    found = asdict(rules)
    return {name: list(value) for name, value in found.items()}


def rules_from(found: dict) -> Rules:
    """From what the schema loaded or `plain` gave."""
    return Rules(
        leagues=tuple(League(**{**each, "kinds": tuple(each["kinds"])}) for each in found.get("leagues", ())),
        fields=tuple(Named(**each) for each in found.get("fields", ())),
        collective=tuple(map(_criterion, found.get("collective", ()))),
        individual=tuple(map(_criterion, found.get("individual", ()))),
        awards=tuple(Award(**each) for each in found.get("awards", ())),
        tie_break=tuple(found.get("tie_break", ())),
    )


def _criterion(found: dict) -> Criterion:
    steps = tuple(Step(**step) for step in found.get("steps", ()))
    return Criterion(**{**found, "steps": steps, "rounds": tuple(found.get("rounds", ()))})
