"""Complaints over the real doors and listeners: who may do what, what is told, logged, and forgotten."""

from datetime import datetime, timedelta

import eventlet
import pytest

from hoithi_bus import clock
from hoithi_contracts.registration import UserErased
from hoithi_scoring.handlers import listening

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BODY = {"kind": "score", "text": "Tôi trả lời đúng câu 4 nhưng bị tính sai."}
REASON = {"outcome": "upheld", "reason": "Đáp án câu 4 đã được đính chính."}
SOMEBODY_ELSE = [("organiser:contest:other",), ("officer:unit:t1",), ("operator:platform:*",), ()]


@pytest.fixture
def at(monkeypatch):
    """`at(instant)`: the doors' clock stands there."""
    return lambda instant: monkeypatch.setattr(clock, "now", lambda: instant)


@pytest.fixture
def round_(play, making, settings, at, storage):
    """Three attempts of u1, u2 and u3, provisional on Sunday evening; now it is Monday morning."""
    storage.people.keep(making.person("u1"))
    secret = settings("scoring")["PSEUDONYM_SECRET"].encode()
    played = play([making.submitted(f"u{number}") for number in (1, 2, 3)], closed=True, secret=secret)
    at(making.closes + 10 * HOUR)
    return played


@pytest.fixture
def organiser(auth):
    return auth("o1", roles=("organiser:contest:c",))


@pytest.fixture
def person(auth):
    return auth("u1")


@pytest.fixture
def complain(doors, round_, person):
    """`complain(**changes)`: the id of a new complaint of u1."""

    def send(headers=None, **changes) -> str:
        answer = doors.post("/rounds/c-w1/complaints", json={**BODY, **changes}, headers=headers or person)
        assert answer.status_code == 201, answer.text
        return answer.json()["complaint_id"]

    return send


def told(storage) -> list[str]:
    return [one["type"] for found in storage.database["complaints"].find() for one in found["outbox"]]


def official(doors, headers, **body):
    return doors.post("/rounds/c-w1/official", json={"note": "Quyết định 12", **body}, headers=headers)


# The person


def test_a_complaint_is_kept_told_and_logged(doors, complain, person, storage):
    found = complain(attempt_number=1)
    [own] = doors.get("/me/complaints", headers=person).json()["complaints"]
    assert (own["complaint_id"], own["state"], own["text"], own["overdue"]) == (found, "received", BODY["text"], False)
    assert own["decide_by"] == "2026-09-18T17:00:00.000Z"
    assert told(storage) == ["complaint-received"]
    [entry] = storage.audit.about(found)
    assert (entry.what, entry.by, entry.before, entry.after) == ("complaint-received", "u1", {}, {"state": "received"})


def test_the_own_result_says_until_when_one_may_complain(doors, round_, person):
    found = doors.get("/rounds/c-w1/mine", headers=person).json()["complaints"]
    assert found == {
        "since": "2026-09-13T16:00:00.000Z", "until": "2026-09-16T17:00:00.000Z", "official_by": "2026-09-18T17:00:00.000Z",
        "open": True,
    }  # fmt: skip


def test_nobody_complains_before_the_results(doors, play, making, person, at):
    play([making.submitted("u1")])
    at(making.closes)
    answer = doors.post("/rounds/c-w1/complaints", json=BODY, headers=person)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/no-results-yet")


def test_after_the_period_the_refusal_says_when_it_ended(doors, round_, person, at):
    at(datetime.fromisoformat("2026-09-16T17:00:00+00:00"))
    answer = doors.post("/rounds/c-w1/complaints", json=BODY, headers={**person, "Accept-Language": "vi"})
    assert answer.status_code == 409
    assert answer.json()["detail"] == "Thời hạn khiếu nại về vòng thi này đã hết lúc 00:00:00 17/09/2026."


def test_of_two_complaints_of_a_kind_sent_at_once_one_is_kept(doors, round_, person, storage):
    sent = [eventlet.spawn(doors.post, "/rounds/c-w1/complaints", json=BODY, headers=person) for _ in range(4)]
    assert sorted(each.wait().status_code for each in sent) == [201, 409, 409, 409]
    assert storage.complaints.count_open("c-w1") == 1 and told(storage) == ["complaint-received"]


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"kind": "weather"}, "kind"),
        ({"text": "ngắn"}, "text"),
        ({"text": "x" * 2001}, "text"),
        ({"text": "<b>Tôi trả lời đúng</b>"}, "text"),
        ({"attempt_number": 0}, "attempt_number"),
        ({"user_id": "u2"}, "user_id"),
    ],
)
def test_a_wrong_complaint_is_refused_with_the_field(doors, round_, person, wrong, field):
    answer = doors.post("/rounds/c-w1/complaints", json={**BODY, **wrong}, headers=person)
    assert answer.status_code == 422 and [error["field"] for error in answer.json()["errors"]] == [field]


