"""Inviting to a role: who may, once, for a week, and only while the inviter may."""

from datetime import UTC, datetime, timedelta

import eventlet
import pytest

from hoithi_contracts.registration import InvitationSent
from hoithi_registration.domain import invitation, role
from hoithi_registration.domain.invitation import InvitationClosed, InvitationVoid
from hoithi_registration.domain.person import first_operator
from hoithi_registration.domain.role import EVERY_CONTEST, OPERATOR, Role
from hoithi_store.outbox import unpacked

NOW = datetime(2026, 9, 8, 2, 30, tzinfo=UTC)
OFFICER = Role("officer", "unit", "x1")
TOKEN = "T0K3N" * 8
TO_X1 = {"email": "mai@example.vn", "role": "officer", "kind": "unit", "id": "x1"}


def made() -> invitation.Invitation:
    inviter = first_operator("operator@hoithi.example", "", NOW)
    wanted = {"email": "mai@example.vn", "language": "vi", "role": OFFICER, "place": "Xã Đồng Văn"}
    return invitation.invite("i1", TOKEN, wanted, inviter, NOW)


# The rules


@pytest.mark.parametrize(
    "held, offered, above, may",
    [
        ("operator:platform:*", OPERATOR, (), True),
        ("organiser:contest:*", OPERATOR, (), False),
        ("organiser:contest:*", EVERY_CONTEST, (), False),
        ("organiser:contest:*", Role("organiser", "contest", "c1"), (), True),
        ("organiser:contest:c1", Role("organiser", "contest", "c1"), (), True),
        ("organiser:contest:c2", Role("organiser", "contest", "c1"), (), False),
        ("organiser:contest:c1", OFFICER, ("t02",), True),
        ("officer:unit:t02", OFFICER, ("t02",), True),
        ("officer:unit:x1", OFFICER, ("t02",), False),
        ("officer:unit:x2", OFFICER, ("t02",), False),
        ("officer:unit:t02", Role("organiser", "contest", "c1"), (), False),
    ],
)
def test_a_role_is_given_by_whoever_stands_above_it(held, offered, above, may):
    assert role.may_change((held,), offered, above) is may


def test_an_invitation_is_open_for_seven_days():
    assert made().state_at(NOW + timedelta(days=7, seconds=-1)) == "open"
    assert made().state_at(NOW + timedelta(days=7)) == "expired"
    with pytest.raises(InvitationVoid):
        made().accepted("u1", NOW + timedelta(days=7))


def test_an_invitation_is_accepted_or_withdrawn_once():
    accepted = made().accepted("u1", NOW)
    with pytest.raises(InvitationVoid):
        accepted.accepted("u2", NOW)
    with pytest.raises(InvitationClosed):
        accepted.withdrawn("operator", NOW)
    with pytest.raises(InvitationVoid):
        made().withdrawn("operator", NOW).accepted("u1", NOW)


def test_only_the_letter_has_the_token():
    assert TOKEN not in str(made()) and made().fact(TOKEN).token == TOKEN


# The doors


@pytest.fixture
def inviting(joined, province, operator, bearer):
    """`inviting(role, kind, id)`: the header of somebody who joined and holds that role."""

    def make(held, kind, bound_to, **changes):
        entered = joined(**changes)
        body = {"identifier": entered["user"]["phone"], "role": held, "kind": kind, "id": bound_to}
        assert province.post("/roles", json=body, headers=operator).status_code == 201
        return bearer(province.post("/refresh", json={"refresh_token": entered["refresh_token"]}).json())

    return make


@pytest.fixture
def tokens(database):
    """`tokens()`: the tokens of the letters that wait to be sent, by address."""

    def read() -> dict[str, str]:
        waiting = [unpacked(one) for each in database["invitations"].find() for one in each["outbox"]]
        return {each["data"]["email"]: each["data"]["token"] for each in waiting if each["type"] == "invitation-sent"}

    return read


@pytest.fixture
def province_officer(inviting):
    return inviting("officer", "unit", "t02")


def slug(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].rpartition("/")[2]


def test_an_officer_invites_an_officer_below_who_accepts(province, province_officer, tokens, joined, bearer, database):
    sent = province.post("/invitations", json=TO_X1, headers=province_officer)
    assert (sent.status_code, sent.json()["state"], sent.json()["place"]) == (201, "open", "Xã Đồng Văn")
    assert "token" not in sent.text
    token = {"token": tokens()["mai@example.vn"]}
    assert province.post("/invitations/look", json=token).json()["by_name"] == "Vàng Thị Mỷ"
    invited = joined()
    assert province.post("/invitations/accept", json=token, headers=bearer(invited)).json()["id"] == "x1"
    refreshed = province.post("/refresh", json={"refresh_token": invited["refresh_token"]}).json()
    assert refreshed["user"]["roles"] == ["officer:unit:x1"]
    assert slug(province.post("/invitations/accept", json=token, headers=bearer(joined()))) == (409, "invitation-void")
    whats = [entry["what"] for entry in database["audit"].find({"after.role": "officer:unit:x1"}).sort("_id")]
    assert whats == ["invited", "invitation-accepted", "role-given"]


@pytest.mark.parametrize(
    "offered",
    [
        {"id": "t02"},
        {"role": "organiser", "kind": "contest", "id": "c1"},
        {"role": "operator", "kind": "platform", "id": "*"},
        {"id": "p1"},
    ],
)
def test_an_officer_invites_to_nothing_but_officers_below(province, province_officer, offered, database):
    assert slug(province.post("/invitations", json={**TO_X1, **offered}, headers=province_officer)) == (403, "not-allowed")
    assert database["invitations"].count_documents({}) == 0


