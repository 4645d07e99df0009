"""Sign-ins a second against what the machine can hash, and whether people who take papers notice them."""

import asyncio
import itertools
import json
import os
import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from unittest.mock import patch

from argon2 import PasswordHasher, extract_parameters

from bench import attempts
from bench.client import Client, request
from bench.cpu import PARTS
from bench.figures import Spread
from bench.generators import Outcome, generate, until
from bench.measurements import Options
from bench.place import Place
from bench.result import Result, Table, Target
from hoithi_native.settings import LARGE_PAGES

PASSWORD = "mot-mat-khau-de-do"
PEOPLE, CONNECTIONS = 96, 24
ADDRESSES = 60
"""nginx lets 20 sign-ins a second come from one address; the load comes from so many of 127.0.0.0/8."""
SECONDS = {True: 8, False: 30}
EXAM_RATE, EXAM_CONNECTIONS, THINKING_S = 20, 200, 0.5
SHARE, MOVED = 0.9, 1.25
MOVED_MS = 5
"""p99 moved when it is longer by a quarter and by more than so many milliseconds."""


@dataclass(frozen=True)
class Share:
    """What the load generator does: sign in over and over, each connection with people of its own."""

    host: str
    port: int
    seconds: float
    identifiers: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class Run:
    """Hashes and sign-ins a second, each alone; CPU milliseconds of one, by part; exam's saves alone and beside."""

    raw: float
    hash_ms: float
    alone: float
    cost_ms: dict[str, float]
    beside: float
    exam_alone: Outcome
    exam_beside: Outcome
    errors: list[str]


def measure(place: Place, options: Options) -> Result:
    """Each of the four loads alone for some seconds, then sign-ins and papers together, in every run."""
    warm_up(place)
    identifiers = tuple(joined(place, PEOPLE))
    runs = [_run(place, identifiers, SECONDS[options.short]) for _ in range(options.runs)]
    return Result(
        "sign_in",
        "How many sign-ins a second through nginx, against the bare Argon2id rate of the machine with the same parameters?",
        [_rates(runs), _exam(runs)],
        _targets(runs),
        [*NOTES, *(error for run in runs for error in run.errors)],
    )


def warm_up(place: Place) -> None:
    """Exam's pages, banks and connections are there when the clock starts."""
    generate(prepare, [_papers(place, 3)])


def _run(place: Place, identifiers: tuple[str, ...], seconds: float) -> Run:
    load = Share(place.host, place.port, seconds, identifiers)
    place.say("hashes alone")
    raw, hash_ms = hash_rate(_stored_hash(place), os.cpu_count() or 1, seconds)
    place.say("sign-ins alone")
    idle = place.idle
    alone, before = generate(prepare, [load], place.cpu)
    used = place.cpu().since(before)
    place.say("papers alone")
    exam_alone, _ = generate(prepare, [_papers(place, seconds)])
    place.say("sign-ins and papers")
    # The steps of exam and of registration have different names, so one outcome holds both.
    beside, _ = generate(prepare, [load, _papers(place, seconds)])
    return Run(
        raw=raw,
        hash_ms=hash_ms,
        alone=alone.counts["in time"] / seconds,
        cost_ms={part: (used[part] - idle[part] * seconds) * 1000 / max(1, alone.counts["all"]) for part in PARTS},
        beside=beside.counts["in time"] / seconds,
        exam_alone=exam_alone,
        exam_beside=beside,
        errors=[f"{what}: {count}" for each in (alone, exam_alone, beside) for what, count in each.errors.most_common(5)],
    )


def _papers(place: Place, seconds: float) -> attempts.Share:
    """People who come by chance, and think a little between start, four saves and submit."""
    round_ = place.open_contest(3600)
    load = {"rate": EXAM_RATE, "seconds": seconds, "thinking_s": THINKING_S, "connections": EXAM_CONNECTIONS, "saves": 4}
    people = int(EXAM_RATE * seconds * 1.2)
    return attempts.Share(place.host, place.port, round_.round_id, place.signature, round_.round_id, people, **load)


# The load


def prepare(share: "Share | attempts.Share"):
    """For generators.generate: either load."""
    return attempts.prepare(share) if isinstance(share, attempts.Share) else lambda: asyncio.run(_sign_in(share))


async def _sign_in(share: Share) -> Outcome:
    outcome, end = Outcome(), time.monotonic() + share.seconds
    parts = [share.identifiers[number::CONNECTIONS] for number in range(CONNECTIONS)]
    await asyncio.gather(*(_over_and_over(share, outcome, number, part, end) for number, part in enumerate(parts)))
    return outcome


