"""The rules of a contest as data: what an organiser chooses. Defaults and variants: docs/reference/rules.md."""

from dataclasses import asdict, dataclass, field

from hoithi_contracts.exam import Prize, ResultRules
from hoithi_contracts.exam import Publication as ToldPublication

ANY = "*"
COUNTING = ("best", "first", "last", "sum-of-days")
TIE_BREAKS = ("A", "B", "C", "D")
PREDICTIONS = ("perfect", "participants", "attempts", "percentage", "none")
COLLECTIVES = ("participation", "attempts", "headcount", "points")
SHOWN = ("after-close", "at-once", "never")


@dataclass(frozen=True)
class Draw:
    """One line of a blueprint: `count` questions of a topic and level; "*" is any."""

    topic: str = ANY
    level: str = ANY
    count: int = 1

    def takes(self, topic: str, level: str) -> bool:
        """Whether a question of this topic and level may be drawn for the line."""
        return self.topic in (ANY, topic) and self.level in (ANY, level)


@dataclass(frozen=True)
class Division:
    """A group of participants with its own bank, blueprint and prizes. `bank` is "" until one is chosen."""

    name: str
    bank: str = ""
    blueprint: tuple[Draw, ...] = (Draw(level="easy", count=8), Draw(level="medium", count=8), Draw(level="hard", count=4))


@dataclass(frozen=True)
class Publication:
    """By when results are told: hours after the close, then working days; whether every winner is verified before."""

    provisional_within_hours: int = 24
    complaint_working_days: int = 3
    official_within_working_days: int = 5
    winners_verified: bool = False


@dataclass(frozen=True)
class Rules:
    """Everything the organiser decides. None for a number of attempts: no limit."""

    paper_size: int = 20
    options: int = 4
    several: bool = False
    paper_seconds: int = 1200
    shuffle_questions: bool = True
    shuffle_options: bool = True
    attempts_per_day: int | None = 1
    attempts_per_round: int | None = 7
    attempts_in_all: int | None = None
    counting: str = "best"
    prediction: str = "perfect"
    tie_break: str = "A"
    grace_seconds: int = 30
    start_window_seconds: int = 20
    answers_shown: str = "after-close"
    divisions: tuple[Division, ...] = (Division("officials"), Division("citizens"), Division("pupils"))
    prizes: tuple[Prize, ...] = (Prize("first", 1), Prize("second", 2), Prize("third", 3), Prize("consolation", 5))
    season_prizes: tuple[Prize, ...] = ()
    collective: str = "participation"
    collective_least_rate: int = 50
    publication: Publication = field(default_factory=Publication)
    time_zone: str = "Asia/Ho_Chi_Minh"

    def division(self, name: str) -> Division | None:
        """The division of that name, None when the contest has none."""
        return next((division for division in self.divisions if division.name == name), None)

    def for_results(self) -> ResultRules:
        """The part that travels: what results depend on."""
        return ResultRules(
            counting=self.counting,
            tie_break=self.tie_break,
            prediction=self.prediction,
            divisions=[division.name for division in self.divisions],
            prizes=list(self.prizes),
            collective=self.collective,
            collective_least_rate=self.collective_least_rate,
            answers_shown=self.answers_shown,
            time_zone=self.time_zone,
        )

    def for_complaints(self) -> ToldPublication:
        """The part that travels: how long complaints are taken, by when results are to be official, and whether winners wait."""
        told = self.publication
        return ToldPublication(told.complaint_working_days, told.official_within_working_days, told.winners_verified)


def plain(rules: Rules) -> dict:
    """The rules as dictionaries and lists, as they are stored and shown."""
    return asdict(rules)


def rules_from(plain_rules: dict) -> Rules:
    """The rules in validated or stored dictionaries; what is left out has its default."""
    made = dict(plain_rules)
    if "divisions" in made:
        made["divisions"] = tuple(_division(division) for division in made["divisions"])
    for name in ("prizes", "season_prizes"):
        if name in made:
            made[name] = tuple(Prize(prize["name"], prize["count"]) for prize in made[name])
    if "publication" in made:
        made["publication"] = Publication(**made["publication"])
    return Rules(**made)


def _division(plain_division: dict) -> Division:
    made = dict(plain_division)
    if "blueprint" in made:
        made["blueprint"] = tuple(Draw(**draw) for draw in made["blueprint"])
    return Division(**made)