def test_joining_with_an_invitation_gives_its_role(province, province_officer, tokens, application):
    province.post("/invitations", json=TO_X1, headers=province_officer)
    token = tokens()["mai@example.vn"]
    entered = province.post("/join", json=application(invitation=token))
    assert (entered.status_code, entered.json()["user"]["roles"]) == (201, ["officer:unit:x1"])
    again = province.post("/join", json=application(invitation=token, phone="0912000333"))
    assert slug(again) == (409, "invitation-void")
    signing_in = province.post("/sign-in", json={"identifier": "0912000333", "password": "mot-mat-khau-dai"})
    assert signing_in.status_code == 401, "a refused joining leaves no account"


def test_an_inviter_who_lost_the_right_has_given_nothing(province, province_officer, operator, tokens, joined, bearer):
    province.post("/invitations", json=TO_X1, headers=province_officer)
    token = {"token": tokens()["mai@example.vn"]}
    [held] = [each for each in province.get("/roles", headers=operator).json()["roles"] if each["id"] == "t02"]
    province.delete(f"/roles/{held['user_id']}/officer/unit/t02", headers=operator)
    assert slug(province.post("/invitations/look", json=token)) == (409, "invitation-void")
    assert slug(province.post("/invitations/accept", json=token, headers=bearer(joined()))) == (409, "invitation-void")


def test_an_inviter_who_was_forgotten_leaves_no_name(province, province_officer, tokens, database):
    province.post("/invitations", json=TO_X1, headers=province_officer)
    token = {"token": tokens()["mai@example.vn"]}
    assert province.post("/me/erasure", json={"password": "mot-mat-khau-dai"}, headers=province_officer).status_code == 204
    assert [each["by_name"] for each in database["invitations"].find()] == [""]
    assert slug(province.post("/invitations/look", json=token)) == (409, "invitation-void")


def test_a_withdrawn_invitation_opens_nothing_and_its_letter_stays(province, province_officer, tokens, joined, bearer):
    made = province.post("/invitations", json=TO_X1, headers=province_officer).json()
    token = {"token": tokens()["mai@example.vn"]}
    path = f"/invitations/{made['invitation_id']}/withdrawal"
    assert province.post(path, json={"reason": "nhầm người"}, headers=province_officer).status_code == 204
    assert tokens() == {}, "the letter is not sent any more"
    assert slug(province.post("/invitations/accept", json=token, headers=bearer(joined()))) == (409, "invitation-void")
    assert slug(province.post(path, json={}, headers=province_officer)) == (409, "invitation-closed")
    [listed] = province.get("/invitations", headers=province_officer).json()["invitations"]
    assert (listed["state"], listed["email"]) == ("withdrawn", "ma***@example.vn")


def test_everybody_lists_the_own_invitations_and_operators_all(province, province_officer, inviting, operator):
    other = inviting("officer", "unit", "t02")
    made = province.post("/invitations", json=TO_X1, headers=province_officer).json()
    assert province.get("/invitations", headers=other).json()["invitations"] == []
    path = f"/invitations/{made['invitation_id']}/withdrawal"
    assert slug(province.post(path, json={}, headers=other)) == (404, "not-found")
    assert len(province.get("/invitations", headers=operator).json()["invitations"]) == 1


def test_invitations_are_paged_newest_first(province, province_officer):
    for number in range(3):
        province.post("/invitations", json={**TO_X1, "email": f"m{number}@example.vn"}, headers=province_officer)
    first = province.get("/invitations", params={"limit": 2}, headers=province_officer).json()
    assert [each["email"] for each in first["invitations"]] == ["m2@example.vn", "m1@example.vn"]
    rest = province.get("/invitations", params={"limit": 2, "after": first["next"]}, headers=province_officer).json()
    assert ([each["email"] for each in rest["invitations"]], rest["next"]) == (["m0@example.vn"], None)


def test_of_two_who_accept_at_the_same_moment_one_gets_the_role(province, province_officer, tokens, joined, bearer, operator):
    province.post("/invitations", json=TO_X1, headers=province_officer)
    token = {"token": tokens()["mai@example.vn"]}
    headers = [bearer(joined()) for _ in range(3)]
    answers = [eventlet.spawn(province.post, "/invitations/accept", json=token, headers=header) for header in headers]
    assert sorted(each.wait().status_code for each in answers) == [200, 409, 409]
    held = province.get("/roles", headers=operator).json()["roles"]
    assert len([each for each in held if each["id"] == "x1"]) == 1


@pytest.mark.parametrize("wrong", [{"id": "x99"}, {"email": "nobody"}, {"kind": "contest"}, {"language": "fr"}])
def test_a_wrong_invitation_is_refused_field_by_field(province, province_officer, reasons, wrong):
    answer = province.post("/invitations", json={**TO_X1, **wrong}, headers=province_officer)
    assert (answer.status_code, list(reasons(answer))) == (422, list(wrong))


def test_an_invitation_is_heard_on_the_bus(province, province_officer, serve, heard, eventually):
    from hoithi_registration.service import Worker

    events = heard(InvitationSent)
    province.post("/invitations", json=TO_X1, headers=province_officer)
    serve(Worker)
    [event] = eventually(lambda: events)
    assert (event.email, event.role, event.place, event.invited_by) == ("mai@example.vn", "officer", "Xã Đồng Văn", "Vàng Thị Mỷ")