async def _over_and_over(share: Share, outcome: Outcome, number: int, identifiers: tuple[str, ...], end: float) -> None:
    """One sign-in after the other, the next one from the next address."""
    places = range(number, number + ADDRESSES)
    clients = [Client(share.host, share.port, local=f"127.0.1.{1 + place % ADDRESSES}") for place in places]
    for client, identifier in zip(itertools.cycle(clients), itertools.cycle(identifiers), strict=False):
        if not until(end):
            break
        body = json.dumps({"identifier": identifier, "password": PASSWORD}).encode()
        began = time.perf_counter()
        answer = await client.send(request("POST", "/api/registration/sign-in", body=body))
        outcome.took("sign-in", time.perf_counter() - began)
        if answer.status == 200:
            outcome.counts["all"] += 1
            outcome.counts["in time"] += 1 if until(end) else 0
        else:
            outcome.errors[f"sign-in: {answer.status} {answer.body[:80].decode(errors='replace')}"] += 1
    for client in clients:
        client.close()


def joined(place: Place, people: int) -> list[str]:
    """E-mail addresses of new accounts, made through the front door."""
    purposes = place.door.call("GET", "registration", "/consents")["purposes"]
    consents = [{"purpose": purpose["purpose"], "version": purpose["version"]} for purpose in purposes if purpose["required"]]
    told = {"name": "Người Đo Tải", "birth_date": "1990-03-08", "password": PASSWORD, "division": "citizens"}
    body = {**told, "unit_id": place.signature.units[0], "consents": consents}
    mark = secrets.token_hex(4)
    addresses = [f"bench-{mark}-{number}@hoithi.example" for number in range(people)]
    place.say(f"{people} people join")
    for address in addresses:
        place.door.call("POST", "registration", "/join", json={**body, "email": address})
    return addresses


# The baseline


def _stored_hash(place: Place) -> str:
    return place.database("registration")["people"].find_one({"name": "Người Đo Tải"})["password_hash"]


def hash_rate(stored: str, threads: int, seconds: float) -> tuple[float, float]:
    """Verifications a second of this very hash in a process that does nothing else, and CPU milliseconds of one.

    With large pages, as registration has them (docs/decisions/0077).
    """
    with patch.dict(os.environ, {"GLIBC_TUNABLES": LARGE_PAGES}), get_context("spawn").Pool(1) as pool:
        return pool.apply(_hashed, (stored, threads, seconds))


def _hashed(stored: str, threads: int, seconds: float) -> tuple[float, float]:
    hasher = PasswordHasher.from_parameters(extract_parameters(stored))
    hasher.verify(stored, PASSWORD)
    began, used = time.monotonic(), time.process_time()
    end = began + seconds

    def repeat(_) -> int:
        count = 0
        while time.monotonic() < end:
            hasher.verify(stored, PASSWORD)
            count += 1
        return count

    with ThreadPoolExecutor(threads) as pool:
        done = sum(pool.map(repeat, range(threads)))
    return done / (time.monotonic() - began), (time.process_time() - used) * 1000 / done


# What it says


def _rates(runs: list[Run]) -> Table:
    parts = ("nginx", "registration", "mongodb")
    row = [
        Spread.of(run.raw for run in runs),
        Spread.of(run.alone for run in runs),
        Spread.of(run.alone / run.raw for run in runs),
        Spread.of(run.beside for run in runs),
        Spread.of(run.hash_ms for run in runs),
        *(Spread.of(run.cost_ms[part] for run in runs) for part in parts),
        Spread.of(run.hash_ms / sum(run.cost_ms[part] for part in parts) for run in runs),
    ]
    columns = ["hashes/s alone", "sign-ins/s alone", "ratio", f"sign-ins/s beside {EXAM_RATE} papers/s", "CPU of a hash, ms"]
    return Table("Sign-ins", [*columns, *(f"of a sign-in in {part}" for part in parts), "hash / sign-in"], [row])


def _exam(runs: list[Run]) -> Table:
    rows = []
    for step in attempts.STEPS:
        both = [[getattr(run, name).percentiles(step) for run in runs] for name in ("exam_alone", "exam_beside")]
        figures = [Spread.of(each[name] for each in found) for name in ("p50", "p99") for found in both]
        rows.append([step, *figures])
    columns = ["step", "p50 alone", "p50 beside sign-ins", "p99 alone", "p99 beside sign-ins"]
    return Table(f"{EXAM_RATE} papers a second, 4 saves each; ms", columns, rows)


def _targets(runs: list[Run]) -> list[Target]:
    ratio = Spread.of(run.alone / run.raw for run in runs)
    alone, beside = (Spread.of(_p99(getattr(run, name)) for run in runs) for name in ("exam_alone", "exam_beside"))
    moved = beside.median > MOVED * alone.median and beside.median > alone.median + MOVED_MS
    wanted = f"at most {MOVED} times or {MOVED_MS} ms more"
    return [
        Target("sign-ins against hashes", f"at least {SHARE:.0%}", ratio, ratio.median >= SHARE),
        Target("exam's p99 of saves does not move", wanted, f"{alone} ms alone, {beside} ms beside", not moved),
    ]


def _p99(outcome: Outcome) -> float:
    return outcome.percentiles("save")["p99"]


NOTES = (
    f"{CONNECTIONS} connections from {ADDRESSES} addresses sign in without a pause; every sign-in is a right password.",
    "The baseline verifies a hash of registration's own database, in one process with a thread per core.",
    'On a machine where others work, look at the CPU: "hash / sign-in" is the part of a sign-in\'s CPU that a bare hash costs.',
)
