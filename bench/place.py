"""A platform of its own to measure: the demonstration's content, and contests whose rules allow what is measured."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

from pymongo.database import Database

from bench import cpu
from bench.people import Signature
from hoithi_cli import content
from hoithi_cli.front_door import FrontDoor, Person
from hoithi_cli.platform import Account
from hoithi_native.instance import Instance
from hoithi_native.platform_file import write_platform_file
from hoithi_native.testing import free_instance
from hoithi_store import connect

LEAD_S = 3
DIVISIONS = ("officials", "citizens", "pupils")
UNLIMITED = {"attempts_per_day": None, "attempts_per_round": None}
IDLE_S, SETTLED_S = 10, 15
RANKED_EVERY_S = 0.5
"""What has just started goes on loading for a while: watched at once it seemed to use twice what it uses."""


@dataclass(frozen=True)
class Round:
    """A round of a contest of its own; instants in UTC."""

    contest_id: str
    round_id: str
    opens_at: datetime
    closes_at: datetime


class Place:
    """A running platform. `say` tells people how it goes."""

    def __init__(self, instance: Instance, say: Callable[[str], None]):
        self.instance, self.say, self._contests = instance, say, 0
        self.door = FrontDoor(instance.front_url)

    @property
    def host(self) -> str:
        return "127.0.0.1"

    @property
    def port(self) -> int:
        """Where nginx listens."""
        return self.instance.ports.front

    def ports(self, service: str) -> list[int]:
        """Where the doors of a service listen, behind nginx."""
        return [process.port for process in self.instance.processes if process.matches(f"{service}-doors")]

    def database(self, service: str) -> Database:
        """A service's own database; cached."""
        return self._databases.setdefault(service, connect(self.instance.mongo_uri(service)))

    @cached_property
    def _databases(self) -> dict:
        return {}

    @cached_property
    def organiser(self) -> Person:
        """The organiser of the demonstration, signed in when needed."""
        return Person(self.door, Account("organiser@hoithi.example", self.instance.secret("organiser-password")))

    @cached_property
    def signature(self) -> Signature:
        """For tokens of made-up people who live in the demonstration's units."""
        kid = json.loads(self.instance.secret("token-keys.json"))["keys"][0]["kid"]
        units = self.door.call("GET", "registration", "/units", params={"tree": "administrative", "limit": 500})["units"]
        lived_in = tuple(unit["id"] for unit in units if unit["kind"] in ("commune", "ward"))
        return Signature(self.instance.secret("token-signing-key.pem"), kid, lived_in, int(time.time()))

    def contest(self, seconds: float, opens_in_s: float = LEAD_S, **rules) -> Round:
        """A published contest of one round of that length; everybody may make as many attempts as they like.

        20 questions in 20 minutes (or in the whole round, when that is shorter) unless `rules` (of exam's POST /contests)
        say otherwise. It opens `opens_in_s` from now.
        """
        self._contests += 1
        contest_id = f"bench-{os.getpid()}-{self._contests}"
        opens_at = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=opens_in_s)
        closes_at = opens_at + timedelta(seconds=seconds)
        body = {
            "contest_id": contest_id,
            "title": f"Đo tải {self._contests}",
            "template": "neutral",
            "rules": {**UNLIMITED, "paper_seconds": min(1200, int(seconds)), **rules},
            "banks": dict.fromkeys(DIVISIONS, content.BANK_ID),
            "rounds": [{"title": "Vòng đo", "opens_at": opens_at.isoformat(), "closes_at": closes_at.isoformat()}],
        }
        self.organiser.call("POST", "exam", "/contests", json=body)
        self.organiser.call("POST", "exam", f"/contests/{contest_id}/publish", idempotent=True)
        return Round(contest_id, f"{contest_id}-w1", opens_at, closes_at)

    def open_contest(self, seconds: float, **rules) -> Round:
        """The same, returned as soon as the round is open and scoring knows its keys."""
        round_ = self.contest(seconds, **rules)
        self.wait(lambda: self._is_open(round_), f"the opening of {round_.round_id}", 60)
        return round_

    def _is_open(self, round_: Round) -> bool:
        if self.door.call("GET", "exam", f"/rounds/{round_.round_id}")["state"] != "open":
            return False
        return self.database("scoring")["rounds"].find_one({"_id": round_.round_id, "opened": True}, {"_id": 1}) is not None

    def ranked(self, round_id: str) -> int:
        """How many attempts have a place in a round's ranking; in a running round everybody must have made one at most."""
        scoring = self.database("scoring")
        found = scoring["rounds"].find_one({"_id": round_id}, {"snapshot.attempts": 1, "snapshot.unscored": 1, "expected": 1})
        if found is None or found.get("expected") is None:
            return scoring["standings"].count_documents({"round_id": round_id}, hint="levels")
        snapshot = found.get("snapshot") or {"attempts": 0, "unscored": 0}
        return snapshot["attempts"] - snapshot["unscored"]

    def wait_ranked(self, round_id: str, attempts: int, within_s: float = 300) -> float:
        """Seconds until so many attempts are scored and in the ranking; raises TimeoutError."""
        began = time.monotonic()
        self.wait(lambda: self.ranked(round_id) >= attempts, f"{attempts} attempts in the ranking", within_s, RANKED_EVERY_S)
        return time.monotonic() - began

    def wait(self, check: Callable[[], bool], what: str, within_s: float, every_s: float = 0.1) -> None:
        """Until check() is true; raises TimeoutError."""
        end = time.monotonic() + within_s
        while not check():
            if time.monotonic() > end:
                raise TimeoutError(f"{what}: not within {within_s:g} s")
            time.sleep(every_s)

    def cpu(self) -> cpu.Instant:
        """CPU seconds of every part of the platform up to now."""
        return cpu.instant(self.instance.pids())

    @cached_property
    def idle(self) -> dict[str, float]:
        """Part -> CPU seconds a second while nobody does anything; measured once."""
        self.say(f"the platform comes to rest for {SETTLED_S} s and is watched idle for {IDLE_S} s")
        time.sleep(SETTLED_S)
        before, began = self.cpu(), time.monotonic()
        time.sleep(IDLE_S)
        used, took = self.cpu().since(before), time.monotonic() - began
        return {part: seconds / took for part, seconds in used.items()}


