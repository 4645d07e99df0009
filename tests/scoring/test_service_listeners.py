"""Scoring hears the others through the real bus: each event twice, in any order, with several replicas."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import eventlet
import pytest

from hoithi_bus import topology
from hoithi_bus.dead_letters import replay
from hoithi_contracts.event import envelope
from hoithi_contracts.registration import UserErased, UserUpdated
from hoithi_contracts.scoring import WeekScored
from hoithi_scoring.handlers import running
from hoithi_scoring.service import Worker


@pytest.fixture
def twice(publish):
    def send(*events):
        for event in events:
            publish(event)
            publish(event)

    return send


@pytest.fixture
def send(publish):
    """`send(event, tries=..., **more data)`: an event as its publisher would not send it."""
    return lambda event, tries=0, **more: publish(event, headers={"x-tries": tries}, **more)


@pytest.fixture
def state(storage, eventually):
    """`state("provisional")` waits until the first round is in that state; returns it."""

    def wait(name, number=1):
        def check():
            found = [round for round in storage.rounds.all() if round.round_id == f"c-w{number}" and round.state == name]
            return found and found[0]

        return eventually(check)

    return wait


def _waiting(broker, queue):
    return broker.default_channel.queue_declare(queue, passive=True).message_count


def dead_letters(broker, queue):
    return _waiting(broker, topology.dead_letters(queue))


def test_contest_published_twice_plans_its_rounds_once(twice, worker, state, storage, making):
    twice(making.published(rounds=2))
    assert state("planned").rules == making.rules()
    assert state("planned", 2).title == "Tuần 2"
    assert storage.contests.get("c")["rounds"] == ["c-w1", "c-w2"]


def test_older_announcement_changes_nothing(publish, worker, state, quiet, storage, making):
    publish(making.published(revision=2, title="Mới"))
    publish(making.published(revision=1, title="Cũ"))
    state("planned")
    quiet()
    assert storage.contests.get("c")["title"] == "Mới"


def test_attempts_submitted_twice_are_scored_once(twice, worker, storage, eventually, making):
    twice(making.opened(), *(making.submitted(f"u{number}") for number in range(20)))
    eventually(lambda: storage.attempts.count("c-w1") == 20)
    round = eventually(lambda: _with_snapshot(storage, participants=20))
    assert (round.snapshot.attempts, round.snapshot.perfect, round.snapshot.unscored) == (20, 20, 0)


def _with_snapshot(storage, **figures):
    shots = [(round, round.snapshot) for round in storage.rounds.all() if round.snapshot]
    fits = [round for round, shot in shots if all(getattr(shot, name) == value for name, value in figures.items())]
    return fits and fits[0]


def test_week_closed_twice_tells_the_provisional_results_once(heard, twice, worker, state, eventually, quiet, storage, making):
    told = heard(WeekScored)
    twice(making.opened(), making.submitted(), making.closed(1))
    round = state("provisional")
    quiet()
    eventually(lambda: told and all_is_told(storage))
    assert [(event.attempts, event.digest) for event in told] == [(1, round.snapshot.digest)]


def all_is_told(storage) -> bool:
    return storage.database["rounds"].count_documents({"outbox.type": WeekScored.type}) == 0


ORDERS = {
    "as it happened": ["opened", "attempts", "closed"],
    "closed first": ["closed", "attempts", "opened"],
    "keys last": ["attempts", "closed", "opened"],
    "keys between": ["closed", "opened", "attempts"],
}


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_any_order_of_events_gives_the_same_results(order, twice, worker, state, making):
    events = {
        "opened": [making.opened()],
        "attempts": [
            making.submitted(f"u{number}", answers=_answers(making, number), prediction=number % 4) for number in range(10)
        ],
        "closed": [making.closed(10)],
    }
    for name in order:
        twice(*events[name])
    assert state("provisional").snapshot.digest == DIGESTS.setdefault("first", state("provisional").snapshot.digest)


DIGESTS: dict[str, str] = {}


def _answers(making, number):
    return dict(list(making.right.items())[: number % 5])


def test_a_parked_attempt_is_counted_once_however_often_it_is_replayed(
    publish, worker, broker, instance, state, storage, quiet, eventually, making
):
    publish(making.opened())
    publish(making.submitted())
    eventually(lambda: storage.attempts.count("c-w1") == 1)
    letter = json.dumps(envelope(making.submitted(), making.opens))
    for _ in range(3):
        broker.Producer().publish(letter, routing_key=topology.dead_letters("scoring.attempts"), delivery_mode=2)
    eventually(lambda: dead_letters(broker, "scoring.attempts") == 3)
    assert len(replay(instance.amqp_uri("operator"), "scoring.attempts")) == 3
    publish.given["scoring.attempts"] += 3
    publish(making.closed(1))
    quiet()
    assert state("provisional").snapshot.attempts == storage.attempts.count("c-w1") == 1
    assert dead_letters(broker, "scoring.attempts") == 0


def test_round_is_not_provisional_while_one_attempt_is_missing(publish, worker, state, storage, eventually, making):
    for event in (making.opened(), making.submitted(), making.closed(2)):
        publish(event)
    round = eventually(lambda: _with_snapshot(storage, attempts=1))
    assert (round.state, round.unscored) == ("closed", 1)
    assert "hoithi_scoring_unscored_attempts 1.0" in eventually(lambda: _metrics_with(worker, "unscored_attempts 1.0"))
    publish(making.submitted("u2"))
    assert state("provisional").snapshot.attempts == 2
    eventually(lambda: _metrics_with(worker, "unscored_attempts 0.0"))


def _metrics_with(worker, text):
    found = worker.client.get("/metrics").text
    return found if text in found else None


def test_extension_twice_moves_the_close(twice, worker, state, quiet, storage, making):
    later = making.closes + timedelta(hours=2)
    twice(making.opened(), making.extended(closes_at=later))
    state("running")
    quiet()
    assert storage.rounds.get("c-w1").closes_at == later


def test_key_corrected_twice_makes_one_new_revision(twice, worker, state, quiet, storage, making):
    twice(making.opened(), making.submitted(), making.closed(1))
    assert state("provisional").snapshot.perfect == 1
    twice(making.corrected())
    quiet()
    round = storage.rounds.get("c-w1")
    assert (round.snapshot.perfect, round.state, len(round.history)) == (0, "provisional", 2)


def test_attempt_with_other_answers_is_parked_and_counted(publish, send, worker, storage, broker, eventually, making):
    publish(making.opened())
    publish(making.submitted())
    eventually(lambda: storage.attempts.count("c-w1") == 1)
    send(making.submitted(answers={"q.1": "a"}), tries=len(topology.RETRY_DELAYS_S))
    publish(making.submitted("u2"))
    eventually(lambda: dead_letters(broker, "scoring.attempts") == 1)
    eventually(lambda: storage.attempts.count("c-w1") == 2)
    assert "hoithi_scoring_differing_attempts_total 0.0" not in worker.client.get("/metrics").text


# People, units


def updated(making, **changes):
    return UserUpdated(**vars(making.person(revision=2, **changes)))


def test_person_registered_and_updated_twice_is_kept_once(twice, worker, storage, eventually, quiet, making):
    twice(making.person(), updated(making, name="Vàng Thị Máy"))
    eventually(lambda: storage.people.shown(["u1"]))
    quiet()
    assert storage.people.shown(["u1"])["u1"]["name"] == "Vàng Thị Máy"


def test_update_before_the_registration_wins(publish, worker, storage, eventually, quiet, making):
    publish(updated(making, name="Vàng Thị Máy"))
    publish(making.person())
    eventually(lambda: storage.people.shown(["u1"]))
    quiet()
    assert storage.people.shown(["u1"])["u1"]["name"] == "Vàng Thị Máy"


def test_person_erased_twice_is_forgotten(twice, worker, storage, eventually, making):
    twice(making.person())
    eventually(lambda: storage.people.shown(["u1"]))
    twice(UserErased(user_id="u1", erased_at=making.closes))
    eventually(lambda: storage.people.shown(["u1"]) == {})


def test_units_and_rosters_twice_are_kept_once_and_reach_the_tables(twice, worker, state, storage, eventually, making):
    twice(making.opened(), making.submitted(), making.closed(1))
    before = state("provisional").snapshot.revision
    twice(making.units_changed(), making.roster("x1", 40))
    round = eventually(lambda: _newer(storage, before))
    eventually(lambda: storage.rankings.units("c-w1", storage.rounds.get("c-w1").snapshot.build, "administrative", "t1"))
    assert round.state == "provisional"
    assert storage.units.headcounts("c") == {"x1": 40}


def _newer(storage, revision):
    round = storage.rounds.get("c-w1")
    return round if round.snapshot.revision > revision else None


# Replicas


def test_two_workers_at_once_score_everything_once_and_tell_it_once(
    clean, serve, heard, publish, state, eventually, quiet, storage, making
):
    for _ in range(2):
        serve(Worker, RANKING_COOLDOWN_S="0.1")
    told = heard(WeekScored)
    publish(making.opened())
    attempts = [making.submitted(f"u{number}") for number in range(300)]
    for event in [*attempts, *attempts[:50], making.closed(300)]:
        publish(event)
    round = state("provisional")
    quiet()
    assert (round.snapshot.attempts, round.snapshot.participants) == (300, 300)
    eventually(lambda: told and all_is_told(storage))
    assert [event.revision for event in told] == [round.snapshot.revision]


def test_attempt_of_a_newer_publisher_with_unknown_fields_is_scored(send, publish, worker, storage, eventually, making):
    publish(making.opened())
    send(making.submitted(), colour="red")
    eventually(lambda: storage.attempts.count("c-w1") == 1)


def test_a_worker_whose_clock_is_a_day_ahead_builds_no_ranking(publish, worker, storage, eventually, monkeypatch, making):
    with monkeypatch.context() as wrong:
        wrong.setattr("hoithi_bus.clock.now", lambda: datetime.now(UTC) + timedelta(days=1))
        publish(making.opened())
        publish(making.submitted())
        eventually(lambda: storage.attempts.count("c-w1") == 1)
        eventlet.sleep(2.5)
        assert all(round.built_at is None for round in storage.rounds.all())
    eventually(lambda: any(round.built_at for round in storage.rounds.all()))


def test_worker_is_healthy_and_counts_rounds_by_state(publish, worker, eventually, making):
    publish(making.opened())
    eventually(lambda: _metrics_with(worker, 'hoithi_scoring_rounds{state="running"} 1.0'))
    assert worker.client.get("/health").json()["status"] == "ok"


def test_round_announced_with_another_plan_keeps_its_binding_window(publish, worker, state, quiet, storage, making):
    publish(making.opened())
    state("running")
    plan = making.published(revision=3)
    publish(replace(plan, rounds=[replace(plan.rounds[0], closes_at=making.closes + timedelta(days=9))]))
    quiet()
    assert storage.rounds.get("c-w1").closes_at == making.closes


def test_as_many_attempts_as_come_in_a_rush_are_ranked_later(worker, storage, making, publish, state, eventually, monkeypatch):
    monkeypatch.setattr("hoithi_scoring.service.worker.RUSH", 1)
    put_off = []
    monkeypatch.setattr(running, "keep_up_later", lambda *told, put=running.keep_up_later: put_off.append(told) or put(*told))
    publish(making.published())
    publish(making.opened())
    state("running")
    publish(making.submitted("u1"))
    eventually(lambda: [row.points for row, _ in storage.standings.on_level("c-w1", 5)] == [5])
    eventually(lambda: storage.standings.oldest_owed() is None)  # the note goes after the place is there
    assert len(put_off) == 1
