"""A round that only scoring knows: told to it as exam would tell, with attempts made up here.

Exam has nothing to do with building a ranking or with taking events from a queue, so it is left out and neither closes this
round nor is asked for its attempts. People, papers and times are spread as in a real round: some make one attempt, some
many; every tenth paper is perfect.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from hoithi_contracts.exam import AttemptSubmitted, ContestPublished, Key, Prize, ResultRules, RoundPlan, WeekClosed, WeekOpened
from hoithi_contracts.registration import Unit, UnitsChanged
from hoithi_scoring.domain.privacy import Pseudonyms
from hoithi_scoring.handlers import listening
from hoithi_scoring.storage import Storage

QUESTIONS = 20
BANK = {f"bench-{number:03}": "abcd"[number % 4] for number in range(200)}
DIVISIONS = ["officials", "citizens", "pupils"]
COMMUNES = 124
NAMES = Pseudonyms(b"a measurement")
MINUTE = timedelta(minutes=1)
RULES = ResultRules(
    counting="best",
    tie_break="A",
    prediction="perfect",
    divisions=DIVISIONS,
    prizes=[Prize("first", 1), Prize("second", 2), Prize("third", 3), Prize("consolation", 5)],
    collective="participation",
    collective_least_rate=50,
    answers_shown="after-close",
)


class MadeUp:
    """The round `contest_id`-w1 with `attempts` attempts of `people` people in `units` units of one tree."""

    def __init__(self, contest_id: str, attempts: int, people: int, units: int):
        self.contest_id, self.round_id = contest_id, f"{contest_id}-w1"
        self.attempts, self.people, self.units = attempts, people, units
        self.opens_at = datetime.now(UTC).replace(microsecond=0) - timedelta(days=7)
        self.closes_at = self.opens_at + timedelta(days=6)

    def open(self, storage: Storage) -> None:
        """Scoring knows contest, units and keys."""
        now = datetime.now(UTC)
        plan = RoundPlan(self.round_id, 1, "Vòng đo", self.opens_at, self.closes_at)
        listening.change_units(storage, UnitsChanged(change_id=self.contest_id, revision=1, units=list(self._units())))
        told = {"contest_id": self.contest_id, "title": "Vòng đo", "rules": RULES}
        listening.publish_contest(storage, ContestPublished(**told, revision=1, rounds=[plan], published_at=self.opens_at), now)
        window = {"round_id": self.round_id, "number": 1, "opens_at": self.opens_at, "closes_at": self.closes_at}
        keys = {question: Key(right) for question, right in BANK.items()}
        listening.open_week(storage, WeekOpened(**told, **window, rules_version=1, paper_size=QUESTIONS, keys=keys), now)

    def close(self, storage: Storage) -> None:
        """Scoring hears how many attempts there are."""
        told = {"round_id": self.round_id, "contest_id": self.contest_id, "number": 1, "attempts": self.attempts}
        listening.close_week(storage, WeekClosed(**told, closed_at=self.closes_at), datetime.now(UTC))

    def _units(self) -> Iterator[Unit]:
        """Communes below a province, the rest villages below them."""
        told = {"tree": "administrative", "valid_from": "2025-07-01"}
        yield Unit(id="bench-t", name="Tỉnh", kind="province", **told)
        for number in range(1, self.units):
            parent = "bench-t" if number <= COMMUNES else f"bench-u{number % COMMUNES + 1}"
            kind = "commune" if number <= COMMUNES else "village"
            yield Unit(id=f"bench-u{number}", name=f"Đơn vị {number}", kind=kind, parent_id=parent, **told)

    def events(self) -> Iterator[AttemptSubmitted]:
        """The same ones each time."""
        dice, numbers = random.Random(self.contest_id), [0] * self.people
        for _ in range(self.attempts):
            someone = dice.randrange(self.people)
            numbers[someone] += 1
            yield self._event(dice, someone, numbers[someone])

    def _event(self, dice: random.Random, someone: int, number: int) -> AttemptSubmitted:
        user_id, questions = f"bench-person-{someone:07}", dice.sample(list(BANK), QUESTIONS)
        started_at = self.opens_at + dice.randrange(8_000) * MINUTE
        duration_ms = dice.randrange(60_000, 1_200_000)
        return AttemptSubmitted(
            attempt_id=f"{self.round_id}:{user_id}:{number}",
            contest_id=self.contest_id,
            round_id=self.round_id,
            user_id=user_id,
            unit_id=f"bench-u{1 + someone % (self.units - 1)}",
            division=DIVISIONS[someone % 3],
            number=number,
            started_at=started_at,
            submitted_at=started_at + timedelta(milliseconds=duration_ms),
            duration_ms=duration_ms,
            by="person",
            late=False,
            questions=questions,
            answers=_answers(dice, questions),
            answers_digest=f"{dice.getrandbits(256):064x}",
            prediction=dice.randrange(self.people),
            registered_at=self.opens_at - timedelta(days=1),
        )

    def store(self, storage: Storage) -> None:
        """All attempts lie in scoring's database, scored. One goes the usual way, so that all look as scoring stores them."""
        events = self.events()
        first = next(events)
        listening.keep_attempts(storage, NAMES, [first], self.opens_at)
        stored = storage.attempts.attempts.find_one({"_id": first.attempt_id})
        batch = []
        for event in events:
            batch.append(_document(stored, event))
            if len(batch) == 5_000:
                storage.attempts.attempts.insert_many(batch, ordered=False)
                batch = []
        if batch:
            storage.attempts.attempts.insert_many(batch, ordered=False)


def _answers(dice: random.Random, questions: list[str]) -> dict[str, str]:
    """Every tenth paper is right throughout; in the others a question is right with a chance of 70 %."""
    perfect = dice.random() < 0.1
    return {question: BANK[question] if perfect or dice.random() < 0.7 else "a" for question in questions}


def _document(stored: dict, event: AttemptSubmitted) -> dict:
    answers = [event.answers[question] for question in event.questions]
    right = sum(1 for question in event.questions if event.answers[question] == BANK[question])
    own = {name: value for name, value in vars(event).items() if name in stored}
    scored = {"right": right, "points": right, "perfect": right == QUESTIONS}
    person = NAMES.of(event.contest_id, event.user_id)
    return {**stored, **own, "_id": event.attempt_id, "person": person, "answers": answers, **scored}