def test_a_question_is_answered_by_the_person_alone(doors, complain, person, organiser, auth, storage):
    found = complain()
    asked = doors.post(f"/complaints/{found}/question", json={"text": "Câu nào ạ?"}, headers=organiser)
    assert (asked.status_code, asked.json()["state"]) == (200, "questioned")
    for other in (auth("u2"), organiser):
        assert doors.post(f"/complaints/{found}/answer", json={"text": "Câu 4."}, headers=other).status_code == 404
    answered = doors.post(f"/complaints/{found}/answer", json={"text": "Câu 4."}, headers=person).json()
    assert (answered["state"], [word["text"] for word in answered["said"]]) == ("answered", ["Câu nào ạ?", "Câu 4."])
    assert told(storage) == ["complaint-received", "complaint-questioned"]


def test_a_withdrawn_complaint_holds_up_nothing(doors, complain, person, organiser):
    found = complain()
    assert doors.post(f"/complaints/{found}/withdrawal", headers=person).json()["state"] == "withdrawn"
    assert official(doors, organiser).status_code == 200


# The organiser


def test_a_decision_is_told_once_and_logged_with_its_reason(doors, complain, organiser, person, storage):
    found = complain()
    for _ in range(2):
        decided = doors.post(f"/complaints/{found}/decision", json=REASON, headers=organiser)
        assert (decided.status_code, decided.json()["state"]) == (200, "upheld")
    assert told(storage) == ["complaint-received", "complaint-decided"]
    log = doors.get(f"/complaints/{found}", headers=organiser).json()["log"]
    assert [(entry["what"], entry["by"], entry["before"], entry["after"]) for entry in log] == [
        ("complaint-received", "u1", {}, {"state": "received"}),
        ("complaint-upheld", "o1", {"state": "received"}, {"state": "upheld"}),
    ]
    assert log[1]["reason"] == REASON["reason"]
    assert doors.get("/audit?contest=c", headers=organiser).json()["entries"] == log[::-1]
    own = doors.get(f"/complaints/{found}", headers=person).json()
    assert own["reason"] == REASON["reason"] and "log" not in own


@pytest.mark.parametrize("roles", SOMEBODY_ELSE)
@pytest.mark.parametrize(
    "method, path, body",
    [
        ("POST", "/complaints/{id}/question", {"text": "Câu nào?"}),
        ("POST", "/complaints/{id}/decision", REASON),
        ("GET", "/contests/c/complaints", None),
        ("PUT", "/contests/c/holidays", {"days": [], "reason": "Tết"}),
    ],
)
def test_only_organisers_of_the_contest_handle_complaints(doors, complain, auth, roles, method, path, body):
    answer = doors.request(method, path.format(id=complain()), json=body, headers=auth("s1", roles=roles))
    assert answer.status_code == 403


@pytest.mark.parametrize("roles", [("organiser:contest:other",), ("officer:unit:t1",), ()])
def test_somebody_elses_complaint_does_not_exist_for_others(doors, complain, auth, roles):
    assert doors.get(f"/complaints/{complain()}", headers=auth("s1", roles=roles)).status_code == 404


def test_an_organiser_does_not_decide_the_own_complaint(doors, complain, auth, storage):
    both = auth("u1", roles=("organiser:contest:c",))
    found = complain()
    answer = doors.post(f"/complaints/{found}/decision", json=REASON, headers=both)
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/own-complaint")
    assert storage.complaints.get(found).state == "received"


def test_complaints_are_listed_by_state_kind_and_urgency_with_name_and_masked_phone(doors, complain, auth, organiser, at):
    complain()
    complain(kind="prize")
    complain(auth("u2"))
    first = doors.get("/contests/c/complaints?limit=2", headers=organiser).json()
    rest = doors.get(f"/contests/c/complaints?limit=2&after={first['next']}", headers=organiser).json()
    assert (len(first["complaints"]), len(rest["complaints"]), rest["next"]) == (2, 1, None)
    assert len({each["complaint_id"] for each in first["complaints"] + rest["complaints"]}) == 3
    prizes = doors.get("/contests/c/complaints?kind=prize&state=received&round_id=c-w1", headers=organiser).json()["complaints"]
    assert [(each["name"], each["phone"]) for each in prizes] == [("Vàng Thị Mỷ", "********678")]
    assert doors.get("/contests/c/complaints?overdue=true", headers=organiser).json()["complaints"] == []
    at(datetime.fromisoformat("2026-09-18T17:00:00+00:00"))
    late = doors.get("/contests/c/complaints?overdue=true", headers=organiser).json()["complaints"]
    assert len(late) == 3 and all(each["overdue"] for each in late)


# Official results


def test_results_become_official_when_the_last_complaint_is_decided(doors, complain, organiser, storage):
    found = complain()
    answer = official(doors, {**organiser, "Accept-Language": "en"})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/complaints-open")
    assert answer.json()["detail"].startswith("1 complaints about this round are not decided.")
    assert doors.post(f"/complaints/{found}/decision", json=REASON, headers=organiser).status_code == 200
    assert official(doors, organiser).json()["state"] == "official"
    [entry] = storage.audit.about("c-w1")
    assert (entry.what, entry.by, entry.reason) == ("results-made-official", "o1", "Quyết định 12")
    assert (entry.before, entry.after["state"], entry.after["complaints_open"]) == ({"state": "provisional"}, "official", 0)


