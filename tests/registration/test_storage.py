"""What MongoDB has to keep for registration's promises."""

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import eventlet
import pytest

from hoithi_bus import clock
from hoithi_contracts.registration import Unit
from hoithi_registration.domain import session
from hoithi_registration.domain.person import Person, first_operator
from hoithi_registration.domain.refusal import ChangedMeanwhile
from hoithi_registration.domain.roster import Roster
from hoithi_registration.domain.session import SessionEnded
from hoithi_registration.domain.throttle import TooManyFailures, WrongPassword
from hoithi_registration.domain.unit import Forest
from hoithi_registration.handlers.units import import_units
from hoithi_registration.storage import WITH_OUTBOX, Storage, open_outbox

NOW = datetime(2026, 9, 8, 2, 30, tzinfo=UTC)
UNIT = Unit(id="x1", name="Xã Đồng Văn", kind="commune", tree="administrative", valid_from="2020-01-01")
PERSON = Person("u1", 1, "Vàng Thị Mỷ", "citizens", "vi", NOW, unit_id="x1", phone="+84912345678")


@pytest.fixture
def storage(database):
    storage = Storage(database)
    storage.ensure_indexes()
    return storage


def test_indexes_are_made_by_several_replicas_at_once(database, settings):
    config = settings("registration")
    for each in [eventlet.spawn(Storage(database).ensure_indexes) for _ in range(4)]:
        each.wait()
    open_outbox(config).ensure_indexes()
    unique = [name for name, index in database["people"].index_information().items() if index.get("unique")]
    assert sorted(unique) == ["email", "phone"]
    assert all("outbox" in database[name].index_information() for name in WITH_OUTBOX)


@pytest.mark.parametrize("collection", ["sessions", "throttles"])
def test_what_expires_is_removed_by_mongodb(storage, database, collection):
    assert any(index.get("expireAfterSeconds") == 0 for index in database[collection].index_information().values())


def test_a_person_comes_back_as_it_was_kept(storage):
    # Doors that a test before this one started and that refused their settings may be making the first operator still.
    operator = replace(first_operator("another@hoithi.example", "hash", NOW), user_id="another")
    for kept in (PERSON, operator):
        storage.people.add(kept, NOW)
        assert storage.people.get(kept.user_id) == kept


def test_an_overtaken_change_of_a_person_is_not_kept(storage):
    storage.people.add(PERSON, NOW)
    storage.people.save(replace(PERSON, revision=2, name="first"), NOW)
    with pytest.raises(ChangedMeanwhile):
        storage.people.save(replace(PERSON, revision=2, name="second"), NOW)
    assert storage.people.get("u1").name == "first"


def test_an_overtaken_password_change_is_not_kept(storage):
    storage.people.add(PERSON, NOW)
    storage.people.change_password(PERSON, "new", "s1", NOW)
    with pytest.raises(ChangedMeanwhile):
        storage.people.change_password(PERSON, "newer", "s1", NOW)
    storage.people.replace_hash(PERSON, "the old one, renewed")
    assert storage.people.get("u1").password_hash == "new"


def test_erasing_again_changes_nothing(storage, database):
    storage.people.add(PERSON, NOW)
    storage.people.erase(PERSON, NOW)
    before = database["people"].find_one({"_id": "u1"})
    storage.people.erase(PERSON, NOW + timedelta(days=1))
    assert database["people"].find_one({"_id": "u1"}) == before


def test_an_overtaken_import_starts_again(storage):
    stale = Forest(0, {}).change([UNIT])
    storage.units.save(stale, "o1", NOW)
    with pytest.raises(ChangedMeanwhile):
        storage.units.save(stale, "o1", NOW)
    assert import_units(storage, [vars(replace(UNIT, name="Xã Mới"))], "o1", NOW).revision == 2


def test_a_refused_import_leaves_no_event(storage, database):
    storage.units.save(Forest(0, {}).change([UNIT]), "o1", NOW)
    with pytest.raises(ChangedMeanwhile):
        storage.units.save(Forest(0, {}).change([replace(UNIT, id="x2")]), "o1", NOW)
    assert database["unit_changes"].count_documents({}) == database["units"].count_documents({}) == 1


def test_an_overtaken_roster_is_not_kept(storage):
    first = Roster("c1").drafted([{"unit_id": "x1", "headcount": 7}], "o1", NOW)
    storage.rosters.save(first, NOW)
    with pytest.raises(ChangedMeanwhile):
        storage.rosters.save(Roster("c1").drafted([], "o2", NOW), NOW)
    assert storage.rosters.get("c1") == first


def test_a_refresh_token_used_twice_at_once_rotates_once(storage):
    begun = session.begin("s1", "u1", "secret", NOW)
    storage.sessions.add(begun)
    storage.sessions.replace(begun, begun.renewed("secret", "seed1", NOW)[0])
    with pytest.raises(ChangedMeanwhile):
        storage.sessions.replace(begun, begun.renewed("secret", "seed2", NOW)[0])


def test_an_ended_session_is_gone(storage):
    storage.sessions.add(session.begin("s1", "u1", "secret", NOW))
    storage.sessions.end("s1")
    with pytest.raises(SessionEnded):
        storage.sessions.get("s1")


def test_every_burst_of_wrong_passwords_in_a_process_gets_five_tries(storage):
    dice, now = random.Random(5), clock.now()

    def guess(key: str, pause_s: float) -> type[Exception]:
        eventlet.sleep(pause_s)
        try:
            with storage.throttles.attempt(key, now) as tries:
                tries.check(now)
                eventlet.sleep(pause_s)
                raise WrongPassword()
        except (WrongPassword, TooManyFailures) as refused:
            return type(refused)

    for number in range(20):
        burst = [eventlet.spawn(guess, f"key-{number}", dice.random() / 50) for _ in range(12)]
        assert Counter(each.wait() for each in burst) == {WrongPassword: 5, TooManyFailures: 7}
