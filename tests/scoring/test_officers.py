"""Officers over the real doors: their units and those below, names of the own unit only, reports, the yearly evaluation."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from hoithi_bus import clock
from hoithi_contracts.registration import OfficerChanged, UserErased
from hoithi_contracts.scoring import UnitReportReady
from hoithi_scoring.domain.privacy import Pseudonyms
from hoithi_scoring.handlers import deciding, listening, reporting
from hoithi_scoring.service import Worker
from hoithi_sheets import MEDIA_TYPE
from tests.tables import make_due

DAY = timedelta(days=1)
ENGLISH = {"Accept-Language": "en"}
NAMES = ["Vàng Thị Mỷ", "Giàng A Páo", "Lý Văn Sính", "Đặng Thị Bé", "Sùng Mí Già"]
TIMES = {"daily_at": "11:00", "weekly_at": None, "weekly_on": 1}
TABLE = {"criterion": "Tham gia", "steps": [{"least_rate": 50, "points": 8.5}, {"least_rate": 0, "points": 1}]}


@pytest.fixture
def officer(auth):
    """`officer("x1")`: the header of requests of the unit's officer."""
    return lambda unit_id: {**auth(f"of-{unit_id}", roles=(f"officer:unit:{unit_id}",)), **ENGLISH}


@pytest.fixture
def organiser(auth):
    return auth("o1", roles=("organiser:contest:c",))


@pytest.fixture
def secret(settings):
    return settings("scoring")["PSEUDONYM_SECRET"].encode()


@pytest.fixture
def province(storage, making):
    """Two communes with rosters, people of both trees."""
    listening.change_units(storage, making.units_changed())
    for unit_id, headcount in (("x1", 40), ("x2", 20), ("p2", 10)):
        listening.freeze_roster(storage, making.roster(unit_id, headcount))
    for number in range(30):
        name, unit_id, party = NAMES[number % len(NAMES)], "x1" if number < 25 else "x2", "p2" if number < 4 else None
        storage.people.keep(making.person(f"u{number:02d}", name=name, unit_id=unit_id, party_unit_id=party))


@pytest.fixture
def running(province, play, making, secret):
    """Ten people of x1 took part on Monday, two of x2 on Tuesday; nobody is asked to predict."""
    monday = [making.submitted(f"u{number:02d}", party_unit_id="p2" if number < 4 else None) for number in range(10)]
    tuesday = [making.submitted(f"u{number:02d}", unit_id="x2", started_at=making.opens + DAY) for number in (25, 26)]
    return play([*monday, *tuesday], secret=secret, prediction="none")


def standing(doors, header, unit_id):
    return doors.get(f"/rounds/c-w1/units/{unit_id}/standing", headers=header)


def not_yet(doors, header, unit_id="x1", **query):
    return doors.get(f"/rounds/c-w1/units/{unit_id}/not-yet", params=query, headers=header)


