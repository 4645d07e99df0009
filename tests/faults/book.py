"""What clients know: every attempt they began, every save that was acknowledged, every receipt. Thread-safe."""

from collections import Counter
from dataclasses import dataclass, field
from threading import Lock

from hoithi_cli.rehearse.weekly_check import digest


@dataclass
class Sitting:
    """One attempt as its person knows it."""

    attempt_id: str
    round_id: str
    user_id: str
    questions: list = field(default_factory=list, repr=False)
    acknowledged: dict[str, str] = field(default_factory=dict)
    seq: int = 0
    """The number of the last save: a delayed repetition of an earlier one must change nothing."""
    unsure: dict[str, str] | None = None
    """A save or submission whose outcome nobody told."""
    by: str | None = None
    submitted_at: str | None = None
    digest: str | None = None
    receipt: str | None = None
    handed_in: dict[str, str] | None = None

    def saved(self, answers: dict[str, str]) -> None:
        self.acknowledged = {**self.acknowledged, **answers}
        self.unsure = None

    def accepted(self, answer: dict) -> None:
        """A 200 with a receipt: from now on this must be in the results."""
        self.by, self.submitted_at = answer["by"], answer["submitted_at"]
        self.digest, self.receipt = answer["answers_digest"], answer["receipt"]

    def possible_answers(self) -> list[dict]:
        """What may be stored: what was handed in; else what was acknowledged, with or without the last unsure save."""
        if self.by == "person" and self.handed_in is not None:
            return [{**self.acknowledged, **self.handed_in}]
        return [self.acknowledged, *([{**self.acknowledged, **self.unsure}] if self.unsure else [])]

    def agrees(self) -> bool:
        """Whether the receipt covers what the person gave."""
        return self.digest in map(digest, self.possible_answers())


@dataclass
class Book:
    """Sittings by attempt id, and what people saw."""

    sittings: dict[str, Sitting] = field(default_factory=dict)
    seen: Counter = field(default_factory=Counter)
    counts: Counter = field(default_factory=Counter)
    surprises: list[str] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def saw(self, what: str) -> None:
        with self._lock:
            self.seen[what] += 1

    def count(self, what: str) -> None:
        with self._lock:
            self.counts[what] += 1

    def surprise(self, text: str) -> None:
        with self._lock:
            self.surprises.append(text)

    def sit(self, paper: dict, user_id: str) -> Sitting:
        """The sitting of a paper, new or known."""
        new = Sitting(paper["attempt_id"], paper["round_id"], user_id, paper["questions"], seq=paper["seq"])
        with self._lock:
            return self.sittings.setdefault(new.attempt_id, new)

    def receipts(self) -> dict[str, Sitting]:
        """The sittings with a receipt."""
        with self._lock:
            return {key: sitting for key, sitting in self.sittings.items() if sitting.receipt}
