"""What an operator wants counted. Labels are bounded: no person, no round."""

from collections import Counter as Counts

from prometheus_client import Counter, Gauge, Histogram

STARTED = Counter("hoithi_exam_attempts_started", "Attempts begun", ("how",))
SAVED = Counter("hoithi_exam_answers_saved", "Accepted saves")
SUBMITTED = Counter("hoithi_exam_attempts_submitted", "Attempts whose answers were accepted", ("by",))
VOIDED = Counter("hoithi_exam_attempts_voided", "Attempts stored too late to count; they never had an answer")
ROUNDS_OPEN = Gauge("hoithi_exam_rounds_open", "Rounds that are open or closing")
ROUNDS_MOVED = Counter("hoithi_exam_rounds_moved", "Rounds moved by the clock", ("step",))
SWEEP = Histogram(
    "hoithi_exam_sweep_attempts", "Overdue attempts settled in one tick", buckets=(0, 1, 10, 100, 500, 1000, 5000, 10_000)
)
TOLD_AGAIN = Counter("hoithi_exam_attempts_told_again", "Accepted attempts published again because scoring lacked some")
BANKS = Counter("hoithi_exam_banks_imported", "Bank files taken in", ("outcome",))


def started(resumed: bool) -> None:
    STARTED.labels("resumed" if resumed else "new").inc()


def ticked(done: Counts, rounds_open: int) -> None:
    """What one tick of the clock did."""
    SUBMITTED.labels("server").inc(done["submitted"])
    VOIDED.inc(done["voided"])
    SWEEP.observe(done["submitted"] + done["voided"] + done["postponed"])
    ROUNDS_OPEN.set(rounds_open)
    for step in ("opened", "stopped", "closed", "failed"):
        ROUNDS_MOVED.labels(step).inc(done[step])
