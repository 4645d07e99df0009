"""Backup and restore of a service's database, without services."""

import json
import shutil
import stat
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest
from bson import Binary, Decimal128, Int64, ObjectId, Regex, Timestamp
from pymongo.errors import OperationFailure

from hoithi_cli.backup import loading, past, reading, swapping, writing
from hoithi_cli.backup.trouble import SnapshotLost

STRANGE = [
    {"_id": "text", "z": 1, "a": "Hà Giang", "nested": {"$odd": [None, True, -0.0, float("inf")]}},
    {"_id": 7, "long": Int64(7), "money": Decimal128("1.10"), "at": datetime(2026, 1, 2, 3, 4, 5, 678000, tzinfo=UTC)},
    {"_id": 7.5, "bytes": b"\x00\xff", "uuid": Binary(b"0" * 16, 4), "pattern": Regex("^a", "i"), "ts": Timestamp(5, 6)},
    {"_id": {"compound": 1, "id": ObjectId("0" * 24)}, "": "an empty name"},
    {"_id": datetime(2026, 1, 1, tzinfo=UTC)},
]


@pytest.fixture
def uri(instance, service_name, database, monkeypatch):
    """`hoithi backup` and `restore` of this database alone."""
    monkeypatch.setenv("HOITHI_MONGO_ADMIN_URI", instance.mongodb.admin_uri())
    return ("--service", service_name, "--mongo-uri", f"{service_name}={instance.mongo_uri(service_name)}")


@pytest.fixture
def filled(database):
    """Documents of every kind of id and type, indexes and options."""
    database.create_collection("strange", validator={"_id": {"$exists": True}}, validationLevel="moderate")
    database.strange.insert_many(STRANGE)
    database.many.insert_many({"_id": f"r{number:05}", "n": number, "text": "x" * 50} for number in range(5000))
    database.many.create_index([("n", -1), ("text", 1)], name="some", partialFilterExpression={"n": {"$gt": 10}})
    database.many.create_index([("text", 1)], expireAfterSeconds=3600, sparse=True)
    database.people.insert_one({"_id": "u1", "name": "Vàng Thị Mai"})
    database.people.create_index("name", unique=True)
    database.create_collection("empty", collation={"locale": "vi"})
    return database


def state(database) -> dict:
    """Everything there is, byte by byte and index by index."""
    found = {each["name"]: each for each in database.list_collections()}
    raw = database.client.get_database(database.name, codec_options=reading.RAW)
    return {
        name: (
            [document.raw for document in raw[name].find({}, hint="_id_")],
            found[name]["options"],
            [dict(index) for index in database[name].list_indexes()],
        )
        for name in sorted(found)
    }


def empty(database):
    for name in database.list_collection_names():
        database.drop_collection(name)


def run(hoithi, *arguments, code=0):
    result = hoithi(*arguments, "--json")
    assert result.exit_code == code, result.output + repr(result.exception)
    return json.loads(result.stdout)


@pytest.fixture
def saved(hoithi, filled, uri, tmp_path):
    """A backup of the filled database."""
    run(hoithi, "backup", "--to", tmp_path / "saved", *uri)
    return tmp_path / "saved"


def test_a_restore_brings_back_every_byte_option_and_index(hoithi, filled, uri, saved):
    before = state(filled)
    empty(filled)
    answer = run(hoithi, "restore", saved, *uri)
    assert answer["restored"] and answer["services"][0]["documents"] == 5006
    assert state(filled) == before


def test_a_backup_is_for_the_owner_alone(saved):
    modes = {stat.S_IMODE(path.stat().st_mode) for path in saved.rglob("*") if path.is_file()}
    folders = {stat.S_IMODE(path.stat().st_mode) for path in (saved, *saved.rglob("*")) if path.is_dir()}
    assert (modes, folders) == ({0o600}, {0o700})


def test_a_backup_shows_one_instant_while_the_database_changes(hoithi, database, uri, tmp_path):
    """Pairs are written in transactions: a backup with half of one would show two instants."""
    stop = Event()
    for name in ("left", "right"):
        database[name].insert_many({"_id": number, "n": 0} for number in range(6000))
    writer = Thread(target=keep_writing, args=(database, stop))
    writer.start()
    try:
        run(hoithi, "backup", "--to", tmp_path / "saved", *uri)
    finally:
        stop.set()
        writer.join()
    empty(database)
    run(hoithi, "restore", tmp_path / "saved", *uri)
    left, right = ({each["_id"]: each["n"] for each in database[name].find()} for name in ("left", "right"))
    assert left == right


