"""The close of a round with papers still open: until everything is submitted by the server, scored and ranked."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx

from bench.attempts import QUESTIONS
from bench.cpu import PARTS
from bench.figures import Spread
from bench.measurements import Options
from bench.people import Crowd
from bench.place import Place, Round
from bench.result import Result, Table, Target

TAKERS = {True: 2_500, False: 50_000}
"""Short form or not."""
LEFT = 0.35
SECONDS = 60
GRACE_S = 30
"""The default of the rules: for so long after the close answers on their way are still taken."""
BATCH, STORING_S, STORED_A_SECOND = 2_000, 20, 1_500
WITHIN_S = 600


@dataclass(frozen=True)
class Close:
    """Seconds after the close of the round; CPU milliseconds of a paper by part."""

    left: int
    submitted_s: float
    scored_s: float
    ranked_s: float
    cost_ms: dict[str, float]


def measure(place: Place, options: Options) -> Result:
    """35 % of the takers have not submitted; and, harder, nobody has."""
    takers = TAKERS[options.short]
    cases = [[_close(place, takers, left) for _ in range(options.runs)] for left in (int(takers * LEFT), takers)]
    return Result(
        "deadline",
        f"A round of {takers:,} takers closes while papers are open: when is everything submitted, scored and ranked?",
        [_table(cases, takers)],
        [_target(case, options) for case in cases],
        NOTES,
    )


def _close(place: Place, takers: int, left: int) -> Close:
    """The papers of those who are done lie in exam as open ones of an earlier deadline: the server settles them before."""
    idle = place.idle
    seconds = STORING_S + takers / STORED_A_SECOND + (takers - left) / 250
    round_ = place.contest(seconds, grace_seconds=GRACE_S)
    place.say(f"{takers:,} papers, {left:,} of them open at the close")
    example = _example(place, round_)
    collection = place.database("exam")["attempts"]
    # Overdue by so much that the clock takes them at once.
    done_at = datetime.now(UTC).replace(microsecond=0) - timedelta(seconds=GRACE_S + 5)
    _store(collection, example, "done", takers - left, limit_at=done_at, deadline_at=done_at, started_at=done_at)
    place.wait(lambda: _scored(place, round_) == takers - left, "the papers of those who are done", WITHIN_S)
    _store(collection, example, "left", left, limit_at=round_.closes_at + timedelta(hours=1), deadline_at=round_.closes_at)
    collection.delete_one({"_id": example["_id"]})
    if datetime.now(UTC) > round_.closes_at:
        raise TimeoutError("the papers were not stored before the close")
    return _watched(place, round_, takers, left, idle)


def _scored(place: Place, round_: Round) -> int:
    return place.database("scoring")["attempts"].count_documents({"round_id": round_.round_id}, hint="ranked")


def _example(place: Place, round_: Round) -> dict:
    """One paper that was started and saved through the front door, as exam stores it."""
    place.wait(lambda: datetime.now(UTC) > round_.opens_at, "the opening", 60)
    somebody = Crowd(place.signature, "example").take()
    headers = {"Authorization": f"Bearer {somebody.token}"}
    with httpx.Client(base_url=f"{place.instance.front_url}/api/exam", headers=headers, timeout=30) as person:
        person.post(f"/rounds/{round_.round_id}/attempts").raise_for_status()
        attempt_id = f"{round_.round_id}:{somebody.user_id}:1"
        answers = {str(number): "ABCD"[number % 4] for number in range(1, QUESTIONS + 1)}
        person.put(f"/attempts/{attempt_id}/answers", json={"answers": answers}).raise_for_status()
    return place.database("exam")["attempts"].find_one({"_id": attempt_id})


def _store(collection, example: dict, name: str, count: int, **times: datetime) -> None:
    """Copies of other people with papers of their own."""
    for first in range(0, count, BATCH):
        people = (f"{name}-{number:06}" for number in range(first, min(count, first + BATCH)))
        collection.insert_many([_copy(example, person, times) for person in people], ordered=False)


def _copy(example: dict, user_id: str, times: dict) -> dict:
    ids = {"_id": f"{example['round_id']}:{user_id}:1", "user_id": user_id, "seed": secrets.token_hex(16)}
    return {**example, **ids, **times}


def _watched(place: Place, round_: Round, takers: int, left: int, idle: dict[str, float]) -> Close:
    exam, scoring = place.database("exam"), place.database("scoring")
    place.wait(lambda: datetime.now(UTC) >= round_.closes_at, "the close", WITHIN_S)
    before = place.cpu()
    stage = {"_id": round_.round_id}

    def is_submitted() -> bool:
        return exam["rounds"].find_one({**stage, "state": "closed"}, {"_id": 1}) is not None

    def is_scored() -> bool:
        return _scored(place, round_) >= takers

    def is_ranked() -> bool:
        return scoring["rounds"].find_one({**stage, "stage": "provisional"}, {"_id": 1}) is not None

    instants = []
    for check, what in ((is_submitted, "submitted"), (is_scored, "scored"), (is_ranked, "ranked")):
        place.wait(check, f"every paper {what}", WITHIN_S)
        instants.append((datetime.now(UTC) - round_.closes_at).total_seconds())
    used = place.cpu().since(before)
    cost_ms = {part: (used[part] - idle[part] * instants[-1]) * 1000 / left for part in PARTS}
    return Close(left, *instants, cost_ms)


def _table(cases: list[list[Close]], takers: int) -> Table:
    parts = [part for part in PARTS if any(run.cost_ms[part] >= 0.001 for case in cases for run in case)]
    rows = [
        [
            case[0].left,
            *(Spread.of(getattr(run, name) for run in case) for name in ("submitted_s", "scored_s", "ranked_s")),
            Spread.of(sum(run.cost_ms.values()) for run in case),
            *(Spread.of(run.cost_ms[part] for run in case).median for part in parts),
        ]
        for case in cases
    ]
    columns = ["open at the close", "submitted and counted, s", "scored, s", "ranked, s", "CPU of an open paper, ms"]
    return Table(f"Seconds after the close of a round of {takers:,} takers", [*columns, *parts], rows)


def _target(case: list[Close], options: Options) -> Target:
    ranked = Spread.of(run.ranked_s for run in case)
    met = ranked.median <= SECONDS if not options.short else None
    return Target(f"everything ranked, {case[0].left:,} papers open at the close", f"at most {SECONDS} s", ranked, met)


NOTES = (
    f"The {GRACE_S} s of grace are in these seconds: the rules let answers that were on their way come so long, and the server "
    "waits one second more. Closing takes 3 s more, because no process may remember the round as open when it is counted.",
    "Every open paper is a copy, with an id, a person and a seed of its own, of one that was started and saved through the "
    "front door. Those who are done were settled by the server before the close.",
)
