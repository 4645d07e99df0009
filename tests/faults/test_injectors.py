"""Every hard fault does what its name says, and heals: the platform is whole again when heal() returns."""

import random
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import eventlet
import httpx
import pytest
from pymongo import MongoClient, WriteConcern

from hoithi_contracts.event import envelope
from hoithi_contracts.scoring import WeekScored
from hoithi_exam.domain.attempt import UnknownAttempt
from hoithi_exam.storage.attempts import Attempts
from hoithi_native.instance import Instance
from hoithi_native.testing import free_instance
from hoithi_store import Outbox

from .injectors import CannotWorkHere, hard_broker, hard_clock, hard_mongo, hard_network
from .injectors.processes import PATIENCE_S, is_healthy, wait_healthy

NOW = datetime(2026, 9, 8, 2, 30, tzinfo=UTC)
PRIMARY_KINDS = [hard_mongo.KillPrimary, hard_mongo.PausePrimary, hard_mongo.StepDown, hard_mongo.IsolatePrimary]


@pytest.fixture(scope="module")
def hard(tmp_path_factory):
    """Three members, proxies, the processes of exam."""
    made = free_instance(tmp_path_factory.mktemp("hard"), replicas=1, mongo_members=3, proxied=True)
    try:
        made.start_engines()
        made.start_services(only=["exam"])
        yield made
    finally:
        made.stop()


@pytest.fixture
def during(hard):
    """`with during(injector, target):` the fault is there inside; healed, twice, afterwards."""
    return lambda injector, target: _During(injector, hard, target)


class _During:
    def __init__(self, injector, platform, target):
        self.injector, self.platform, self.target = injector, platform, target

    def __enter__(self):
        self.injector.usable(self.platform)
        assert self.target in self.injector.targets(self.platform)
        self.injector.inject(self.platform, self.target, random.Random(1))

    def __exit__(self, *trouble):
        self.injector.heal(self.platform, self.target)
        self.injector.heal(self.platform, self.target)


@pytest.fixture
def papers(hard):
    """A collection of exam's, reached as exam reaches it, with the patience of a client that repeats."""
    with MongoClient(hard.mongo_uri("exam"), serverSelectionTimeoutMS=30000, socketTimeoutMS=10000) as client:
        found = client.get_default_database()["tries"]
        found.delete_many({})
        yield found


@pytest.mark.parametrize("kind", PRIMARY_KINDS)
def test_what_was_acknowledged_survives_the_primary(papers, during, kind):
    papers.insert_one({"_id": "before"})
    with during(kind(), hard_mongo.PRIMARY):
        persistently(lambda: papers.replace_one({"_id": "in between"}, {}, upsert=True))
    papers.insert_one({"_id": "after"})
    assert {paper["_id"] for paper in papers.find()} == {"before", "in between", "after"}


def persistently(write):
    """As people do: again with the same id until it is acknowledged."""
    end = time.monotonic() + PATIENCE_S
    while True:
        try:
            return write()
        except Exception:
            assert time.monotonic() < end, "still not acknowledged"
            eventlet.sleep(0.2)


@pytest.fixture
def uncertain(hard):
    """`uncertain(collection, document)`: stored by the primary alone, while the other two do not answer."""
    alone = hard_mongo.primary(hard)
    others = hard.mongodb.members.keys() - {alone}
    usual = let_the_primary_stay(hard, 3_600_000)

    def insert(collection, document):
        for other in others:
            hard.supervise("pause", other)
        collection.with_options(write_concern=WriteConcern(w=1)).insert_one(document)

    yield insert
    for other in others:
        hard.supervise("resume", other)
    hard_mongo.wait_whole(hard)
    let_the_primary_stay(hard, usual)


def let_the_primary_stay(platform, without_majority_ms: int) -> int:
    """How long it stays the primary without the others; gives what it was. Usually too short for a slow machine's reads."""
    with platform.mongodb.admin() as client:
        config = client.admin.command("replSetGetConfig")["config"]
        usual, config["settings"]["electionTimeoutMillis"] = config["settings"]["electionTimeoutMillis"], without_majority_ms
        client.admin.command("replSetReconfig", {**config, "version": config["version"] + 1})
    return usual


def test_what_only_the_primary_has_is_not_published(papers, uncertain):
    fact = WeekScored(
        round_id="c-w1", revision=1, contest_id="c", number=1, attempts=5, participants=5, digest="d", scored_at=NOW
    )
    outbox = Outbox(papers.database, [papers.name])
    uncertain(papers, {"_id": "c-w1", "outbox": [envelope(fact, NOW)]})
    assert papers.count_documents({}) == 1
    assert outbox.take(10) == []


def test_what_only_the_primary_has_gets_no_receipt(papers, uncertain):
    """A repeated submission is answered with what is stored: only what cannot be rolled back counts."""
    uncertain(papers.database["attempts"], {"_id": "c-w1:u1:1", "state": "submitted"})
    attempts = Attempts(papers.database)
    assert attempts.collection.find_one({"_id": "c-w1:u1:1"})
    assert attempts.of("u1", ["c-w1"]) == []
    with pytest.raises(UnknownAttempt):
        attempts.get("c-w1:u1:1")


@pytest.mark.parametrize("kind", [hard_network.Reset, hard_network.BlackHole])
def test_a_worker_without_its_broker_comes_back(hard, during, kind, eventually):
    with during(kind(), "exam-worker-0>rabbitmq"):
        if kind is hard_network.Reset:
            eventually(lambda: not is_healthy(process(hard, "exam-worker-0")))
        eventually(lambda: is_healthy(process(hard, "exam-doors-0")))


@pytest.mark.parametrize("kind", [hard_network.Loss, hard_network.Delay])
def test_a_bad_line_to_the_database_is_endured(hard, during, kind):
    with during(kind(), "exam-doors-0>mongodb"):
        wait_healthy(hard, "exam-doors-0")


@pytest.mark.parametrize("kind", [hard_broker.MemoryAlarm, hard_broker.DiskAlarm])
def test_an_alarm_of_the_broker_ends(hard, during, kind):
    with during(kind(), "rabbitmq"):
        assert hard_broker.alarms(hard) != hard_broker.NO_ALARMS
    assert hard_broker.alarms(hard) == hard_broker.NO_ALARMS


def test_a_clock_jumps_and_is_right_again(hard, during, eventually):
    clock = hard_clock.NinetySeconds()
    try:
        clock.usable(hard)
    except CannotWorkHere as reason:
        pytest.skip(str(reason))
    with during(clock, "exam-doors-0"):
        eventually(lambda: 85 < abs(wrong_by(hard, "exam-doors-0")) < 95)
        assert abs(wrong_by(hard, "exam-worker-0")) < 60
        pid = hard.pids()["exam-doors-0"]
    eventually(lambda: abs(wrong_by(hard, "exam-doors-0")) < 5)
    assert hard.pids()["exam-doors-0"] == pid, "the clock jumps back while the process runs"


def wrong_by(platform, name) -> float:
    """Seconds, as the process's own answers tell."""
    date = httpx.get(f"http://127.0.0.1:{process(platform, name).port}/health", timeout=60).headers["Date"]
    return (parsedate_to_datetime(date) - datetime.now(UTC)).total_seconds()


def process(platform, name):
    return next(each for each in platform.processes if each.name == name)


@pytest.mark.parametrize("kind", [*PRIMARY_KINDS, hard_network.Reset])
def test_a_platform_without_members_or_proxies_says_so(kind):
    plain = Instance(Path("/nowhere"), 19990, 19900)
    with pytest.raises(CannotWorkHere):
        kind().usable(plain)
    assert kind().targets(plain) == []
