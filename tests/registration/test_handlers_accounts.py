"""The use cases without any I/O: a fake storage of a few methods, and passwords that are their own hash."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from hoithi_registration.domain import session
from hoithi_registration.domain.consent import Purpose
from hoithi_registration.domain.person import IdentifierTaken, first_operator
from hoithi_registration.domain.refusal import ChangedMeanwhile, NotAcceptable
from hoithi_registration.domain.session import RefreshReused
from hoithi_registration.domain.throttle import WINDOW, TooManyFailures, Tries, WrongPassword
from hoithi_registration.handlers import accounts
from hoithi_registration.handlers.accounts import Fresh
from hoithi_registration.handlers.again import TRIES, again_if_changed

NOW = datetime(2026, 9, 8, 2, 30, tzinfo=UTC)
FRESH = Fresh("u1", "s1", "secret")
PURPOSES = [Purpose("contest", "2026-01", True, {})]
BODY = {
    "name": "Vàng Thị Mỷ",
    "birth_date": date(1990, 3, 8),
    "phone": "+84912345678",
    "password": "mot-mat-khau-dai",
    "division": "citizens",
    "unit_id": "x99",
    "consents": [{"purpose": "contest", "version": "2026-01"}],
}
KNOWN = replace(first_operator("operator@hoithi.local", "", NOW), password_hash="hash of right")


class Passwords:
    """Counts its work: every piece costs CPU."""

    def __init__(self):
        self.work = []

    def hash(self, password):
        self.work.append("hash")
        return f"hash of {password}"

    def verify(self, password, password_hash):
        self.work.append("verify")
        return password_hash == f"hash of {password}"

    def outdated(self, password_hash):
        return False


class Storage:
    """All parts of the storage in one; knows one person and one session."""

    def __init__(self, tries=1):
        self.people = self.sessions = self.throttles = self.units = self
        self.tries, self.added, self.cleared, self.ended = tries, [], [], []
        self.session = session.begin("s1", KNOWN.user_id, "secret", NOW)

    def find(self, identifier):
        return KNOWN if identifier == KNOWN.email else None

    def note_activity(self, person, now):
        """Activity is not what these tests are about."""

    def knows(self, user_id):
        return user_id in [person.user_id for person in self.added]

    def some(self, unit_ids):
        return {}

    @contextmanager
    def attempt(self, key, now):
        yield Tries(self.tries, now + WINDOW)
        self.cleared.append(key)

    def add(self, added, now=None):
        self.added.append(added)
        return added

    def get(self, key):
        return KNOWN if key == KNOWN.user_id else self.session

    def replace(self, before, after):
        assert before == self.session
        self.session = after

    def end(self, session_id):
        self.ended.append(session_id)


def sign_in(storage, passwords, identifier=KNOWN.email, password="right"):
    body = {"identifier": identifier, "password": password}
    return accounts.sign_in(storage, passwords, without_factor, body, FRESH, NOW)


def without_factor(person, code, now):
    """Nobody here has a second factor."""
    return False


def test_a_refused_registration_hashes_no_password():
    storage, passwords = Storage(), Passwords()
    with pytest.raises(NotAcceptable):
        accounts.join(storage, passwords, PURPOSES, BODY, FRESH, NOW)
    assert (storage.added, passwords.work) == ([], [])


def test_an_unknown_identifier_costs_the_same_work_as_a_wrong_password():
    for identifier, password in (("nobody@hoithi.local", "right"), (KNOWN.email, "wrong")):
        passwords = Passwords()
        with pytest.raises(WrongPassword):
            sign_in(Storage(), passwords, identifier, password)
        assert passwords.work == ["verify"]


def test_a_throttled_identifier_costs_no_work():
    passwords = Passwords()
    with pytest.raises(TooManyFailures):
        sign_in(Storage(tries=6), passwords)
    assert passwords.work == []


def test_the_right_password_opens_a_session_and_forgets_failures():
    storage = Storage()
    entered = sign_in(storage, Passwords())
    assert (entered.person, entered.refresh_token, len(storage.cleared)) == (KNOWN, "s1.secret", 1)
    assert storage.added == [entered.session]


def test_a_reused_refresh_token_ends_the_session():
    storage = Storage()
    with pytest.raises(RefreshReused):
        accounts.refresh(storage, "s1.old", "seed", NOW)
    assert storage.ended == ["s1"]


def test_the_first_operator_is_made_once():
    storage, passwords = Storage(), Passwords()
    for _ in range(2):
        accounts.ensure_first_operator(storage, passwords, "operator@hoithi.local", "right", NOW)
    assert (len(storage.added), passwords.work) == (1, ["hash"])


def test_a_stranger_with_the_operators_address_gets_no_role():
    class Taken(Storage):
        def add(self, added, now=None):
            raise IdentifierTaken({"email": "taken"})

    with pytest.raises(IdentifierTaken):
        accounts.ensure_first_operator(Taken(), Passwords(), "operator@hoithi.local", "right", NOW)


def test_who_was_overtaken_tries_again_and_gives_up_in_the_end():
    calls = []

    @again_if_changed
    def overtaken(times):
        calls.append(times)
        if len(calls) <= times:
            raise ChangedMeanwhile()
        return "saved"

    assert overtaken(TRIES - 1) == "saved"
    calls.clear()
    with pytest.raises(ChangedMeanwhile):
        overtaken(TRIES)
