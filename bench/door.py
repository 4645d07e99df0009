"""Exam's doors against the least that could do their work: a bare starlette app, side by side, without nginx."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

import httpx

from bench import cpu
from bench.attempts import answers_body
from bench.bare.app import COLLECTION
from bench.client import PHONE, Client, request
from bench.figures import Spread
from bench.generators import Outcome, generate
from bench.measurements import Options
from bench.people import Crowd, Signature
from bench.place import Place, Round
from bench.result import Result, Table, Target
from hoithi_exam.storage.grouped import PACE_S

CONNECTIONS, SAVES = 60, 4
PEOPLE = {True: 1_500, False: 6_000}
RATIO = 0.8
EXAM, FAST, PLAIN = "exam's door", "bare, uvloop + httptools", "bare, asyncio + h11"
LOOPS = {FAST: ("uvloop", "httptools"), PLAIN: ("asyncio", "h11")}


@dataclass(frozen=True)
class Share:
    """Requests for one process: every person starts, or saves SAVES times. `round_id` is empty for the bare app."""

    port: int
    step: str
    round_id: str
    signature: Signature = field(repr=False)
    crowd: str
    people: int


@dataclass(frozen=True)
class Phase:
    """One share's figures: CPU milliseconds a request, of the process and of MongoDB; requests a second."""

    door_ms: float
    mongodb_ms: float
    rate: float
    errors: int


def measure(place: Place, options: Options) -> Result:
    """Start and save alternate between exam and the bare app, which serves both ways uvicorn can be installed."""
    round_ = place.open_contest(4 * 3600)
    with ExitStack() as running:
        doors = {EXAM: (place.ports("exam")[0], place.instance.pids()["exam-doors-0"])}
        for name in LOOPS:
            doors[name] = running.enter_context(_bare(place, round_, name))
        runs = [_run(place, round_, doors, PEOPLE[options.short], number) for number in range(max(3, options.runs) + 1)][1:]
    _require_written(place, len(LOOPS) * (len(runs) + 1) * PEOPLE[options.short])
    return Result(
        "door",
        "How close do exam's doors come to a bare starlette app that does one grouped MongoDB write per request?",
        [_table(runs, step) for step in ("start", "save")],
        [_target(runs, step) for step in ("start", "save")],
        NOTES,
    )