@contextmanager
def open_place(
    say: Callable[[str], None], replicas: int | None = None, settings: Mapping[str, str] | None = None
) -> Iterator[Place]:
    """A platform in a folder of its own, stopped at the end.

    `replicas` overrides deploy/processes.yml; `settings` are HOITHI_* names that a service's config.yml knows.
    """
    with _environment(settings or {}), tempfile.TemporaryDirectory(prefix="hoithi-bench-", ignore_cleanup_errors=True) as folder:
        instance = free_instance(Path(folder), replicas=replicas)
        try:
            say("the platform starts")
            instance.start()
            _load_demonstration(instance)
            yield Place(instance, say)
        finally:
            say("the platform stops")
            instance.stop()


@contextmanager
def attached(say: Callable[[str], None], where: str) -> Iterator[Place]:
    """Somebody's running platform with the demonstration's content, "home,front port,base port"; left running."""
    home, front, base = where.split(",")
    instance = Instance(Path(home), int(front), int(base))
    yield Place(instance, say)


@contextmanager
def _environment(settings: Mapping[str, str]) -> Iterator[None]:
    """The native runner hands a caller's HOITHI_* settings on to the services."""
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def _load_demonstration(instance: Instance) -> None:
    """Units, accounts and the question bank, as `hoithi demo load` brings them."""
    file = write_platform_file(instance)
    command = [str(Path(sys.executable).parent / "hoithi"), "demo", "load", "--json"]
    done = subprocess.run(command, env={**os.environ, "HOITHI_PLATFORM": str(file)}, capture_output=True, text=True, timeout=300)
    if done.returncode:
        raise RuntimeError(f"hoithi demo load: {done.stderr[-2000:]}")
