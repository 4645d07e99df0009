"""Starts in order: at once while there is room, else by appointment (docs/decisions/0070)."""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from hoithi_exam.domain.attempt import Person
from hoithi_exam.domain.queue import Line, Tickets, Waiting, is_due, is_good, longest_wait_s
from hoithi_exam.handlers.attempts import may_resume, start_attempt
from hoithi_exam.handlers.opening import opened

MOST_PLACES = 50_000


class Admission:
    """The line of this process. Nothing in it is missed when the process ends: tickets prove themselves.

    `places` are the turns given, by person and round: who asks again without the ticket keeps the place,
    and nobody lengthens the line by asking a thousand times.
    """

    def __init__(self, rate: float, tickets: Tickets, clock: Callable[[], float] = time.monotonic):
        self.line, self.tickets, self.clock = Line(rate), tickets, clock
        self.running = 0
        self.places: OrderedDict[tuple[str, str], datetime] = OrderedDict()

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Around a start: what is under way decides how fast others follow."""
        self.running += 1
        try:
            yield
        finally:
            self.running -= 1

    @property
    def wait_s(self) -> float:
        """What the next one would wait."""
        return self.line.wait_s(self.clock(), self.running)

    def place(self, user_id: str, round_id: str, ticket: str | None, now: datetime) -> datetime | None:
        """The turn that this person has; None when there is none (any more)."""
        turn_at = self.tickets.read(ticket, user_id, round_id) or self.places.get((user_id, round_id))
        return turn_at if self.line.rate and turn_at and is_good(turn_at, now) else None

    def recess_s(self) -> float:
        """How long also those must wait whose turn has come: more than 0 only while the process is overwhelmed."""
        return self.line.recess_s(self.running)

    def goes_in(self) -> bool:
        """Take a turn, when it is now."""
        line, wait_s = self.line.turn(self.clock(), self.running)
        if not wait_s:
            self.line = line
        return not wait_s

    def appoint(self, longest_s: float) -> float:
        """Take the next turn; the seconds until it."""
        self.line, wait_s = self.line.turn(self.clock(), self.running, longest_s)
        return wait_s

    def waiting(self, user_id: str, round_id: str, turn_at: datetime, now: datetime) -> Waiting:
        """The appointment, remembered."""
        self.places[user_id, round_id] = turn_at
        while len(self.places) > MOST_PLACES:
            self.places.popitem(last=False)
        position = self.line.position((turn_at - now).total_seconds(), self.running)
        return Waiting(self.tickets.give(user_id, round_id, turn_at), position, turn_at, now)

    def leave(self, user_id: str, round_id: str) -> None:
        """The turn was taken."""
        self.places.pop((user_id, round_id), None)


def start_in_turn(storage, admission: Admission, person: Person, round_id: str, ticket: str | None, now: datetime):
    """What `start_attempt` returns, or a `Waiting` when it is not the person's turn.

    Who has an open attempt goes on with it without waiting; who may not start is told so at once.
    """
    turn_at = _turn(storage, admission, person, round_id, ticket, now)
    if turn_at is not None:
        return admission.waiting(person.user_id, round_id, turn_at, now)
    with admission.inside():
        started = start_attempt(storage, person, round_id, now)
    admission.leave(person.user_id, round_id)
    return started


def _turn(storage, admission: Admission, person: Person, round_id: str, ticket: str | None, now: datetime) -> datetime | None:
    """When the person's turn is; None: now."""
    turn_at = admission.place(person.user_id, round_id, ticket, now)
    due = turn_at is not None and is_due(turn_at, now)
    if admission.goes_in() if turn_at is None else due and not admission.recess_s():
        return None
    round_ = opened(storage, storage.rounds.remembered(round_id), now)
    if may_resume(storage, person, round_, now):
        return None
    if turn_at is not None and not due:
        return turn_at
    longest_s = longest_wait_s(round_, now)
    wait_s = min(admission.recess_s(), longest_s) if due else admission.appoint(longest_s)
    return now + timedelta(seconds=wait_s) if wait_s else None
