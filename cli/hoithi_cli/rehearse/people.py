"""Who takes part in a rehearsal and how they behave. Pure: the same seed gives the same people.

They know no keys. Their knowledge is the public question file (`Knowledge`): a person of skill 0.8
picks the right options of four questions in five, and guesses or leaves out the fifth.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from random import Random

FAMILY = ("Nguyễn", "Trần", "Lê", "Hoàng", "Vàng", "Giàng", "Sùng", "Lò", "Phàn", "Tẩn", "Hà", "Ma", "Nông", "Hầu", "Thào")
MIDDLE = ("Văn", "Thị", "Minh", "Đức", "Thu", "Mí", "Seo", "Quang", "Ngọc", "Hồng")
GIVEN = (
    "An",
    "Bình",
    "Chiến",
    "Dung",
    "Giang",
    "Hạnh",
    "Hoa",
    "Hùng",
    "Lan",
    "Mai",
    "Nam",
    "Pó",
    "Say",
    "Sơn",
    "Tuyết",
    "Vừ",
    "Yến",
)
PEOPLE_PER_UNIT = 25  # tables of units do not show groups under ten
DIVISIONS = {"citizens": 60, "officials": 25, "pupils": 15}


@dataclass(frozen=True)
class Behaviour:
    """How a kind of person takes part.

    `weight`: how many there are. `skill`: least and most chance of knowing a question. `attendance`:
    chance to come in a week. The flags are what sets them apart.
    """

    weight: int
    skill: tuple[float, float]
    attendance: float = 1.0
    leaves: bool = False  # closes the page before submitting: the server submits at the deadline
    repeats: bool = False  # sends the same submission twice, as a phone with weak signal does
    off_paper: bool = False  # saves an answer to a question that is not on the paper
    snoops: bool = False  # asks for somebody else's paper
    too_late: bool = False  # comes when the round is closed
    attempts: int = 1  # how often a round is tried; each time with another prediction


BEHAVIOURS = {
    "diligent": Behaviour(weight=34, skill=(0.8, 1.0), attendance=0.95),
    "weak": Behaviour(weight=14, skill=(0.3, 0.6), attendance=0.8),
    "guesses": Behaviour(weight=8, skill=(0.0, 0.0), attendance=0.7),
    "leaves": Behaviour(weight=10, skill=(0.5, 0.9), leaves=True),
    "submits-twice": Behaviour(weight=9, skill=(0.5, 0.95), repeats=True),
    "off-paper": Behaviour(weight=6, skill=(0.5, 0.9), off_paper=True),
    "snoops": Behaviour(weight=6, skill=(0.5, 0.9), snoops=True),
    "too-late": Behaviour(weight=5, skill=(0.5, 0.9), too_late=True),
    "tries-again": Behaviour(weight=8, skill=(0.6, 0.95), attempts=2),
}


@dataclass(frozen=True)
class Somebody:
    """One person of a rehearsal, before joining."""

    index: int
    behaviour: str
    name: str
    birth_date: str
    email: str
    password: str = field(repr=False)
    division: str
    unit_id: str
    skill: float

    @property
    def manner(self) -> Behaviour:
        return BEHAVIOURS[self.behaviour]


def crowd(count: int, seed: int, unit_ids: list[str]) -> list[Somebody]:
    """`count` people in some of the units; every behaviour occurs as soon as there are enough people."""
    units = Random(f"{seed}:units").sample(sorted(unit_ids), min(len(unit_ids), max(3, count // PEOPLE_PER_UNIT)))
    behaviours = shares(count, {name: behaviour.weight for name, behaviour in BEHAVIOURS.items()})
    Random(f"{seed}:behaviours").shuffle(behaviours)
    return [somebody(index, seed, behaviour, units) for index, behaviour in enumerate(behaviours, 1)]


def somebody(index: int, seed: int, behaviour: str, unit_ids: list[str]) -> Somebody:
    """Addresses are below .example (RFC 2606), and nobody has a phone: no message reaches a stranger."""
    dice = Random(f"{seed}:person:{index}")
    division = dice.choices(tuple(DIVISIONS), tuple(DIVISIONS.values()))[0]
    return Somebody(
        index=index,
        behaviour=behaviour,
        name=" ".join(dice.choice(part) for part in (FAMILY, MIDDLE, GIVEN)),
        birth_date=_birth_date(division, dice),
        email=f"p{index:06d}.s{seed}@rehearsal.example",
        password=f"rehearsal {seed} tập dượt {index}",
        division=division,
        unit_id=dice.choice(unit_ids),
        skill=round(dice.uniform(*BEHAVIOURS[behaviour].skill), 3),
    )


def shares(count: int, weights: Mapping[str, int]) -> list[str]:
    """`count` names in proportion to their weights (largest remainder), in the order of the weights."""
    total = sum(weights.values())
    whole = {name: count * weight // total for name, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda name: -(count * weights[name] % total))
    whole.update({name: whole[name] + 1 for name in by_remainder[: count - sum(whole.values())]})
    return [name for name, times in whole.items() for _ in range(times)]


def _birth_date(division: str, dice: Random) -> str:
    """Pupils are 16 to 18 in 2026 and need no guardian; the others are grown up."""
    year = dice.randint(2008, 2009) if division == "pupils" else dice.randint(1955, 2003)
    return f"{year}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"


@dataclass(frozen=True)
class Visit:
    """Somebody's plan for one week: when they come (0 at the opening, 1 at the close) and their guess."""

    person: Somebody
    week: int
    arrival: float
    attempts: int
    prediction: int

    def dice(self, purpose: str) -> Random:
        """Chance that belongs to this visit and purpose alone, whatever the others do."""
        return Random(f"{self.person.email}:{self.week}:{purpose}")