def test_mongodb_keeps_the_past_only_while_a_backup_is_read(hoithi, filled, instance, uri, tmp_path, monkeypatch):
    def window() -> int:
        with instance.mongodb.admin() as client:
            return client.admin.command({"getParameter": 1, past.WINDOW: 1})[past.WINDOW]

    seen, read = [], writing.reading.cluster_time
    monkeypatch.setattr(writing.reading, "cluster_time", lambda database: seen.append(window()) or read(database))
    run(hoithi, "backup", "--to", tmp_path / "saved", *uri)
    assert (seen, window()) == ([past.KEPT_S], 0)


def keep_writing(database, stop):
    turn = 0
    with database.client.start_session() as session:
        while not stop.is_set():
            turn += 1
            with session.start_transaction():
                changed = {"_id": {"$in": [turn % 6000, 5999 - turn % 6000]}}
                for name in ("left", "right"):
                    database[name].update_many(changed, {"$inc": {"n": 1}}, session=session)


def test_a_lost_snapshot_begins_again(hoithi, filled, uri, tmp_path, monkeypatch):
    lose, lost = iter([True, True, False]), []
    real = reading.pages

    def pages(database, name, at):
        yield from real(database, name, at)
        if name == "people" and next(lose):
            lost.append(name)
            raise SnapshotLost("too old")

    monkeypatch.setattr(reading, "pages", pages)
    run(hoithi, "backup", "--to", tmp_path / "saved", *uri)
    assert len(lost) == 2
    before = state(filled)
    empty(filled)
    run(hoithi, "restore", tmp_path / "saved", *uri)
    assert state(filled) == before


def test_a_time_mongodb_has_forgotten_is_a_lost_snapshot(filled):
    at = reading.cluster_time(filled)
    with pytest.raises(SnapshotLost):
        list(reading.pages(filled, "many", Timestamp(at.time - 100_000, 1)))


def test_a_collection_made_meanwhile_begins_again(hoithi, filled, uri, tmp_path, monkeypatch):
    real, times = writing._write, []

    def write(*arguments):
        times.append(filled[f"late{len(times)}"].insert_one({"_id": 1}) if len(times) < 1 else None)
        return real(*arguments)

    monkeypatch.setattr(writing, "_write", write)
    answer = run(hoithi, "backup", "--to", tmp_path / "saved", *uri)
    assert len(times) == 2 and answer["services"][0]["collections"]["late0"] == 1


def test_a_folder_with_something_in_it_is_refused(hoithi, filled, uri, saved):
    assert "not empty" in run(hoithi, "backup", "--to", saved, *uri, code=2)["error"]["message"]


# What is damaged is refused before anything is touched


def parts_of(saved):
    return sorted(path for path in saved.rglob("*") if path.is_file())


