"""Flags over the real doors: found with the table, decided once, followed by a ranking without what was struck."""

from datetime import timedelta

import pytest

from hoithi_contracts.registration import UserErased
from hoithi_scoring.domain.flags import Flag
from hoithi_scoring.handlers import listening
from tests.tables import make_due

HOUR = timedelta(hours=1)
REASON = "không thể đọc hết câu hỏi trong thời gian này"


@pytest.fixture
def boss(auth):
    return auth("boss", roles=("organiser:contest:c",))


@pytest.fixture
def round_(play, making, storage):
    """u1 answers four questions in four seconds; u2 to u4 take their time."""
    storage.people.keep(making.person("u1"))
    quick = making.submitted("u1", duration_ms=4_000)
    return play([quick, *(making.submitted(f"u{number}") for number in (2, 3, 4))], closed=True)


def flags(doors, boss, **query):
    return doors.get("/rounds/c-w1/flags", headers=boss, params=query).json()


def decide(doors, headers, flag_id, **body):
    body = {"outcome": "invalidated", "reason": REASON, **body}
    return doors.post(f"/rounds/c-w1/flags/{flag_id}/decision", json=body, headers=headers)


def test_flags_come_with_the_results_and_say_why(doors, round_, boss):
    found = flags(doors, boss)
    [flag] = found["flags"]
    assert (found["open"], found["decided"], found["up_to_date"], found["next"]) == (1, 0, True, None)
    assert (flag["kind"], flag["facts"]) == ("impossible-speed", {"questions": 4, "right": 4, "duration_ms": 4000})
    assert flag["people"][0]["name"] == "Vàng Thị Mỷ" and flag["attempts"] == ["c-w1:u1:1"]


def test_accounts_that_may_be_one_person_are_shown_to_organisers_and_nothing_is_punished(doors, making, storage, play, boss):
    marks = [("u1", "x1", "m1", None), ("u2", "x1", "m1", None), ("u3", "x2", None, "b1"), ("u4", "x2", None, "b1"),
             ("u5", "x1", "m1", None)]  # fmt: skip
    for user, unit_id, identity, mailbox in marks:
        told = {"unit_id": unit_id, "name": f"Người {user}", "identity_mark": identity, "mailbox_mark": mailbox}
        storage.people.keep(making.person(user, **told))
    round_ = play([making.submitted(user, unit_id=unit_id, duration_ms=300_000) for user, unit_id, *_ in marks[:4]], closed=True)
    found = {flag["kind"]: flag for flag in flags(doors, boss)["flags"]}
    assert set(found) == {"same-identity", "same-mailbox"}
    assert {each["name"] for each in found["same-identity"]["people"]} == {"Người u1", "Người u2"}
    assert found["same-mailbox"]["facts"] == {"people": 2, "units": 1}
    assert storage.rounds.get("c-w1").snapshot == round_.snapshot and "m1" not in str(found)


def test_an_attempt_struck_by_a_flag_leaves_the_ranking_and_the_flag_stays_decided(doors, round_, boss, storage, making):
    [flag] = flags(doors, boss)["flags"]
    decided = decide(doors, boss, flag["flag_id"])
    assert decided.status_code == 200 and decided.json()["decision"]["attempts"] == ["c-w1:u1:1"], decided.text
    make_due(storage, making.closes + 2 * HOUR)
    assert storage.rounds.get("c-w1").snapshot.participants == 3
    assert [each["reason"] for each in storage.decisions.of_round("c-w1")] == [REASON]
    [kept] = flags(doors, boss, state="decided")["flags"]
    assert kept["decision"]["by"] == "boss" and flags(doors, boss)["open"] == 0
    [entry] = storage.audit.about(f"c-w1|{flag['flag_id']}")
    assert (entry.what, entry.by, entry.reason) == ("flag-decided", "boss", REASON)
    assert entry.after == {"state": "invalidated", "attempts": ["c-w1:u1:1"]}