def sheets(answer) -> dict[str, list[tuple]]:
    assert answer.headers.get("Content-Type") == MEDIA_TYPE, answer.text
    book = load_workbook(BytesIO(answer.content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


# Standing


def test_an_officer_sees_the_own_unit_its_place_and_its_days(doors, officer, running):
    found = standing(doors, officer("x1"), "x1").json()
    assert found["unit"] == {
        "unit_id": "x1", "name": "Xã Ngọc Đường", "kind": "commune", "participants": 10, "roster": 40, "registered": 25,
        "not_yet": 30, "rate_percent": "25.00", "mean_points": "5.00", "attempts": 10,
    }  # fmt: skip
    assert (found["place"], found["peers"], found["below"]) == (1, 2, [])
    assert found["days"] == [{"day": "2026-09-07", "newcomers": 10}]


def test_an_officer_above_sees_every_unit_below_and_the_days_together(doors, officer, running):
    found = standing(doors, officer("t1"), "t1").json()
    assert [(each["unit_id"], each["participants"], each["not_yet"]) for each in found["below"]] == [
        ("x1", 10, 30), ("x2", 2, 18), ("x3", 0, 0),
    ]  # fmt: skip
    assert (found["unit"]["participants"], found["unit"]["registered"], found["place"]) == (12, 30, None)
    assert found["days"] == [{"day": "2026-09-07", "newcomers": 10}, {"day": "2026-09-08", "newcomers": 2}]


def test_a_person_counts_once_in_each_tree(doors, officer, running):
    found = standing(doors, officer("p1"), "p1").json()
    assert (found["tree"], found["unit"]["participants"], found["unit"]["registered"]) == ("party", 4, 4)
    assert found["below"][0]["rate_percent"] == "40.00"


def test_who_moved_keeps_the_history_where_the_attempt_was_made(doors, officer, running, storage, making):
    storage.people.keep(making.person("u00", revision=2, name="Vàng Thị Mỷ", unit_id="x2"))
    unit = standing(doors, officer("x1"), "x1").json()["unit"]
    assert (unit["participants"], unit["registered"]) == (10, 24)
    assert "u00" not in {each["user_id"] for each in not_yet(doors, officer("x2"), "x2").json()["people"]}


@pytest.mark.parametrize("path", [
    "/rounds/c-w1/units/x1/standing", "/rounds/c-w1/units/x1/not-yet", "/contests/c/units/x1/trend",
    "/contests/c/units/x1/reports", "/contests/c/units/x1/report.xlsx", "/contests/c/units/x1/reports/daily/2026-09-08",
    "/contests/c/units/x1/evaluation.xlsx", "/contests/c/units/x1/evaluation.csv",
    "/contests/c/units/x1/report.pdf", "/contests/c/units/x1/reports/daily/2026-09-08/report.pdf",
])  # fmt: skip
def test_an_officer_of_another_unit_sees_nothing(doors, officer, auth, running, path):
    for header in (officer("x2"), officer("p2")):
        answer = doors.get(path, headers=header)
        assert (answer.status_code, answer.json()["type"]) == (403, "/problems/not-your-unit")
    assert doors.get(path, headers=auth("u1")).status_code == 403
    assert doors.get(path).status_code == 401


def test_the_trend_tells_round_by_round(doors, officer, running):
    [found] = doors.get("/contests/c/units/x1/trend", headers=officer("x1")).json()["rounds"]
    assert (found["round_id"], found["participants"], found["rate_percent"], found["place"]) == ("c-w1", 10, "25.00", 1)


def test_points_are_not_told_while_perfect_papers_are_predicted(doors, officer, province, play, making, secret):
    play([making.submitted("u00")], secret=secret)
    assert standing(doors, officer("x1"), "x1").json()["unit"]["mean_points"] is None


def test_an_invalid_attempt_makes_nobody_a_newcomer(doors, officer, running, storage, making):
    boss = type("Claims", (), {"user_id": "o1", "require": lambda *_: None})()
    deciding.invalidate(storage, boss, "c-w1", "c-w1:u25:1", "gian lận", making.opens + 2 * DAY)
    make_due(storage, making.opens + 2 * DAY)
    assert standing(doors, officer("x2"), "x2").json()["days"] == [{"day": "2026-09-08", "newcomers": 1}]


# Who has not taken part yet


def test_names_of_the_own_unit_come_page_by_page_in_the_order_of_the_alphabet(doors, officer, running):
    first = not_yet(doors, officer("x1"), limit=10).json()
    second = not_yet(doors, officer("x1"), limit=10, after=first["next"]).json()
    people = first["people"] + second["people"]
    assert sorted(each["user_id"] for each in people) == [f"u{number:02d}" for number in range(10, 25)]
    assert "".join(each["name"][0] for each in people) == "ĐĐĐGGGLLLSSSVVV"
    assert second["next"] is None
    assert people[0]["phone"].endswith("678") and people[0]["phone"].startswith("*")


def test_names_are_found_without_diacritics_by_beginnings_of_words(doors, officer, running):
    found = not_yet(doors, officer("x1"), q="dang b").json()["people"]
    assert {each["name"] for each in found} == {"Đặng Thị Bé"} and len(found) == 3
    assert not_yet(doors, officer("x1"), q="ặng").json()["people"] == []


def test_names_below_the_own_unit_are_not_shown(doors, officer, organiser, running):
    answer = not_yet(doors, officer("t1"), "x1")
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/names-are-the-units")
    assert not_yet(doors, organiser, "x1").status_code == 403


def test_people_from_before_names_were_folded_are_found_after_a_start(storage, running, doors, officer, database):
    database["people"].update_many({}, {"$unset": {"folded": ""}})
    storage.ensure_indexes()
    assert len(not_yet(doors, officer("x1"), q="sung").json()["people"]) == 3


# Reports


def moment(second: int) -> datetime:
    return datetime(2026, 9, 8, 2, 30, second, tzinfo=UTC)


def became(storage, unit_id, user_id, at=1, holds=True):
    about = {"officer_id": f"{unit_id}:{user_id}", "user_id": user_id, "unit_id": unit_id}
    storage.officers.keep(OfficerChanged(**about, changed_at=moment(at), holds=holds))


def told(database) -> list[dict]:
    return [each["data"] for document in database["reports"].find() for each in document["outbox"]]


def make(storage, making, days=1, hours=4):
    """At 11:00 of the given day of the round."""
    return reporting.make_due(storage, lambda: True, making.opens + days * DAY + timedelta(hours=hours - 1))


def test_a_report_is_made_once_per_unit_and_day_and_told_to_its_officers(storage, making, running, database):
    became(storage, "x1", "a"), became(storage, "x1", "b"), became(storage, "p2", "c"), became(storage, "nowhere", "d")
    assert make(storage, making, hours=3) == 0
    assert [make(storage, making), make(storage, making, hours=9)] == [2, 0]
    assert make(storage, making, days=2) == 2
    first = [each for each in told(database) if (each["unit_id"], each["day"]) == ("x1", "2026-09-08")]
    assert [(each["user_ids"], each["kind"], each["unit_name"]) for each in first] == [(["a", "b"], "daily", "Xã Ngọc Đường")]


def test_who_is_no_longer_officer_or_is_erased_is_not_told(storage, making, running, database):
    became(storage, "x1", "a", at=5), became(storage, "x1", "a", at=7, holds=False), became(storage, "x1", "a", at=6)
    became(storage, "x2", "b")
    listening.forget_person(storage, UserErased(user_id="b", erased_at=making.opens), making.opens)
    assert make(storage, making) == 0


def test_a_stopped_worker_leaves_the_rest_to_the_next_one(storage, making, running):
    became(storage, "x1", "a"), became(storage, "x2", "b")
    turns = iter([True, False])
    assert reporting.make_due(storage, lambda: next(turns), making.opens + DAY + timedelta(hours=3)) == 1
    assert make(storage, making) == 1


def test_a_kept_report_shows_the_figures_of_its_day_as_excel_and_is_logged(
    storage, making, running, secret, doors, officer, database
):
    became(storage, "t1", "of-t1")
    make(storage, making)
    later = making.opens + 2 * DAY
    listening.keep_attempts(storage, Pseudonyms(secret), [making.submitted("u12", started_at=later)], later)
    make_due(storage, making.closes + DAY)
    [listed] = doors.get("/contests/c/units/t1/reports", headers=officer("t1")).json()["reports"]
    assert (listed["kind"], listed["day"]) == ("daily", "2026-09-08")
    kept = sheets(doors.get("/contests/c/units/t1/reports/daily/2026-09-08", headers=officer("t1")))
    now = sheets(doors.get("/contests/c/units/t1/report.xlsx", headers=officer("t1")))
    assert [line for line in kept["Units below"] if line[0] == "The whole unit"][0][1:5] == (60, 30, 12, 20)
    assert [line for line in now["Units below"] if line[0] == "The whole unit"][0][3] == 13
    assert kept["By day"][1:] == [("07/09/2026", 10, 10), ("08/09/2026", 2, 12)]
    assert kept["Units below"][0][0] == "Daily report – Công dân số"
    noted = [(entry["what"], entry["by"]) for entry in database["audit"].find({"subject": "t1"})]
    assert noted == [("report-exported", "of-t1")] * 2


def test_a_report_is_also_there_on_paper(doors, storage, making, running, officer):
    became(storage, "t1", "of-t1")
    make(storage, making)
    for path in ("report.pdf", "reports/daily/2026-09-08/report.pdf"):
        answer = doors.get(f"/contests/c/units/t1/{path}", headers=officer("t1"))
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf"), answer.text
        assert answer.content.startswith(b"%PDF-") and len(answer.content) > 10_000


def test_an_unknown_report_is_refused(doors, officer, running):
    answer = doors.get("/contests/c/units/x1/reports/daily/2026-01-01", headers=officer("x1"))
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/report-unknown")


def test_the_organiser_chooses_the_times_and_the_log_says_so(doors, officer, organiser, running, database):
    assert doors.get("/contests/c/report-times", headers=officer("x1")).json()["daily_at"] == "11:00"
    body = {**TIMES, "daily_at": "16:30"}
    assert doors.put("/contests/c/report-times", json=body, headers=organiser).json() == body
    assert doors.get("/contests/c/report-times", headers=officer("x1")).json() == body
    assert doors.put("/contests/c/report-times", json={**body, "daily_at": "25:00"}, headers=organiser).status_code == 422
    assert doors.put("/contests/c/report-times", json=body, headers=officer("x1")).status_code == 403
    assert database["audit"].find_one({"what": "report-times-chosen"})["after"] == body


def test_times_of_another_contest_are_not_the_organisers(doors, auth, running):
    other = auth("o2", roles=("organiser:contest:other",))
    assert doors.put("/contests/c/report-times", json=TIMES, headers=other).status_code == 403


def test_the_worker_hears_of_officers_twice_and_publishes_a_report_once(
    worker, storage, making, running, publish, heard, eventually
):
    events = heard(UnitReportReady)
    for _ in range(2):
        publish(OfficerChanged(officer_id="x1:a", changed_at=moment(1), user_id="a", unit_id="x1", holds=True))
    eventually(lambda: storage.officers.by_unit() == {"x1": ["a"]})
    assert [make(storage, making), make(storage, making)] == [1, 0]
    eventually(lambda: [(event.unit_id, event.user_ids) for event in events if event.day == "2026-09-08"] == [("x1", ["a"])])


def test_the_worker_makes_reports_by_itself(storage, running, serve, database, heard, eventually):
    events = heard(UnitReportReady)
    became(storage, "x1", "a")
    from_midnight_on = {**TIMES, "daily_at": "00:00"}
    database["contests"].update_one({"_id": "c"}, {"$set": {"report_times": from_midnight_on}})
    serve(Worker)
    eventually(lambda: [(event.unit_id, event.user_ids, event.kind) for event in events] == [("x1", ["a"], "daily")])


# The yearly evaluation


def test_evaluation_is_from_official_results_only_by_the_chosen_table(doors, officer, organiser, running, storage, making):
    path = "/contests/c/units/t1/evaluation.csv"
    answer = doors.get(path, headers=officer("t1"))
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/nothing-official")
    listening.close_week(storage, making.closed(12), making.closes)
    make_due(storage, making.closes + timedelta(hours=1))
    storage.rounds.change("c-w1", lambda round: round.publish("o1", "", making.closes), making.closes)
    assert doors.put("/contests/c/evaluation", json=TABLE, headers=organiser).json() == TABLE
    lines = doors.get(path, headers=officer("t1")).text.splitlines()
    assert lines[0] == "unit_id,name,kind,rounds,roster,rate_percent,points"
    assert "x1,Xã Ngọc Đường,commune,1,40,25.00,1.0" in lines
    assert "x3,Xã Mèo Vạc,commune,1,,," in lines
    assert lines[1].startswith("t1,")
    rows = sheets(doors.get("/contests/c/units/x1/evaluation.xlsx", headers=officer("x1")))["Points"]
    assert rows[-1] == ("x1", "Xã Ngọc Đường", "commune", 1, 40, 25, 1)


def test_an_evaluation_without_steps_is_refused(doors, organiser, running):
    assert doors.put("/contests/c/evaluation", json={**TABLE, "steps": []}, headers=organiser).status_code == 422
    assert doors.get("/contests/c/evaluation", headers=organiser).json()["steps"][0] == {"least_rate": 90, "points": 10}


def test_the_clock_of_the_doors_is_the_time_of_the_present_report(doors, officer, running, making, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: making.opens + DAY)
    rows = sheets(doors.get("/contests/c/units/x1/report.xlsx", headers=officer("x1")))["Units below"]
    assert rows[3][0] == "Figures of 08:00 08/09/2026"
