"""Large tables are built by a process of their own."""

from datetime import timedelta

import eventlet
import pytest

from hoithi_scoring.builder import Builder, niceness
from hoithi_scoring.domain.privacy import Pseudonyms
from hoithi_scoring.handlers import building, listening
from hoithi_scoring.handlers.building import Task
from hoithi_scoring.service import Worker
from tests.tables import make_due

HOUR = timedelta(hours=1)
NAMES = Pseudonyms(b"secret of tests")


@pytest.fixture
def builder(settings, monkeypatch):
    """A builder for whom thirty attempts are many."""
    monkeypatch.setattr(building, "LARGE", 29)
    return Builder(settings("scoring")["MONGO_URI"], "test")


@pytest.fixture
def closed(storage, making):
    """`closed(people)`: a closed round with so many attempts, not ranked yet."""

    def make(people):
        listening.publish_contest(storage, making.published(), making.opens)
        listening.open_week(storage, making.opened(), making.opens)
        listening.keep_attempts(storage, NAMES, [making.submitted(f"u{number}") for number in range(people)], making.opens)
        listening.close_week(storage, making.closed(people), making.closes)

    return make


def test_large_round_is_ranked_elsewhere_with_the_same_result(storage, making, closed, builder):
    closed(30)
    [built] = make_due(storage, making.closes + HOUR, builder.build)
    elsewhere = storage.rounds.get("c-w1")
    assert (built.round_id, built.attempts, elsewhere.state) == ("c-w1", 30, "provisional")
    storage.rounds.mark(["c-w1"])
    make_due(storage, making.closes + 2 * HOUR)
    assert storage.rounds.get("c-w1").snapshot.digest == elsewhere.snapshot.digest


def test_only_a_running_round_is_built_behind_those_who_take_papers(storage, making, closed):
    listening.publish_contest(storage, making.published(), making.opens)
    listening.open_week(storage, making.opened(), making.opens)
    assert niceness(storage, building.Task("ranking", "c-w1")) == 19
    closed(1)
    assert niceness(storage, building.Task("ranking", "c-w1")) == 5
    assert niceness(storage, building.Task("season", "c")) == 5


def test_large_season_is_added_up_elsewhere(storage, making, closed, builder):
    closed(30)
    make_due(storage, making.closes + HOUR, builder.build)
    assert storage.contests.get("c")["season"]["participants"] == 30


def test_small_round_is_ranked_here(storage, making, closed, builder, monkeypatch):
    closed(29)
    monkeypatch.setattr(builder, "build", lambda task, now: pytest.fail("a process for 29 attempts"))
    [built] = make_due(storage, making.closes + HOUR, builder.build)
    assert built.attempts == 29


def test_large_round_that_another_replica_builds_starts_no_process(storage, making, closed, builder, monkeypatch):
    closed(30)
    assert storage.lease.hold("ranking:c-w1", "another", 60)
    monkeypatch.setattr(builder, "build", lambda task, now: pytest.fail("a process in vain"))
    assert make_due(storage, making.closes + HOUR, builder.build) == []


def test_process_that_fails_is_told_and_the_task_stays_due(storage, making, closed, builder, caplog):
    closed(30)
    lost = Builder(builder.mongo_uri.replace("/scoring?", "/nowhere?").replace("5000", "200"), "test")
    assert make_due(storage, making.closes + HOUR, lost.build) == []
    assert "ranking:c-w1" in caplog.text
    assert make_due(storage, making.closes + HOUR, builder.build)


def test_other_greenlets_run_while_a_process_builds(storage, making, closed, builder):
    closed(30)
    ticks = []
    ticker = eventlet.spawn(lambda: [ticks.append(eventlet.sleep(0.01)) for _ in range(100_000)])
    assert builder.build(Task("ranking", "c-w1"), making.closes + HOUR)
    ticker.kill()
    assert len(ticks) > 5


def test_worker_ranks_a_large_round_elsewhere(storage, making, closed, serve, eventually, monkeypatch):
    monkeypatch.setattr(building, "LARGE", 29)
    closed(30)
    told = []
    monkeypatch.setattr(
        Builder, "build", lambda builder, task, now, build=Builder.build: told.append(task) or build(builder, task, now)
    )
    serve(Worker, RANKING_COOLDOWN_S="0.1")
    eventually(lambda: storage.rounds.get("c-w1").state == "provisional")
    assert told[0] == Task("ranking", "c-w1")


def test_worker_ranks_while_what_follows_a_ranking_is_being_made(storage, making, closed, serve, eventually, monkeypatch):
    monkeypatch.setattr(building, "LARGE", 29)
    closed(30)
    analyses, over = [], eventlet.Event()

    def slow(builder, task, now, build=Builder.build):
        if task.kind != "items":
            return build(builder, task, now)
        analyses.append(task)
        return over.wait()

    monkeypatch.setattr(Builder, "build", slow)
    serve(Worker, RANKING_COOLDOWN_S="0.1")
    try:
        eventually(lambda: analyses)
        storage.rounds.mark(["c-w1"])
        eventually(lambda: not storage.rounds.get("c-w1").is_stale)
        assert len(analyses) == 1
    finally:
        over.send()