def test_a_dismissed_flag_changes_no_result_and_is_decided_for_good(doors, round_, boss, storage):
    [flag] = flags(doors, boss)["flags"]
    before = storage.rounds.get("c-w1")
    assert decide(doors, boss, flag["flag_id"], outcome="dismissed").status_code == 200
    assert decide(doors, boss, flag["flag_id"], outcome="dismissed").status_code == 200
    again = decide(doors, boss, flag["flag_id"])
    assert (again.status_code, again.json()["type"].rpartition("/")[2]) == (409, "flag-decided")
    assert storage.rounds.get("c-w1") == before


def test_only_organisers_of_the_contest_see_or_decide_flags(doors, round_, boss, auth):
    [flag] = flags(doors, boss)["flags"]
    for roles in [("organiser:contest:other",), ("officer:unit:t1",), ("operator:platform:*",), ()]:
        headers = auth("somebody", roles=roles)
        assert doors.get("/rounds/c-w1/flags", headers=headers).status_code == 403
        assert decide(doors, headers, flag["flag_id"]).status_code == 403
    assert decide(doors, boss, "impossible-speed-0000000000000000").status_code == 404


def test_nobody_decides_about_the_own_attempt(doors, round_, boss, auth):
    [flag] = flags(doors, boss)["flags"]
    assert decide(doors, auth("u1", roles=("organiser:contest:c",)), flag["flag_id"]).status_code == 403


def test_before_there_are_results_there_are_no_flags(doors, play, making, boss):
    play([making.submitted("u1", duration_ms=4_000)])
    assert doors.get("/rounds/c-w1/flags", headers=boss).status_code == 409


def test_what_was_written_about_a_person_goes_with_the_person(doors, round_, boss, storage, making):
    [flag] = flags(doors, boss)["flags"]
    decide(doors, boss, flag["flag_id"], outcome="dismissed")
    for _ in range(2):
        listening.forget_person(storage, UserErased(user_id="u1", erased_at=making.closes), making.closes)
    [kept] = flags(doors, boss, state="decided")["flags"]
    assert (kept["decision"]["reason"], kept["people"][0]["name"]) == ("", None)
    assert [entry.reason for entry in storage.audit.about(f"c-w1|{flag['flag_id']}")] == [""]


def test_flags_are_listed_page_by_page_open_ones_first_and_none_twice(doors, round_, boss, storage, making):
    header = storage.flags.header("c-w1")
    made = [Flag(f"same-name-{number}", "same-name", ("c-w1:u1:1",), ("p",), ("u1",), "x1") for number in range(7)]
    storage.flags.write("c-w1", header["token"], made, making.closes)
    for number in (1, 4, 5):
        assert decide(doors, boss, f"same-name-{number}", outcome="dismissed").status_code == 200
    seen, after = [], ""
    while after is not None:
        page = flags(doors, boss, limit=2, after=after)
        seen, after = seen + page["flags"], page["next"]
    assert [each["flag_id"][-1] for each in seen] == ["0", "2", "3", "6", "1", "4", "5"]
    assert [bool(each["decision"]) for each in seen] == [False] * 4 + [True] * 3
    assert (page["open"], page["decided"], page["total"]) == (4, 3, 7)
    assert flags(doors, boss, kind="same-answers")["total"] == 0 and flags(doors, boss, state="decided", limit=2)["total"] == 3
    wrong = doors.get("/rounds/c-w1/flags", headers=boss, params={"after": "somewhere"})
    assert wrong.status_code == 422


def test_what_was_decided_stays_decided_when_flags_are_found_anew(doors, round_, boss, storage, making):
    [flag] = flags(doors, boss)["flags"]
    assert decide(doors, boss, flag["flag_id"], outcome="dismissed").status_code == 200
    found = storage.flags.decision("c-w1", flag["flag_id"]).flag
    storage.flags.write("c-w1", storage.flags.header("c-w1")["token"], [found], making.closes)
    assert flags(doors, boss, state="open")["flags"] == []