@contextmanager
def _bare(place: Place, round_: Round, name: str) -> Iterator[tuple[int, int]]:
    """(port, pid) of a bare app that stores and answers as much as exam does."""
    port = _unused_port(place)
    loop, http = LOOPS[name]
    command = ["uvicorn", "bench.bare.app:made", "--factory", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--loop", loop, "--http", http, "--no-access-log", "--log-level", "warning", "--no-server-header"]
    process = subprocess.Popen([sys.executable, "-m", *command], env={**os.environ, **_bare_settings(place, round_)})
    try:
        place.wait(lambda: process.poll() is not None or _answers(port), name, 60)
        if process.poll() is not None:
            raise RuntimeError(f"{name} ended with {process.returncode}")
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(20)


def _bare_settings(place: Place, round_: Round) -> dict[str, str]:
    """A paper and its document, as exam has them now."""
    somebody = Crowd(place.signature, f"{round_.round_id}-pattern").take()
    headers = {"Authorization": f"Bearer {somebody.token}"}
    url = f"http://127.0.0.1:{place.ports('exam')[0]}/rounds/{round_.round_id}/attempts"
    page = httpx.post(url, headers=headers, timeout=30).raise_for_status()
    document = place.database("exam")["attempts"].find_one({"_id": page.json()["attempt_id"]})
    return {
        "BARE_MONGO_URI": place.instance.mongo_uri("exam"),
        "BARE_PACE_S": str(PACE_S),
        "BARE_DOCUMENT": json.dumps(document, default=str),
        "BARE_PAGE": page.text,
    }


def _unused_port(place: Place) -> int:
    taken = {process.port for process in place.instance.processes}
    candidates = range(place.instance.ports.base + 70, place.instance.ports.base + 100)
    return next(port for port in candidates if port not in taken and not _answers(port))


def _answers(port: int) -> bool:
    try:
        httpx.get(f"http://127.0.0.1:{port}/", timeout=5)
    except httpx.TransportError:
        return False
    return True


def _run(place: Place, round_: Round, doors: dict, people: int, number: int) -> dict[tuple[str, str], Phase]:
    """(step, door) -> figures. The first run (0) only warms up."""
    place.say(f"doors in turn, run {number}")
    mongod = place.instance.pids()["mongod"]
    phases = {}
    for step in ("start", "save"):
        for name, (port, pid) in doors.items():
            crowd = f"run-{number}-{list(doors).index(name)}"
            share = Share(port, step, round_.round_id if name == EXAM else "", place.signature, crowd, people)
            phases[step, name] = _phase(share, pid, mongod)
    return phases


def _phase(share: Share, pid: int, mongod: int) -> Phase:
    outcome, (door_s, mongod_s, began) = generate(prepare, [share], lambda: _clocks(pid, mongod))
    done = len(outcome.seconds.get(share.step, ()))
    ended = _clocks(pid, mongod)
    each = 1000 / max(1, done)
    return Phase(
        (ended[0] - door_s) * each, (ended[1] - mongod_s) * each, done / (ended[2] - began), sum(outcome.errors.values())
    )


def _clocks(pid: int, mongod: int) -> tuple[float, float, float]:
    return cpu.of_process(pid), cpu.of_process(mongod), time.monotonic()


def prepare(share: Share):
    """For generators.generate."""
    crowd = Crowd(share.signature, share.crowd)
    crowd.prepare(share.people)
    requests = [_requests(share, crowd.take()) for _ in range(share.people)]
    return lambda: asyncio.run(_closed_loop(share, requests))


def _requests(share: Share, somebody) -> list[bytes]:
    """What one person sends in this step, to exam or to the bare app."""
    if share.step == "start":
        path = f"/rounds/{share.round_id}/attempts" if share.round_id else "/papers"
        return [request("POST", path, somebody.token, headers=PHONE + b"X-Id: %s\r\n" % somebody.user_id.encode())]
    own = f"{share.round_id}:{somebody.user_id}:1"
    path = f"/attempts/{own}/answers" if share.round_id else f"/answers/{somebody.user_id}"
    return [request("PUT", path, somebody.token, answers_body(SAVES, part, seq=part + 1)) for part in range(SAVES)]


async def _closed_loop(share: Share, requests: list[list[bytes]]) -> Outcome:
    outcome = Outcome()
    await asyncio.gather(*(_one_after_the_other(share, requests, outcome) for _ in range(CONNECTIONS)))
    return outcome


async def _one_after_the_other(share: Share, requests: list[list[bytes]], outcome: Outcome) -> None:
    client, expected = Client("127.0.0.1", share.port), 201 if share.step == "start" else 200
    while requests:
        for data in requests.pop():
            began = time.perf_counter()
            answer = await client.send(data)
            outcome.took(share.step, time.perf_counter() - began)
            if answer.status != expected:
                outcome.errors[f"{share.step}: {answer.status} {answer.body[:80]!r}"] += 1
    client.close()


def _require_written(place: Place, people: int) -> None:
    """Raises RuntimeError unless the bare app stored what it was given; then forgets it."""
    collection = place.database("exam")[COLLECTION]
    stored = collection.count_documents({"saves": SAVES, "answers.20": {"$exists": True}})
    collection.drop()
    if stored != people:
        raise RuntimeError(f"the bare app stored {stored} papers with all saves, not {people}")


def _table(runs: list[dict], step: str) -> Table:
    rows = []
    for name in (EXAM, *LOOPS):
        phases = [run[step, name] for run in runs]
        figures = [
            Spread.of(1000 / phase.door_ms for phase in phases),
            Spread.of(phase.door_ms for phase in phases),
            Spread.of(phase.mongodb_ms for phase in phases),
            Spread.of(phase.rate for phase in phases),
        ]
        against = None if name == EXAM else _ratio(runs, step, name)
        with_mongodb = None if name == EXAM else _ratio(runs, step, name, with_mongodb=True)
        rows.append([name, *figures, against, with_mongodb, sum(phase.errors for phase in phases)])
    columns = ["door", "requests per CPU second", "CPU ms", "MongoDB's CPU ms", "requests/s",
               "exam's share", "with MongoDB's CPU", "errors"]  # fmt: skip
    return Table(f"{step}: one process, {CONNECTIONS} connections", columns, rows)


def _ratio(runs: list[dict], step: str, name: str, with_mongodb: bool = False) -> Spread:
    """Exam's requests per CPU second over those of the bare app, run by run."""

    def cost(phase: Phase) -> float:
        return phase.door_ms + (phase.mongodb_ms if with_mongodb else 0.0)

    return Spread.of(cost(run[step, name]) / cost(run[step, EXAM]) for run in runs)


def _target(runs: list[dict], step: str) -> Target:
    """Held against the faster way to install uvicorn; MongoDB's work is the same for both and not counted."""
    ratio = _ratio(runs, step, FAST)
    return Target(
        f"requests per CPU second of exam's {step} door over the bare app's", f"at least {RATIO}", ratio, ratio.median >= RATIO
    )


NOTES = (
    "Directly at one process each, in turn within the same run; a first run only warms up.",
    "Exam verifies the token (once a person, at the start), checks the rules, draws and renders the paper, reads what the person "
    "did before, counts metrics; the bare app does none of it: it stores a document as large as exam's and answers with a paper "
    "as large.",
    "The bare app groups its writes as exam does (one bulk at a time, the same pace), through pymongo's async client.",
)