def test_a_reason_is_enough_only_when_the_day_for_official_results_is_over(doors, complain, organiser, at, storage):
    complain()
    why = {"despite_complaints": "Đang chờ cơ quan công an kết luận."}
    assert official(doors, organiser, **why).status_code == 409
    at(datetime.fromisoformat("2026-09-18T17:00:00+00:00"))
    assert official(doors, organiser).status_code == 409
    assert official(doors, organiser, **why).status_code == 200
    assert official(doors, organiser, **why).status_code == 200
    [entry] = storage.audit.about("c-w1")
    assert (entry.reason, entry.after["complaints_open"]) == (why["despite_complaints"], 1)


def test_early_official_results_do_not_shorten_the_period(doors, round_, organiser, person):
    assert official(doors, organiser).status_code == 200
    assert doors.post("/rounds/c-w1/complaints", json=BODY, headers=person).status_code == 201


# Holidays


def test_a_holiday_to_come_moves_the_deadlines_and_is_logged(doors, complain, organiser, person, storage):
    found = complain()
    body = {"days": ["2026-09-16", "2026-09-17"], "reason": "Nghỉ bù theo công văn 15"}
    assert doors.put("/contests/c/holidays", json=body, headers=organiser).json()["days"] == body["days"]
    assert doors.get("/contests/c/holidays").json()["days"] == body["days"]
    own = doors.get(f"/complaints/{found}", headers=person).json()
    assert own["decide_by"] == "2026-09-22T17:00:00.000Z"
    assert doors.get("/rounds/c-w1/mine", headers=person).json()["complaints"]["until"] == "2026-09-18T17:00:00.000Z"
    [entry] = storage.audit.about("c")
    assert (entry.before, entry.after, entry.reason) == ({"days": []}, {"days": body["days"]}, body["reason"])


def test_a_day_that_has_come_cannot_become_a_holiday(doors, round_, organiser):
    answer = doors.put("/contests/c/holidays", json={"days": ["2026-09-14"], "reason": "Quên"}, headers=organiser)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/holiday-past")


# Being forgotten, and the own data


def test_no_word_of_an_erased_person_stays_and_results_can_become_official(doors, complain, organiser, person, storage, making):
    found = complain()
    doors.post(f"/complaints/{found}/question", json={"text": "Chị Mỷ ơi, câu nào ạ?"}, headers=organiser)
    for _ in range(2):
        listening.forget_person(storage, UserErased(user_id="u1", erased_at=making.closes), making.closes)
    everything = str([list(storage.database[name].find()) for name in storage.database.list_collection_names()])
    assert BODY["text"] not in everything and "Mỷ" not in everything
    seen = doors.get(f"/complaints/{found}", headers=organiser).json()
    assert (seen["state"], seen["erased"], seen["name"]) == ("withdrawn", True, None)
    assert [entry["what"] for entry in seen["log"]] == ["complaint-received", "complaint-questioned"]
    assert official(doors, organiser).status_code == 200
    again = doors.post("/rounds/c-w1/complaints", json={**BODY, "kind": "other"}, headers=person)
    assert (again.status_code, again.json()["type"]) == (404, "/problems/account-gone")


def test_an_erasure_that_is_heard_twice_is_one(publish, complain, worker, storage, settled, making):
    complain()
    for _ in range(2):
        publish(UserErased(user_id="u1", erased_at=making.closes))
    settled()
    assert storage.complaints.of_person("u1")[0].text == ""


def test_the_export_holds_rounds_scores_and_complaints_of_nobody_else(doors, complain, auth, person):
    complain()
    complain(auth("u2"), text="Điều này chỉ người khác được biết.")
    answer = doors.get("/me/export", headers=person)
    found = answer.json()
    assert found["person"] == {"name": "Vàng Thị Mỷ", "division": "citizens", "unit_id": "x1", "phone": "********678"}
    [taken] = found["rounds"]
    assert (taken["round_id"], [each["number"] for each in taken["attempts"]]) == ("c-w1", [1])
    assert (taken["contest_title"], taken["title"]) == ("Công dân số", "Tuần 1")
    assert taken["result"]["place"] == 1 and [each["kind"] for each in found["complaints"]] == ["score"]
    assert "người khác" not in answer.text and answer.headers["cache-control"] == "no-store"


def test_who_is_unknown_exports_nothing(doors, round_, auth):
    found = doors.get("/me/export", headers=auth("nobody")).json()
    assert (found["person"], found["rounds"], found["complaints"]) == (None, [], [])


def test_overdue_complaints_are_a_metric(complain, serve, eventually):
    from hoithi_scoring.metrics import OPEN_COMPLAINTS
    from hoithi_scoring.service import Worker

    OPEN_COMPLAINTS.clear()
    complain()
    serve(Worker)  # it looks when it starts and then every minute
    eventually(lambda: OPEN_COMPLAINTS.labels("no")._value.get() == 1)
    assert OPEN_COMPLAINTS.labels("yes")._value.get() == 0
