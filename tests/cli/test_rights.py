"""Codes of the second factor, invitations, what waits for a second person."""

import json

import pytest

from hoithi_cli.front_door import FrontDoor, Person
from hoithi_cli.platform import Account
from hoithi_cli.rehearse import weekly_check
from hoithi_cli.trouble import CheckFailed

PROPOSAL = {"proposal_id": "p1", "act": "official", "subject": "c-w1", "state": "open", "by": "o1", "at": "x", "body": {}}
OFFICIAL = "/api/scoring/rounds/c-w1/official"
CONFIRM = "/api/scoring/rounds/c-w1/proposals/p1/confirmation"


@pytest.fixture
def organiser(site, signed_in):
    """A person at the site."""
    made = FrontDoor(site.url, repeats=0)
    yield Person(made, Account("a@example.org", "pw"))
    made.close()


def last_body(site, path) -> dict:
    return json.loads([each for each in site.asked if each["path"] == path][-1]["body"])


def test_a_code_goes_with_the_password(hoithi, site, signed_in):
    site.on("GET", "/api/registration/roles", (200, {"roles": [], "next": None}))
    assert hoithi("roles", "list", "--code", "123456", *signed_in).exit_code == 0
    assert last_body(site, "/api/registration/sign-in")["code"] == "123456"


def test_without_a_code_none_is_sent(hoithi, site, signed_in):
    site.on("GET", "/api/registration/roles", (200, {"roles": [], "next": None}))
    hoithi("roles", "list", *signed_in)
    assert "code" not in last_body(site, "/api/registration/sign-in")


def test_a_code_is_never_printed():
    assert "123456" not in repr(Account("a@example.org", "pw", "123456"))


def test_all_pages_of_roles_are_listed(hoithi, site, signed_in, document):
    roles = [{"user_id": f"u{number}", "role": "officer", "kind": "unit", "id": "x1", "name": "An"} for number in range(2)]
    pages = [(200, {"roles": [roles[0]], "next": "u0"}), (200, {"roles": [roles[1]], "next": None})]
    site.on("GET", "/api/registration/roles", *pages)
    assert document(hoithi("roles", "list", "--json", *signed_in))["roles"] == roles
    assert site.asked[-1]["query"] == "after=u0"


def test_an_invitation_names_role_and_reason(hoithi, site, signed_in):
    site.on("POST", "/api/registration/invitations", (201, {"invitation_id": "i1", "expires_at": "2026-12-01"}))
    sent = hoithi("invite", "send", "mai@example.vn", "officer", "unit", "x1", "--reason", "Công văn 5", *signed_in)
    assert sent.exit_code == 0 and "2026-12-01" in sent.stdout
    assert last_body(site, "/api/registration/invitations") == {
        "email": "mai@example.vn", "role": "officer", "kind": "unit", "id": "x1", "language": "vi", "reason": "Công văn 5",
    }  # fmt: skip


def test_a_proposal_is_not_taken_for_official_results(hoithi, site, signed_in):
    site.on("POST", OFFICIAL, (202, PROPOSAL))
    result = hoithi("contest", "results-official", "c-w1", "--note", "x", *signed_in)
    assert "hoithi proposals confirm c-w1 p1" in result.stdout and "are official" not in result.stdout


def test_a_proposal_is_confirmed_at_the_service_that_keeps_it(hoithi, site, signed_in, document):
    site.on("GET", "/api/exam/rounds/c-w1/proposals", (200, {"proposals": []}))
    site.on("GET", "/api/scoring/rounds/c-w1/proposals", (200, {"proposals": [PROPOSAL]}))
    site.on("POST", CONFIRM, (200, {**PROPOSAL, "state": "confirmed"}))
    assert document(hoithi("proposals", "confirm", "c-w1", "p1", "--json", *signed_in))["state"] == "confirmed"
    assert hoithi("proposals", "confirm", "c-w1", "p9", *signed_in).exit_code == 1


def test_a_rehearsal_lets_a_second_person_confirm(site, organiser):
    site.on("POST", OFFICIAL, (202, PROPOSAL))
    site.on("POST", CONFIRM, (200, {**PROPOSAL, "state": "confirmed"}))
    site.on("GET", "/api/scoring/rounds/c-w1", (200, {"state": "official"}))
    assert weekly_check.make_official(organiser, organiser, "c-w1", "x") == {"state": "official"}
    assert site.times("POST", CONFIRM) == 1
    with pytest.raises(CheckFailed, match="second organiser"):
        weekly_check.make_official(organiser, None, "c-w1", "x")


def test_proposals_of_all_rounds_are_listed(hoithi, site, signed_in, document):
    site.on("GET", "/api/exam/proposals", (200, {"proposals": []}))
    site.on("GET", "/api/scoring/proposals", (200, {"proposals": [PROPOSAL]}))
    assert document(hoithi("proposals", "list", "--json", *signed_in))["proposals"] == [PROPOSAL]


def test_a_refusal_says_why(hoithi, site, signed_in):
    site.on("GET", "/api/exam/rounds/c-w1/proposals", (200, {"proposals": []}))
    site.on("GET", "/api/scoring/rounds/c-w1/proposals", (200, {"proposals": [PROPOSAL]}))
    path = "/api/scoring/rounds/c-w1/proposals/p1/withdrawal"
    site.on("POST", path, (200, {**PROPOSAL, "state": "withdrawn"}))
    assert hoithi("proposals", "withdraw", "c-w1", "p1", "--reason", "chưa họp", *signed_in).exit_code == 0
    assert last_body(site, path) == {"reason": "chưa họp"}


def test_a_code_for_a_forgotten_password_is_shown_with_its_end(hoithi, site, signed_in):
    path, given = "/api/registration/password-resets/codes", {"name": "Mai", "code": "abcd-efgh-jkmn", "expires_at": "2026-12-01"}
    site.on("POST", path, (201, given))
    handed = hoithi("passwords", "code", "0912345678", "--reason", "gặp trực tiếp", *signed_in)
    assert handed.exit_code == 0 and "abcd-efgh-jkmn until 2026-12-01" in handed.stdout
    assert last_body(site, path) == {"identifier": "0912345678", "reason": "gặp trực tiếp"}