def visits(people: Iterable[Somebody], week: int, seed: int, attempts_allowed: int, busy_part: float = 0.7) -> list[Visit]:
    """Who comes in a week, by arrival: those who come in time within the first `busy_part` of the round."""
    planned = [visit(person, week, seed, attempts_allowed, busy_part) for person in people]
    return sorted((each for each in planned if each), key=lambda each: (each.arrival, each.person.index))


def visit(person: Somebody, week: int, seed: int, attempts_allowed: int, busy_part: float) -> Visit | None:
    """None when the person stays away this week."""
    dice = Random(f"{seed}:visit:{week}:{person.index}")
    if dice.random() > person.manner.attendance:
        return None
    arrival = 1.04 + dice.random() / 50 if person.manner.too_late else dice.random() * busy_part
    attempts = min(person.manner.attempts, attempts_allowed)
    return Visit(person, week, arrival, attempts, prediction=max(0, round(dice.gauss(40, 25))))


def plain_text(text: str) -> str:
    """Texts are compared without differences a person cannot see."""
    return " ".join(unicodedata.normalize("NFC", text).split())


class Knowledge:
    """The public question file as a clever reader knows it: which options of a question are right."""

    def __init__(self, questions: Mapping[str, Iterable[str]]):
        self._right = {plain_text(text): frozenset(map(plain_text, right)) for text, right in questions.items()}

    def __len__(self) -> int:
        return len(self._right)

    def right_letters(self, question: Mapping) -> str | None:
        """The right letters of a question of a paper, as it is shown; None when the question is unknown."""
        right = self._right.get(plain_text(question["text"]))
        if right is None:
            return None
        return "".join(sorted(option["letter"] for option in question["options"] if plain_text(option["text"]) in right))


def answers(questions: list[Mapping], knowledge: Knowledge, skill: float, dice: Random) -> dict[str, str]:
    """Answers as they travel: {"1": "B"}; what is not known is guessed, one time in ten left out."""
    chosen = {str(question["n"]): choose(question, knowledge, skill, dice) for question in questions}
    return {number: letters for number, letters in chosen.items() if letters}


def choose(question: Mapping, knowledge: Knowledge, skill: float, dice: Random) -> str:
    """The letters somebody ticks; "" for none."""
    knows, leaves_out, guess = dice.random() < skill, dice.random() < 0.1, dice.choice(question["options"])["letter"]
    right = knowledge.right_letters(question)
    if knows and right is not None:
        return right
    return "" if leaves_out else guess


def score(questions: list[Mapping], given: Mapping[str, str], knowledge: Knowledge) -> int | None:
    """How many are right as the question file says; None when a question is not in it."""
    right = {str(question["n"]): knowledge.right_letters(question) for question in questions}
    if None in right.values():
        return None
    return sum(given.get(number, "") == letters for number, letters in right.items())


def headcounts(people: Iterable[Somebody], extra: float = 0.4) -> dict[str, int]:
    """A roster in which `extra` more people belong to each unit than take part."""
    counts = Counter(person.unit_id for person in people)
    return {unit: count + max(1, round(count * extra)) for unit, count in sorted(counts.items())}