def test_every_file_with_a_changed_byte_is_refused_and_nothing_changes(hoithi, filled, uri, saved):
    before = state(filled)
    for path in parts_of(saved):
        good = path.read_bytes()
        path.write_bytes(good[: len(good) // 2] + bytes([good[len(good) // 2] ^ 1]) + good[len(good) // 2 + 1 :])
        answer = run(hoithi, "restore", saved, *uri, "--replace", "--yes", code=4)
        assert answer["error"]["kind"] == "damaged-backup"
        path.write_bytes(good)
    assert state(filled) == before
    run(hoithi, "restore", saved, *uri, "--replace", "--yes")


def test_a_missing_or_shortened_file_is_refused(hoithi, filled, uri, saved):
    before = state(filled)
    for path in parts_of(saved):
        good = path.read_bytes()
        path.write_bytes(good[:-2])
        run(hoithi, "restore", saved, *uri, "--replace", "--yes", code=4)
        path.unlink()
        run(hoithi, "restore", saved, *uri, "--replace", "--yes", code=4)
        path.write_bytes(good)
    assert state(filled) == before


def test_an_interrupted_backup_has_no_manifest_and_is_refused(hoithi, filled, uri, tmp_path, monkeypatch):
    def interrupted(database, name, at):
        if name == "people":
            raise KeyboardInterrupt
        yield from real(database, name, at)

    real = reading.pages
    monkeypatch.setattr(reading, "pages", interrupted)
    assert hoithi("backup", "--to", tmp_path / "half", *uri).exit_code != 0
    assert list((tmp_path / "half").rglob("many.bson.gz"))
    before = state(filled)
    answer = run(hoithi, "restore", tmp_path / "half", *uri, "--replace", "--yes", code=4)
    assert "interrupted" in answer["error"]["message"]
    assert state(filled) == before


def test_a_backup_of_several_services_is_not_whole_without_one(hoithi, instance, filled, tmp_path):
    uris = {name: f"{name}={instance.mongo_uri(name)}" for name in ("scoring", "notify")}
    both = [part for name, uri in uris.items() for part in ("--service", name, "--mongo-uri", uri)]
    document = run(hoithi, "backup", "--to", tmp_path / "both", *both)
    assert len({tuple(each["cluster_time"].items()) for each in document["services"]}) == 1
    run(hoithi, "restore", tmp_path / "both", "--check")
    shutil.rmtree(tmp_path / "both" / "notify")
    run(hoithi, "restore", tmp_path / "both", "--check", code=4)
    run(hoithi, "restore", tmp_path / "both", "--check", "--service", "scoring")


# Encrypted


@pytest.fixture
def passphrase(tmp_path):
    (tmp_path / "passphrase").write_text("một câu đủ dài\n")
    return tmp_path / "passphrase"


def test_an_encrypted_backup_shows_nothing_and_comes_back(hoithi, filled, uri, tmp_path, passphrase):
    run(hoithi, "backup", "--to", tmp_path / "sealed", "--passphrase-file", passphrase, *uri)
    everything = b"".join(path.name.encode() + path.read_bytes() for path in parts_of(tmp_path / "sealed"))
    assert not any(word in everything for word in (b"people", b"strange", b"indexes", b"5000", "Vàng".encode()))
    before = state(filled)
    empty(filled)
    run(hoithi, "restore", tmp_path / "sealed", "--passphrase-file", passphrase, *uri)
    assert state(filled) == before


def test_the_wrong_key_restores_nothing(hoithi, filled, uri, tmp_path, passphrase):
    run(hoithi, "backup", "--to", tmp_path / "sealed", "--passphrase-file", passphrase, *uri)
    before = state(filled)
    (tmp_path / "other").write_text("một câu khác hẳn")
    wrong = ("restore", tmp_path / "sealed", *uri, "--replace", "--yes")
    assert run(hoithi, *wrong, "--passphrase-file", tmp_path / "other", code=4)["error"]["kind"] == "wrong-key"
    run(hoithi, *wrong, code=2)
    assert state(filled) == before


# What is there


def test_documents_are_replaced_only_when_asked_and_confirmed(hoithi, filled, uri, saved):
    before = state(filled)
    filled.people.insert_one({"_id": "u2", "name": "later"})
    filled.later.insert_one({"_id": 1})
    changed = state(filled)
    assert run(hoithi, "restore", saved, *uri, code=1)["error"]["kind"] == "not-empty"
    run(hoithi, "restore", saved, *uri, "--replace", code=2)
    assert state(filled) == changed
    run(hoithi, "restore", saved, *uri, "--replace", "--yes")
    assert state(filled) == before


def test_a_database_somebody_works_on_is_refused(hoithi, filled, uri, saved):
    before = state(filled)
    empty(filled)
    filled.leases.insert_one({"_id": "relay", "owner": "w", "until": datetime.now(UTC) + timedelta(minutes=1)})
    answer = run(hoithi, "restore", saved, *uri, "--replace", "--yes", code=1)
    assert answer["error"]["kind"] == "in-use" and "relay" in answer["error"]["message"]
    run(hoithi, "restore", saved, *uri, "--replace", "--yes", "--force")
    assert state(filled) == before


def test_leases_that_were_held_during_the_backup_are_held_by_nobody_after_a_restore(hoithi, filled, uri, tmp_path):
    filled.leases.insert_one({"_id": "reports", "owner": "w", "until": datetime.now(UTC) + timedelta(minutes=1)})
    run(hoithi, "backup", "--to", tmp_path / "held", *uri)
    empty(filled)
    for _ in range(2):
        run(hoithi, "restore", tmp_path / "held", *uri, "--replace", "--yes")
        assert filled.leases.find_one() is None and filled.people.find_one()


def test_a_service_that_answers_is_refused(hoithi, filled, uri, saved, site, tmp_path):
    known = {
        "front_url": site.url,
        "health_urls": {"scoring-doors-0": f"{site.url}/health", "exam-doors-0": f"{site.url}/health"},
    }
    (tmp_path / "platform.json").write_text(json.dumps(known))
    answer = run(hoithi, "restore", saved, *uri, "--platform", tmp_path / "platform.json", code=1)
    assert "scoring-doors-0" in answer["error"]["message"] and "exam" not in answer["error"]["message"]


def test_a_restore_that_fails_while_loading_leaves_the_old_state(hoithi, filled, uri, saved, monkeypatch):
    filled.people.insert_one({"_id": "u2", "name": "later"})
    changed = state(filled)
    monkeypatch.setattr(loading, "batches", lambda found: (_ for _ in ()).throw(OperationFailure("the disk is full")))
    run(hoithi, "restore", saved, *uri, "--replace", "--yes", code=3)
    assert state(filled) == changed


class Crash(BaseException):
    """The process dies."""


@pytest.mark.parametrize("step", range(9))
def test_a_restore_that_dies_while_swapping_is_undone_by_the_next(filled, uri, saved, hoithi, step, monkeypatch):
    """Whatever rename it was, the next restore finds either the old or the new state, never a mixture."""
    filled.drop_collection("empty")
    filled.later.insert_one({"_id": 1})
    before = state(filled)
    for name in ("strange", "many"):
        filled.create_collection(swapping.NEW + name)
    die_at(monkeypatch, step)
    with pytest.raises(Crash):
        swapping.swap(filled, ["many", "strange"])
    monkeypatch.undo()
    swapping.recover(filled)
    assert state(filled) in (before, {name: ([], {}, [before["many"][2][0]]) for name in ("many", "strange")})
    assert (state(filled) == before) == (step < 7)


def die_at(monkeypatch, step):
    """The database is not reached any more at the step-th change (not even for the undoing)."""
    from pymongo.collection import Collection

    changes = iter(range(1000))
    for name in ("rename", "drop", "update_one"):
        monkeypatch.setattr(Collection, name, dying(getattr(Collection, name), changes, step))


def dying(real, changes, step):
    def call(*arguments, **more):
        if next(changes) >= step:
            raise Crash
        return real(*arguments, **more)

    return call


def test_an_interrupted_restore_is_named_before_a_backup(hoithi, filled, uri, tmp_path):
    filled[f"{swapping.OLD}people"].insert_one({"_id": 1})
    assert "interrupted" in run(hoithi, "backup", "--to", tmp_path / "b", *uri, code=1)["error"]["message"]


# Which database


def test_the_databases_come_from_platform_json_and_the_environment(hoithi, filled, instance, tmp_path, alone):
    known = {"front_url": "http://127.0.0.1:9", "mongo_uris": {"scoring": instance.mongo_uri("scoring")}}
    (tmp_path / "platform.json").write_text(json.dumps(known))
    document = run(hoithi, "backup", "--to", tmp_path / "a", "--platform", tmp_path / "platform.json")
    assert [each["service"] for each in document["services"]] == ["scoring"]
    alone.setenv("HOITHI_MONGO_URI_SCORING", instance.mongo_uri("scoring"))
    assert run(hoithi, "backup", "--to", tmp_path / "b")["services"][0]["documents"] == 5006


@pytest.mark.parametrize("words", ["", "--service exam", "--mongo-uri exam", "--mongo-uri exam=nonsense", "--service x"])
def test_an_unknown_database_is_wrong_usage(hoithi, alone, tmp_path, words):
    run(hoithi, "backup", "--to", tmp_path / "b", *words.split(), code=2)


def test_a_database_that_is_away_is_unreachable_and_its_password_is_not_shown(hoithi, tmp_path):
    uri = "exam=mongodb://exam:secret@127.0.0.1:9/exam?serverSelectionTimeoutMS=100"
    result = hoithi("backup", "--to", tmp_path / "b", "--mongo-uri", uri)
    assert result.exit_code == 3 and "secret" not in result.output
