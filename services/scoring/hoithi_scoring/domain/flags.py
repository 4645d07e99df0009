"""Flags: what looks wrong about a closed round, with the figures that say why. A flag decides nothing: a person does.

* impossible-speed: a nearly perfect paper, faster than its questions can be read.
* same-answers: several people of a unit handed in the same answers to the same questions in the same second.
* perfect-together: a unit handed in so many perfect papers within a minute that hardly anything else came from it.
* same-identity: accounts of the same name and birth date - in one unit, or anywhere when one of them would win something.
* same-mailbox: accounts whose e-mail addresses lead to one mailbox (an.binh+1@..., anbinh@...).
* same-name: a prize candidate shares name and unit with another participant: one person with two accounts, or two people.

One pass over the attempts, invalid ones too, so that a flag stays after its decision. The same attempts give the same flags.
"""

import hashlib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from hoithi_scoring.domain.refusals import AttemptUnknown, FlagDecided, OwnFlag

KINDS = ("impossible-speed", "same-answers", "perfect-together", "same-identity", "same-mailbox", "same-name")
OUTCOMES = ("dismissed", "invalidated")
SECOND_MS, MINUTE_MS = 1000, 60_000
MOST_ATTEMPTS = 50
"""So many attempts a flag names; `facts` says how many there are."""


@dataclass(frozen=True)
class Limits:
    """Where looking wrong begins. Rules of thumb: they only decide what a person looks at, never a result.

    A question with four options has 25 words or more; adults read 4 a second (Brysbaert 2019), so 2 s are too few even for
    somebody who knows the question by heart. By chance a paper is right in a quarter: 80 % needs knowledge.
    A class that works together hands in together, but 11 to 59 % of real papers are perfect, not 90 %.
    """

    question_ms: int = 2000
    speed_share: float = 0.8
    perfect_least: int = 10
    perfect_share: float = 0.9


class Paper(NamedTuple):
    """What is looked at of an attempt. `answers` lie beside their questions."""

    attempt_id: str
    person: str
    user_id: str
    unit_id: str
    questions: list[str]
    answers: list[str]
    right: int
    perfect: bool
    duration_ms: int
    submitted_ms: int


class Seen(NamedTuple):
    """What stays of a paper while the others go by: there may be a million."""

    attempt_id: str
    person: str
    user_id: str
    unit_id: str
    submitted_ms: int

    @classmethod
    def of(cls, paper: Paper) -> "Seen":
        return cls(paper.attempt_id, paper.person, paper.user_id, paper.unit_id, paper.submitted_ms)


@dataclass(frozen=True)
class Flag:
    """`users` are behind `people` (pseudonyms). `facts`: the figures of the reason, by kind."""

    flag_id: str
    kind: str
    attempts: tuple[str, ...]
    people: tuple[str, ...]
    users: tuple[str, ...]
    unit_id: str
    facts: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Decision:
    """What a person decided about a flag; `flag` as it was then. `attempts`: those declared invalid."""

    flag: Flag
    outcome: str
    reason: str
    by: str
    at: datetime
    attempts: tuple[str, ...] = ()


def decide(
    flag: Flag, earlier: Decision | None, outcome: str, reason: str, attempts: tuple[str, ...], by: str, now: datetime
) -> Decision:
    """The same decision again is quiet. `attempts`: which of the flag's are invalid (none named: all).

    Raises OwnFlag, FlagDecided, AttemptUnknown.
    """
    if by in flag.users:
        raise OwnFlag()
    if earlier and (earlier.outcome, earlier.reason) != (outcome, reason):
        raise FlagDecided(earlier.outcome)
    for attempt_id in attempts:
        if attempt_id not in flag.attempts:
            raise AttemptUnknown(attempt_id)
    struck = (attempts or flag.attempts) if outcome == "invalidated" else ()
    return earlier or Decision(flag, outcome, reason, by, now, struck)


def folded(name: str) -> str:
    """A name as people compare names: no case, no diacritics, single blanks."""
    plain = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())


