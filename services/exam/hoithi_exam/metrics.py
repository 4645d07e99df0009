"""What an operator wants counted. Labels are bounded: no person, no round."""

from collections import Counter as Counts

from prometheus_client import Counter, Gauge, Histogram

STARTED = Counter("hoithi_exam_attempts_started", "Attempts begun", ("how",))
WAITING = Counter("hoithi_exam_starts_waiting", "Answers that gave, or gave again, an appointment for a start")
BY_TICKET = Counter("hoithi_exam_starts_by_ticket", "Starts of people who came back with their ticket")
WAIT_S = Gauge("hoithi_exam_starts_wait_seconds", "What the next one would wait at this process for a start")
SAVED = Counter("hoithi_exam_answers_saved", "Accepted saves")
SUBMITTED = Counter("hoithi_exam_attempts_submitted", "Attempts whose answers were accepted", ("by",))
VOIDED = Counter("hoithi_exam_attempts_voided", "Attempts stored too late to count; they never had an answer")
ROUNDS_OPEN = Gauge("hoithi_exam_rounds_open", "Rounds that are open or closing")
ROUNDS_MOVED = Counter("hoithi_exam_rounds_moved", "Rounds moved by the clock", ("step",))
SWEEP = Histogram(
    "hoithi_exam_sweep_attempts", "Overdue attempts settled in one tick", buckets=(0, 1, 10, 100, 500, 1000, 5000, 10_000)
)
TOLD_AGAIN = Counter("hoithi_exam_attempts_told_again", "Accepted attempts published again because scoring lacked some")
COLLECTED = Counter("hoithi_exam_media_collected", "Files deleted because nothing had referred to them for a while", ("kind",))
ALONE = Gauge("hoithi_exam_media_alone", "Files that nothing refers to and whose time is not over", ("kind",))
BANKS = Counter("hoithi_exam_banks_imported", "Bank files taken in", ("outcome",))


# Finding a child by its label costs more than counting.
_STARTED = {resumed: STARTED.labels("resumed" if resumed else "new") for resumed in (True, False)}


def started(resumed: bool, by_ticket: bool) -> None:
    _STARTED[resumed].inc()
    BY_TICKET.inc(by_ticket)


def looked_at(upload) -> None:
    """An upload that was to be kept, when it is done."""
    if upload and upload.keep:
        BANKS.labels("refused" if upload.is_refused else "kept").inc()


def collected(found: dict[str, tuple[int, int]]) -> None:
    """What one look at pictures and audio files did."""
    for kind, (deleted, waiting) in found.items():
        COLLECTED.labels(kind).inc(deleted)
        ALONE.labels(kind).set(waiting)


def ticked(done: Counts, rounds_open: int) -> None:
    """What one tick of the clock did."""
    SUBMITTED.labels("server").inc(done["submitted"])
    VOIDED.inc(done["voided"])
    SWEEP.observe(done["submitted"] + done["voided"] + done["postponed"])
    ROUNDS_OPEN.set(rounds_open)
    for step in ("opened", "stopped", "closed", "failed"):
        ROUNDS_MOVED.labels(step).inc(done[step])
