"""What happened in a rehearsal, written down by many threads at once."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from threading import Lock


@dataclass
class Sitting:
    """One attempt of one person, from the start to its receipt."""

    attempt_id: str
    user_id: str
    person: int
    week: int
    number: int
    questions: int
    expected_right: int | None = None
    answers: dict[str, str] = field(default_factory=dict)
    prediction: int | None = None
    by: str | None = None
    submitted_at: str | None = None
    late: bool | None = None
    answered: int | None = None
    answers_digest: str | None = None
    receipt: str | None = None

    def submitted(self, answer: dict):
        """Take over what the platform confirmed."""
        for name in ("by", "submitted_at", "late", "answered", "answers_digest", "receipt"):
            setattr(self, name, answer.get(name))


@dataclass(frozen=True)
class Surprise:
    """An answer nobody expected."""

    week: int
    person: int
    behaviour: str
    step: str
    answer: str


@dataclass
class Journal:
    """Sittings, counts and surprises. Every method may be called from any thread."""

    sittings: list[Sitting] = field(default_factory=list)
    counts: Counter = field(default_factory=Counter)
    surprises: list[Surprise] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def count(self, what: str, times: int = 1):
        with self._lock:
            self.counts[what] += times

    def began(self, sitting: Sitting):
        with self._lock:
            self.sittings.append(sitting)

    def withdrew(self, sitting: Sitting):
        """An attempt that never counted: begun at the very end of a round, nothing accepted."""
        with self._lock:
            self.sittings.remove(sitting)
            self.counts["begun too late to count"] += 1

    def surprise(self, surprise: Surprise):
        with self._lock:
            self.surprises.append(surprise)

    def of_week(self, week: int) -> list[Sitting]:
        """The sittings of a week in a fixed order."""
        with self._lock:
            return sorted((each for each in self.sittings if each.week == week), key=lambda each: (each.person, each.number))

    def somebody_elses(self, user_id: str, week: int) -> str | None:
        """The id of an attempt of another person in this week."""
        with self._lock:
            return next((each.attempt_id for each in self.sittings if each.week == week and each.user_id != user_id), None)

    def document(self) -> dict:
        """Counts and surprises as JSON."""
        return {"counts": dict(sorted(self.counts.items())), "surprises": [asdict(each) for each in self.surprises]}