def namesakes(candidates: Iterable[str], people: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """user id -> a key shared by people of the same name in the same unit, where one of them is a candidate.

    `people`: (user id, name, unit) of everybody in the candidates' units.
    """
    groups = defaultdict(list)
    for user_id, name, unit_id in people:
        groups[f"{unit_id}|{folded(name)}"].append(user_id)
    wanted = set(candidates)
    shared = {key: users for key, users in groups.items() if len(users) > 1 and wanted.intersection(users)}
    return {user_id: key for key, users in shared.items() for user_id in users}


def one_person(groups: Iterable[list[tuple[str, str, str]]], candidates: Iterable[str]) -> dict[str, str]:
    """user id -> a key shared by accounts that may be one person's.

    `groups`: (mark, user id, unit) of those who share a mark. Within a unit they always share a key; beyond it, where name and
    birthday coincide by chance more often than by intent, only when one of them is a prize candidate.
    """
    wanted, found = set(candidates), {}
    for group in groups:
        anywhere = any(user_id in wanted for _, user_id, _ in group)
        for mark, user_id, unit_id in group:
            found[user_id] = mark if anywhere else f"{mark}|{unit_id}"
    sizes = Counter(found.values())
    return {user_id: key for user_id, key in found.items() if sizes[key] > 1}


class Flags:
    """Takes papers one by one, then tells the flags. `alike_people`: kind -> user id -> key of people to be compared."""

    def __init__(self, alike_people: Mapping[str, Mapping[str, str]] | None = None, limits: Limits = Limits()):
        self.alike_people, self.limits = alike_people or {}, limits
        self.quick: list[Flag] = []
        self.first: dict[bytes, Seen] = {}
        self.alike: dict[bytes, list[Seen]] = {}
        self.papers: Counter = Counter()
        self.perfect: dict[tuple, list[Seen]] = defaultdict(list)
        self.together: dict[tuple[str, str], dict[str, Seen]] = defaultdict(dict)

    def add(self, paper: Paper) -> None:
        self._speed(paper)
        self._answers(paper)
        self._minute(paper)
        for kind, keys in self.alike_people.items():
            if paper.user_id in keys:
                self.together[kind, keys[paper.user_id]].setdefault(paper.user_id, Seen.of(paper))

    def flags(self) -> list[Flag]:
        """The gravest kinds first, then by id."""
        found = [*self.quick, *self._all_alike(), *self._all_together(), *self._all_people()]
        return sorted(found, key=lambda flag: (KINDS.index(flag.kind), flag.flag_id))

    def _speed(self, paper):
        asked = len(paper.questions)
        if paper.right < self.limits.speed_share * asked or paper.duration_ms >= self.limits.question_ms * asked or not asked:
            return
        facts = {"questions": asked, "right": paper.right, "duration_ms": paper.duration_ms}
        self.quick.append(_flag("impossible-speed", paper.attempt_id, [Seen.of(paper)], facts))

    def _answers(self, paper):
        """A perfect paper is like every other, an empty one as well: both say nothing."""
        if paper.perfect or not any(paper.answers):
            return
        key = _key(paper.unit_id, paper.submitted_ms // SECOND_MS, *sorted(zip(paper.questions, paper.answers, strict=True)))
        first, seen = self.first.setdefault(key, Seen.of(paper)), Seen.of(paper)
        if first != seen:
            self.alike.setdefault(key, [first]).append(seen)

    def _minute(self, paper):
        minute = paper.unit_id, paper.submitted_ms // MINUTE_MS
        self.papers[minute] += 1
        if paper.perfect:
            self.perfect[minute].append(Seen.of(paper))

    def _all_alike(self):
        for key, papers in self.alike.items():
            people = len({paper.person for paper in papers})
            if people > 1:
                facts = {"people": people, "submitted_ms": papers[0].submitted_ms // SECOND_MS * SECOND_MS}
                yield _flag("same-answers", key.hex(), papers, facts)

    def _all_together(self):
        for minute, perfect in self.perfect.items():
            papers, people = self.papers[minute], len({paper.person for paper in perfect})
            if people >= self.limits.perfect_least and len(perfect) >= self.limits.perfect_share * papers:
                facts = {"papers": papers, "perfect": len(perfect), "people": people, "submitted_ms": minute[1] * MINUTE_MS}
                yield _flag("perfect-together", f"{minute[0]}|{minute[1]}", perfect, facts)

    def _all_people(self):
        for (kind, key), papers in self.together.items():
            if len(papers) > 1:
                facts = {"people": len(papers), "units": len({paper.unit_id for paper in papers.values()})}
                yield _flag(kind, key, list(papers.values()), facts)


def _flag(kind: str, about: str, papers: list[Seen], facts: dict) -> Flag:
    """The id names what it is about, so that the same finding has the same id in every build."""
    papers = sorted(papers, key=lambda paper: paper.attempt_id)[:MOST_ATTEMPTS]
    people = {paper.person: paper.user_id for paper in papers}
    attempts = tuple(paper.attempt_id for paper in papers)
    return Flag(f"{kind}-{_key(about).hex()}", kind, attempts, tuple(people), tuple(people.values()), papers[0].unit_id, facts)


def _key(*parts) -> bytes:
    """Eight bytes that stand for the parts: memory for a million of them is needed."""
    return hashlib.sha256(repr(parts).encode()).digest()[:8]
