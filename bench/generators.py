"""Load from processes of its own, so that its CPU is counted apart from the server's."""

import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from bench.figures import percentile

PATIENCE_S = 3600.0


@dataclass
class Outcome:
    """What one generator saw. `seconds`: step -> latencies; `errors`: "step: what" -> how often.

    `moments`: when (time.monotonic()) each attempt had its receipt.
    """

    seconds: dict[str, list[float]] = field(default_factory=dict)
    moments: list[float] = field(default_factory=list)
    errors: Counter = field(default_factory=Counter)
    counts: Counter = field(default_factory=Counter)
    cpu_s: float = 0.0

    def took(self, step: str, seconds: float) -> None:
        self.seconds.setdefault(step, []).append(seconds)

    def percentiles(self, step: str) -> dict[str, float]:
        """p50, p95, p99 and max in milliseconds; nan when the step never happened."""
        ordered = sorted(self.seconds.get(step, ()))
        wanted = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "max": 1.0}
        return {name: percentile(ordered, share) * 1000 for name, share in wanted.items()}

    @classmethod
    def together(cls, outcomes: Sequence["Outcome"]) -> "Outcome":
        """All of them as one."""
        sum_ = cls()
        for outcome in outcomes:
            for step, seconds in outcome.seconds.items():
                sum_.seconds.setdefault(step, []).extend(seconds)
            sum_.moments += outcome.moments
            sum_.errors += outcome.errors
            sum_.counts += outcome.counts
            sum_.cpu_s += outcome.cpu_s
        return sum_


def generate(prepare: Callable[[Any], Callable[[], Outcome]], shares: Sequence[Any], at_start: Callable[[], Any] = lambda: None):
    """Run one process for every share: `prepare(share)` gives what is then run, in all of them at the same moment.

    `prepare` must be a function of a module, a share must be picklable. `at_start` is called in between, e.g. to read
    CPU clocks. Returns (their outcomes together, what `at_start` returned). Raises RuntimeError with the trace of a
    generator that failed; all of them are ended then.
    """
    context = get_context("spawn")
    pairs = [context.Pipe() for _ in shares]
    running = [
        context.Process(target=_generator, args=(prepare, share, theirs), daemon=True)
        for share, (_, theirs) in zip(shares, pairs, strict=True)
    ]
    try:
        for process, (_, theirs) in zip(running, pairs, strict=True):
            process.start()
            theirs.close()
        ours = [pair[0] for pair in pairs]
        for end in ours:
            _received(end)
        begun = at_start()
        for end in ours:
            end.send("go")
        return Outcome.together([_received(end) for end in ours]), begun
    finally:
        for process in running:
            process.join(5) if sys.exc_info()[0] is None else process.terminate()


def _received(end: Connection) -> Any:
    if not end.poll(PATIENCE_S):
        raise RuntimeError(f"a load generator said nothing for {PATIENCE_S:g} s")
    try:
        kind, value = end.recv()
    except EOFError:
        raise RuntimeError("a load generator died") from None
    if kind == "failed":
        raise RuntimeError(f"a load generator failed:\n{value}")
    return value


def _generator(prepare, share, end: Connection) -> None:
    try:
        run = prepare(share)
        end.send(("ready", None))
        end.recv()
        began = _cpu_s()
        outcome = run()
        outcome.cpu_s = _cpu_s() - began
        end.send(("done", outcome))
    except BaseException:
        with suppress(OSError):
            end.send(("failed", traceback.format_exc()))


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def until(moment: float) -> float:
    """Seconds from now to a moment of time.monotonic(), at least 0."""
    return max(0.0, moment - time.monotonic())
