"""Backup and restore of the whole platform: what was exported before is exported afterwards, byte by byte."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from kombu import Connection, Queue

from hoithi_bus import topology
from hoithi_native.waiting import until

SERVICES = ("registration", "exam", "scoring", "notify", "emulation")
PUBLISHERS = ("registration", "exam", "scoring", "emulation")
FILES = ("results.json", "attempts.csv", "rules.json", "units.csv", "results.csv")
CONTEST = "sao-luu"
ROUNDS = (f"{CONTEST}-w1", f"{CONTEST}-w2")


@pytest.fixture(scope="module", autouse=True)
def _as_it_was(platform):
    """Every service runs again as it did, whatever a test did; no event of a restored past is tried again."""
    yield
    stop(platform)
    platform.rabbitmq.empty(delete=False)
    platform.disturbances.clear()
    platform.prepare()
    platform.start_services()


@pytest.fixture(scope="module")
def tap(platform):
    """`tap()`: the events published since the last call, as they lay on the bus: (exchange, type, body, id)."""
    with Connection(platform.amqp_uri("operator")) as connection:
        channel = connection.channel()
        queue = Queue("", exclusive=True, durable=False, channel=channel)
        queue.declare()
        for publisher in PUBLISHERS:
            topology.exchange(publisher)(channel).declare()
            queue.bind_to(topology.exchange(publisher), routing_key="#")

        def read():
            heard = []
            while message := queue.get(no_ack=True):
                info = message.delivery_info
                heard.append((info["exchange"], info["routing_key"], message.body, message.properties["message_id"]))
            return heard

        yield read


@pytest.fixture(scope="module")
def played(platform, hoithi, demo, tap, tmp_path_factory):
    """Thirty people, two weeks; and a backup that was made while they answered in the first week."""
    folder = tmp_path_factory.mktemp("midway") / "backup"
    command = [str(Path(sys.executable).parent / "hoithi"), "rehearse", "--people", "30", "--weeks", "2", "--seed", "11"]
    there = counts(platform)
    known = ["--contest-id", CONTEST, "--platform", str(platform.folders.home / "platform.json"), "--json"]
    with subprocess.Popen([*command, *known], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as rehearsal:
        attempts = platform.mongodb.admin()["scoring"]["attempts"]
        while rehearsal.poll() is None and attempts.count_documents({"round_id": ROUNDS[0]}) < 5:
            time.sleep(0.2)
        midway = hoithi("backup", "--to", str(folder))
        out, err = rehearsal.communicate(timeout=600)
    assert rehearsal.returncode == 0, err[-3000:]
    return {"report": json.loads(out), "folder": folder, "there": there, "midway": midway, "events": tap()}


@pytest.fixture(scope="module")
def exports(front):
    """`exports()`: (round, file) -> bytes, as they are published now."""

    def read():
        return {(round_id, name): published(front, f"{round_id}/{name}") for round_id in ROUNDS for name in FILES}

    return read


def published(front, path: str) -> bytes:
    answer = front.get(f"/api/scoring/rounds/{path}")
    assert answer.status_code == 200, answer.text
    return answer.content


@pytest.fixture(scope="module")
def before(played, exports):
    """The exports of the contest when it was over."""
    return exports()


@pytest.fixture(scope="module")
def saved(hoithi, platform, played, before, tmp_path_factory):
    """A backup of everything when the contest was over and the last letter sent, encrypted."""
    with platform.mongodb.admin() as client:
        letters = client["notify"]["deliveries"]
        until(lambda: letters.count_documents({"state": "queued"}) == 0, "the last letter")
    folder = tmp_path_factory.mktemp("saved")
    (folder / "passphrase").write_text("một câu đủ dài để giữ kín\n")
    key = ("--passphrase-file", str(folder / "passphrase"))
    made = hoithi("backup", "--to", str(folder / "backup"), *key)
    return {"folder": folder / "backup", "key": key, "counts": counted(made)}


def counted(backup: dict) -> dict:
    """What `counts` should find after a restore of it."""
    found = {(each["service"], name): number for each in backup["services"] for name, number in each["collections"].items()}
    return {key: number for key, number in found.items() if key[1] != "leases"}


def stop(platform, services=SERVICES):
    running = platform.pids()
    platform.supervisor.stop([each.name for each in platform.processes if each.service in services and each.name in running])


def start(platform):
    """One replica of everything: enough here, and half the time."""
    platform.start_services(only=[process.name for process in platform.processes if process.index == 0])


def counts(platform) -> dict:
    """(service, collection) -> documents; leases come and go."""
    with platform.mongodb.admin() as client:
        return {
            (service, name): client[service][name].count_documents({})
            for service in SERVICES
            for name in client[service].list_collection_names()
            if name != "leases"
        }


def republish(platform, events):
    fixed = {"delivery_mode": 2, "mandatory": True, "content_type": "application/json", "content_encoding": "utf-8"}
    confirmed = {"confirm_publish": True}
    with Connection(platform.amqp_uri("operator"), transport_options=confirmed) as connection, connection.Producer() as producer:
        for exchange, kind, body, event_id in events:
            producer.publish(body, exchange=exchange, routing_key=kind, message_id=event_id, **fixed)


def test_a_backup_is_made_while_people_answer(played):
    midway = {each["service"]: each for each in played["midway"]["services"]}
    assert played["report"]["ok"]
    # Tests before this one left attempts; those of charts are known to scoring only.
    there, all_of = played["there"], {service: midway[service]["collections"]["attempts"] for service in ("scoring", "exam")}
    scored, accepted = (number - there.get((service, "attempts"), 0) for service, number in all_of.items())
    assert 5 <= scored <= accepted
    assert len({json.dumps(each["cluster_time"]) for each in midway.values()}) == 1


def test_a_database_with_running_services_is_not_replaced(hoithi, saved, platform):
    # The services go on with their work, so what they have rises: a mark tells whether it is still the same database.
    with platform.mongodb.admin() as client:
        for service in SERVICES:
            client[service]["not_replaced"].insert_one({})
        refused = hoithi("restore", str(saved["folder"]), *saved["key"], "--replace", "--yes", code=1)
        assert [client[service]["not_replaced"].count_documents({}) for service in SERVICES] == [1] * len(SERVICES)
        for service in SERVICES:
            client[service]["not_replaced"].drop()
    assert refused["error"]["kind"] == "in-use"
    assert all(process.name in refused["error"]["message"] for process in platform.processes)


# Three that need stopped services come one after the other: a start of all takes as long as a test.


def test_a_changed_byte_is_refused_and_nothing_changes(hoithi, platform, saved):
    stop(platform)
    there = counts(platform)
    file = saved["folder"] / "scoring" / "001.sealed"
    good = file.read_bytes()
    file.write_bytes(good[:-20] + bytes([good[-20] ^ 1]) + good[-19:])
    refused = hoithi("restore", str(saved["folder"]), *saved["key"], "--replace", "--yes", code=4)
    file.write_bytes(good)
    assert refused["error"]["kind"] == "damaged-backup" and counts(platform) == there


def test_the_wrong_key_is_refused_and_nothing_changes(hoithi, platform, saved, tmp_path):
    stop(platform)
    there = counts(platform)
    (tmp_path / "wrong").write_text("một câu nào đó khác hẳn")
    wrong = ("--passphrase-file", str(tmp_path / "wrong"), "--replace", "--yes")
    assert hoithi("restore", str(saved["folder"]), *wrong, code=4)["error"]["kind"] == "wrong-key"
    assert counts(platform) == there


def test_an_interrupted_backup_is_refused(hoithi, platform, played, tmp_path):
    command = [str(Path(sys.executable).parent / "hoithi"), "backup", "--to", str(tmp_path / "half")]
    killed = subprocess.Popen([*command, "--platform", str(platform.folders.home / "platform.json")], stderr=subprocess.DEVNULL)
    while killed.poll() is None and not list((tmp_path / "half").rglob("*.gz")):
        time.sleep(0.001)
    killed.kill()
    killed.wait()
    assert list((tmp_path / "half").rglob("*.gz")), "it was quicker than the test: nothing was shown"
    refused = hoithi("restore", str(tmp_path / "half"), "--replace", "--yes", code=4)
    assert "interrupted" in refused["error"]["message"]


def test_exports_of_a_platform_restored_from_nothing_are_the_same_bytes(hoithi, platform, saved, before, exports, eventually):
    stop(platform)
    platform.reset_data()
    assert sum(counts(platform).values()) == 0
    topology.declare_all(platform.amqp_uri("operator"))
    answer = hoithi("restore", str(saved["folder"]), *saved["key"])
    assert answer["restored"] and counts(platform) == saved["counts"]
    start(platform)
    assert exports() == before
    assert [len(before[round_id, "attempts.csv"].splitlines()) > 20 for round_id in ROUNDS] == [True, True]
    platform.start_services()
    eventually(lambda: is_well(hoithi))


def is_well(hoithi):
    try:
        return hoithi("status")["healthy"]
    except AssertionError:
        return False


def test_scoring_restored_to_an_older_point_hears_everything_again_and_doubles_nothing(
    hoithi,
    front,
    platform,
    played,
    tap,
    before,
    exports,
    eventually,
):
    start(platform)
    stop(platform, ["scoring"])
    hoithi("restore", str(played["folder"]), "--service", "scoring", "--replace", "--yes")
    start(platform)
    for _ in range(2):
        republish(platform, [event for event in played["events"] if event[0] != "scoring.events"])
    eventually(lambda: all(of(front, round_id)["state"] == "provisional" for round_id in ROUNDS))
    for round_id in ROUNDS:
        hoithi("contest", "results-official", round_id, "--note", "again")
    eventually(lambda: all(of(front, round_id)["state"] == "official" for round_id in ROUNDS))
    now = exports()
    assert {key: now[key] for key in now if key[1] in ("attempts.csv", "units.csv", "results.csv")} == {
        key: before[key] for key in before if key[1] in ("attempts.csv", "units.csv", "results.csv")
    }
    assert hoithi("dead-letters", "list")["letters"] == 0


def test_scoring_restored_to_an_older_point_is_told_again_and_asks_for_the_attempts_it_lacks(
    hoithi, front, platform, played, before, exports, eventually
):
    start(platform)
    stop(platform, ["scoring"])
    platform.disturbances["scoring-worker-0"] = {"HOITHI_ASK_AFTER_S": "3"}
    platform.prepare()
    hoithi("restore", str(played["folder"]), "--service", "scoring", "--replace", "--yes")
    start(platform)
    told = hoithi("retell")["events"]
    assert told["people"] >= 30 and told["contests"] >= 5 and told["units"] > 0
    eventually(lambda: all(of(front, round_id)["state"] == "provisional" for round_id in ROUNDS))
    assert all(of(front, round_id)["counts"]["unscored"] == 0 for round_id in ROUNDS)
    now = exports()
    assert {key: now[key] for key in now if key[1] == "attempts.csv"} == {
        key: before[key] for key in before if key[1] == "attempts.csv"
    }
    for round_id in ROUNDS:
        hoithi("contest", "results-official", round_id, "--note", "after the restore")


def test_no_letter_is_sent_twice_when_everything_is_heard_again(platform, played, eventually):
    start(platform)
    with platform.mongodb.admin() as client:
        letters = client["notify"]["deliveries"]
        eventually(lambda: letters.count_documents({"state": "queued"}) == 0)
        there = letters.count_documents({})
        republish(platform, played["events"])
        eventually(lambda: waiting(platform) == 0)
        time.sleep(3)  # the worker spreads and sends every second
        assert letters.count_documents({}) == there and letters.count_documents({"state": "queued"}) == 0


def of(front, round_id) -> dict:
    answer = front.get(f"/api/scoring/rounds/{round_id}")
    return answer.json() if answer.status_code == 200 else {"state": "unknown"}


def waiting(platform) -> int:
    """Events that wait in the queues of listeners."""
    with Connection(platform.amqp_uri("operator")) as connection:
        channel = connection.channel()
        return sum(channel.queue_declare(queue, passive=True).message_count for queue in topology.queue_names())


def test_exam_restored_alone_leaves_what_scoring_has_and_everything_from_one_backup_is_right_again(
    hoithi, front, platform, played, saved, before, exports, eventually
):
    """Exam older than scoring has lost attempts that count: only a restore of both from one backup makes them agree."""
    start(platform)
    kept = exports()
    stop(platform, ["exam"])
    hoithi("restore", str(played["folder"]), "--service", "exam", "--replace", "--yes")
    start(platform)
    eventually(lambda: all(front.get(f"/api/exam/rounds/{id_}").json()["state"] == "closed" for id_ in ROUNDS))
    eventually(lambda: waiting(platform) == 0)
    assert exports() == kept
    stop(platform)
    hoithi("restore", str(saved["folder"]), *saved["key"], "--replace", "--yes")
    start(platform)
    assert exports() == before
    for each in hoithi("dead-letters", "list")["queues"]:
        if each["letters"]:
            hoithi("dead-letters", "drop", each["queue"], "--all")
