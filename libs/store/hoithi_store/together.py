"""Group commit: many callers, one round trip to the database.

A write that a majority has journalled costs MongoDB about half a millisecond of CPU alone and a twentieth of that
among twenty (docs/decisions/0071). Nobody waits for company while it is quiet: who comes first goes at once and leads,
who comes meanwhile goes together with the next.
"""

import threading
import time
from collections.abc import Callable, Sequence


class Interrupted(Exception):
    """The call that led the group was stopped: the outcome of this one is unknown."""


class _Seat:
    """One caller in the group."""

    def __init__(self, item):
        self.item, self.outcome = item, None
        self.woken: threading.Lock | None = None
        self.leads = False


class Together:
    """`run(items)` returns an outcome per item, in their order; an outcome that is an exception is raised to its caller.

    What `run` raises is raised to the whole group. `most` items go in one group; under load, groups begin at least
    `pace_s` seconds apart, which makes them larger. Safe for threads and greenlets; starts neither.
    """

    def __init__(self, run: Callable[[list], Sequence], most: int = 200, pace_s: float = 0.0):
        self.run, self.most, self.pace_s = run, most, pace_s
        self.lock = threading.Lock()
        self.waiting: list[_Seat] = []
        self.led, self.began = False, float("-inf")

    def __call__(self, item):
        """The outcome of `item`."""
        seat = _Seat(item)
        with self.lock:
            self.waiting.append(seat)
            if self.led:
                seat.woken = threading.Lock()
                seat.woken.acquire()
            self.led = True
        if seat.woken is not None:
            seat.woken.acquire()  # given back by who led the group
        if seat.woken is None or seat.leads:
            self._lead(seat)
        if isinstance(seat.outcome, BaseException):
            raise seat.outcome
        return seat.outcome

    def _lead(self, own: _Seat) -> None:
        """Run one group, the own item is in it; then hand the lead on, whatever happened."""
        group = [own]
        try:
            pause_s = self.began + self.pace_s - time.monotonic()
            if pause_s > 0:
                time.sleep(pause_s)
            self.began = time.monotonic()
            with self.lock:
                group, self.waiting = self.waiting[: self.most], self.waiting[self.most :]
            self._settle(group)
        finally:
            self._hand_on(group)

    def _settle(self, group: list[_Seat]) -> None:
        for seat in group:
            seat.outcome = Interrupted()
        try:
            outcomes = self.run([seat.item for seat in group])
        except Exception as error:
            outcomes = [error] * len(group)
        for seat, outcome in zip(group, outcomes, strict=True):
            seat.outcome = outcome

    def _hand_on(self, group: list[_Seat]) -> None:
        with self.lock:
            # Stopped while it waited for company, the leader still sits there itself.
            self.waiting = [seat for seat in self.waiting if seat not in group]
            heirs = self.waiting[:1]
            self.led = bool(heirs)
            for heir in heirs:
                heir.leads = True
        # The heir first: its group is on its way while the database's answers to this one are worked on.
        for seat in [*heirs, *group]:
            if seat.woken is not None:
                seat.woken.release()
