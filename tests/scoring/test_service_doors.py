"""What visitors, participants, officers, organisers may see and do."""

import csv
import hashlib
import io
import json
from datetime import timedelta

import pytest

from hoithi_contracts.registration import UserErased
from hoithi_contracts.scoring import PrizeAwarded, ReminderRequested, ResultsCorrected, ResultsPublished
from hoithi_scoring.domain import export
from hoithi_scoring.domain.privacy import Pseudonyms
from hoithi_scoring.handlers import building, listening
from hoithi_scoring.recompute import recompute

RESULTS = ["results", "results.csv", "results.json", "attempts.csv", "units", "units.csv"]
OFFICER = ("officer:unit:x1",)
VIETNAMESE = {"Accept-Language": "vi"}


@pytest.fixture
def play(play, settings):
    """As `play`, under the pseudonyms that the doors use."""
    secret = settings("scoring")["PSEUDONYM_SECRET"].encode()
    return lambda *args, **kwargs: play(*args, **{"secret": secret, **kwargs})


@pytest.fixture
def organiser(auth):
    return auth("o1", roles=("organiser:contest:c",))


@pytest.fixture
def crowd(making):
    """Forty people in two communes, some predictions, some wrong answers; equal ones differ in time: u0 is the best pupil."""

    def answers(number):
        return dict(list(making.right.items())[: 4 - number % 4])

    return [
        making.submitted(f"u{number}", answers=answers(number), prediction=number % 5, duration_ms=300_000 + number,
                         unit_id="x1" if number < 25 else "x2",
                         party_unit_id="p2" if number % 2 else None, division="pupils" if number % 10 == 0 else "citizens")
        for number in range(40)
    ]  # fmt: skip


@pytest.fixture
def units(storage, making):
    listening.change_units(storage, making.units_changed())
    for unit_id, headcount in (("x1", 40), ("x2", 20), ("x3", 30)):
        listening.freeze_roster(storage, making.roster(unit_id, headcount))


def get(doors, path, **kwargs):
    return doors.get(f"/rounds/c-w1/{path}" if path else "/rounds/c-w1", **kwargs)


def lines(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


# Unknown things


def test_unknown_round_is_told_in_the_language_of_the_person(doors):
    answer = doors.get("/rounds/nowhere", headers=VIETNAMESE)
    assert (answer.status_code, answer.json()["detail"]) == (404, "Không có vòng thi này.")
    assert doors.get("/rounds/nowhere", headers={"Accept-Language": "en"}).json()["detail"] == "There is no such round."


@pytest.mark.parametrize("path", ["/contests/nope/rounds", "/contests/nope/season", "/contests/nope/season.csv"])
def test_unknown_contest_is_not_found(doors, path):
    assert doors.get(path).json()["type"] == "/problems/contest-unknown"


@pytest.mark.parametrize("query", ["limit=0", "limit=501", "limit=x", "after=-1", "colour=red", "division=%00"])
def test_bad_query_is_refused_with_the_field(doors, query):
    answer = get(doors, f"results?{query}")
    assert answer.status_code == 422 and answer.json()["errors"][0]["field"] in query


# While the round runs


@pytest.mark.parametrize("path", RESULTS)
def test_results_of_a_running_round_are_not_public(doors, play, crowd, path):
    play(crowd)
    answer = get(doors, path)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/no-results-yet")


@pytest.mark.parametrize("path", ["results", "results.csv", "results.json", "units", "units.csv"])
def test_organiser_sees_the_running_ranking(doors, play, crowd, organiser, path):
    play(crowd)
    assert get(doors, path, headers=organiser).status_code == 200


def test_organiser_of_another_contest_sees_no_running_ranking(doors, play, crowd, auth):
    play(crowd)
    assert get(doors, "results", headers=auth(roles=("organiser:contest:other",))).status_code == 409


def test_attempts_are_exported_to_nobody_before_results_are_provisional(doors, play, crowd, organiser):
    play(crowd)
    assert get(doors, "attempts.csv", headers=organiser).status_code == 409


@pytest.mark.parametrize(
    ("kind", "shown"), [("perfect", True), ("none", True), ("participants", False), ("attempts", False), ("percentage", False)]
)
def test_figure_that_is_to_be_predicted_is_hidden_while_the_round_runs(doors, play, crowd, units, kind, shown, organiser):
    play(crowd, prediction=kind)
    assert ("counts" in get(doors, "").json()) is shown
    assert (get(doors, "participation").status_code == 200) is shown
    assert "counts" in get(doors, "", headers=organiser).json()
    assert "counts" in doors.get("/contests/c/rounds", headers=organiser).json()["rounds"][0]


def test_number_of_perfect_people_is_hidden_while_the_round_runs(doors, play, crowd, organiser):
    play(crowd)
    assert "perfect" not in get(doors, "").json()["counts"]
    assert get(doors, "", headers=organiser).json()["counts"]["perfect"] == 10


def test_figures_are_shown_once_the_round_is_closed(doors, play, crowd):
    play(crowd, closed=41, prediction="participants")
    counts = get(doors, "").json()["counts"]
    assert (counts["attempts"], counts["expected"], counts["unscored"]) == (40, 41, 1)


def test_officer_sees_the_participation_of_the_own_unit_and_below_only(doors, play, crowd, units, auth):
    play(crowd, prediction="participants")
    own = get(doors, "participation?unit_id=x1", headers=auth(roles=OFFICER))
    assert (own.json()["unit"]["participants"], own.json()["unit"]["rate_percent"]) == (25, "62.50")
    assert get(doors, "participation?unit_id=x2", headers=auth(roles=OFFICER)).status_code == 403
    assert get(doors, "participation", headers=auth(roles=OFFICER)).json()["type"] == "/problems/sealed"
    above = auth(roles=("officer:unit:t1",))
    assert get(doors, "participation?unit_id=x2", headers=above).json()["unit"]["participants"] == 15


def test_participation_shows_no_points(doors, play, crowd, units):
    play(crowd)
    found = get(doors, "participation?unit_id=t1").json()
    assert found["unit"]["participants"] == 40
    assert {"points", "mean_points", "perfect"}.isdisjoint(found["rows"][0])


def test_small_groups_are_hidden_from_the_public_but_not_from_the_officer(doors, play, units, making, auth):
    play([making.submitted(f"u{number}", unit_id="x1" if number < 3 else "x2") for number in range(30)])
    rows = {row["unit_id"]: row for row in get(doors, "participation?unit_id=t1").json()["rows"]}
    assert rows["x1"]["suppressed"] and rows["x1"]["participants"] is None
    officer = auth(roles=("officer:unit:t1",))
    rows = {row["unit_id"]: row for row in get(doors, "participation?unit_id=t1", headers=officer).json()["rows"]}
    assert rows["x1"]["participants"] == 3


def test_participation_of_an_unknown_unit_is_not_found(doors, play, crowd):
    play(crowd)
    assert get(doors, "participation?unit_id=x99").json()["type"] == "/problems/unit-unknown"


# Own scores


def test_person_sees_own_scores_while_the_round_runs_and_nobody_elses(doors, play, crowd, auth, making):
    play([*crowd, making.submitted("u1", 2)])
    found = get(doors, "mine", headers=auth("u1")).json()
    assert [(attempt["number"], attempt["points"]) for attempt in found["attempts"]] == [(1, 3), (2, 5)]
    assert found["best"] == 2 and "result" not in found


def test_person_sees_the_own_place_once_results_are_provisional(doors, play, crowd, auth, storage, making):
    storage.people.keep(making.person("u4"))
    play(crowd, closed=True)
    result = get(doors, "mine", headers=auth("u4")).json()["result"]
    assert (result["name"], result["points"], result["unit_id"]) == ("Vàng Thị Mỷ", 5, "x1")


def test_person_who_did_not_take_part_has_no_result(doors, play, crowd, auth):
    play(crowd, closed=True)
    found = get(doors, "mine", headers=auth("stranger")).json()
    assert (found["attempts"], found["best"], found["result"]) == ([], None, None)


def test_own_scores_need_a_sign_in(doors, play):
    play()
    assert get(doors, "mine").status_code == 401


# Provisional results are public


def test_results_show_name_unit_division_and_a_masked_phone(doors, play, crowd, units, storage, making):
    storage.people.keep(making.person("u0", phone="+84912345678"))
    play(crowd, closed=True)
    row = next(row for row in get(doors, "results?division=pupils").json()["rows"] if row["name"])
    assert (row["name"], row["unit"], row["phone"], row["prize"]) == ("Vàng Thị Mỷ", "Xã Ngọc Đường", "********678", "first")
    assert "345678" not in get(doors, "results").text and "hoithi.example" not in get(doors, "results").text


def test_results_never_show_user_ids(doors, play, making):
    play([making.submitted("secret-user")], closed=True)
    for path in (*RESULTS, ""):
        assert "secret-user" not in get(doors, path).text


def test_results_come_in_pages_that_join_without_gap(doors, play, crowd):
    play(crowd, closed=True)
    found, after = [], 0
    while after is not None:
        page = get(doors, f"results?limit=7&after={after}").json()
        found, after = found + page["rows"], page["next"]
    assert [row["place"] for row in found] == sorted(row["place"] for row in found)
    assert len({row["person"] for row in found}) == page["total"] == 40


def test_results_of_a_division_count_their_own_places_and_share_equal_ones(doors, play, crowd):
    play(crowd, closed=True, tie_break="C")
    page = get(doors, "results?division=pupils").json()
    assert (page["total"], [row["division_place"] for row in page["rows"]]) == (4, [1, 1, 3, 3])


def test_erased_person_keeps_place_and_pseudonym_but_no_name(doors, play, crowd, storage, making):
    storage.people.keep(making.person("u4"))
    play(crowd, closed=True)
    before = lines(get(doors, "results.csv"))
    digest = get(doors, "").json()["results"]["digest"]
    listening.forget_person(storage, UserErased(user_id="u4", erased_at=making.closes), making.closes)
    after = lines(get(doors, "results.csv"))
    assert [row["person"] for row in after] == [row["person"] for row in before]
    assert "Vàng Thị Mỷ" in str(before) and "Vàng Thị Mỷ" not in str(after)
    assert hashlib.sha256(get(doors, "results.json").content).hexdigest() == digest


def test_digest_is_the_sha256_of_the_canonical_file(doors, play, crowd):
    play(crowd, closed=True)
    answer = get(doors, "results.json")
    assert hashlib.sha256(answer.content).hexdigest() == get(doors, "").json()["results"]["digest"]
    assert len(answer.json()["rows"]) == 40


@pytest.mark.parametrize(
    "rules", [{}, {"counting": "sum-of-days", "tie_break": "D"}, {"prediction": "percentage", "tie_break": "C"}]
)
def test_anyone_recomputes_the_same_bytes_from_the_public_files(doors, play, crowd, making, storage, rules):
    more = [making.submitted("u3", 2, started_at=making.opens + timedelta(days=1)), making.submitted("u7", 2)]
    play([*crowd, *more], closed=True, **rules)
    attempts = get(doors, "attempts.csv?bom=true").content.decode("utf-8-sig")
    pieces = recompute(io.StringIO(attempts), get(doors, "rules.json").json())
    assert b"".join(pieces) == get(doors, "results.json").content


def test_pseudonyms_of_attempts_and_results_are_the_same(doors, play, crowd):
    play(crowd, closed=True)
    attempts, results = lines(get(doors, "attempts.csv")), lines(get(doors, "results.csv"))
    assert {row["person"] for row in attempts} == {row["person"] for row in results}
    assert all(len(row["person"]) == 16 for row in attempts)
    assert list(attempts[0]) == list(export.ATTEMPT_COLUMNS) and list(results[0]) == list(export.RESULT_COLUMNS)


def test_name_that_looks_like_a_formula_is_harmless_in_the_spreadsheet(doors, play, crowd, storage, making):
    storage.people.keep(making.person("u4", name="=HYPERLINK(1)"))
    play(crowd, closed=True)
    answer = get(doors, "results.csv?bom=true")
    assert answer.content.startswith(b"\xef\xbb\xbf") and ",'=HYPERLINK(1)," in answer.text
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"


def test_units_are_shown_level_by_level(doors, play, crowd, units):
    play(crowd, closed=True)
    top = get(doors, "units").json()["rows"]
    assert [(row["unit_id"], row["participants"], row["roster"], row["rate_percent"]) for row in top] == [("t1", 40, 90, "44.44")]
    rows = {row["unit_id"]: row for row in get(doors, "units?parent_id=t1").json()["rows"]}
    assert (rows["x2"]["rate_percent"], rows["x2"]["place"], rows["x1"]["place"], rows["x3"]["eligible"]) == (
        "75.00",
        1,
        2,
        False,
    )


def test_units_of_the_party_tree_count_people_again(doors, play, crowd, units):
    play(crowd, closed=True)
    assert [row["participants"] for row in get(doors, "units?tree=party").json()["rows"]] == [20]
    assert {row["tree"] for row in lines(get(doors, "units.csv"))} == {"administrative", "party"}


def test_season_joins_the_published_rounds(doors, play, crowd, making, storage):
    play(crowd, closed=True)
    assert doors.get("/contests/c/season").json()["participants"] == 40
    play([making.submitted(f"u{number}", round_id="c-w2") for number in range(10)], closed=True, number=2)
    page = doors.get("/contests/c/season?limit=5").json()
    assert (page["rounds"], page["rows"][0]["rounds"], page["rows"][0]["points"], page["next"]) == (2, 2, 10, 5)
    assert len(lines(doors.get("/contests/c/season.csv"))) == 40


def test_season_before_the_first_results_is_empty(doors, play):
    play()
    assert doors.get("/contests/c/season").json()["rows"] == []


def test_contest_lists_its_rounds_with_state(doors, play, crowd):
    play(crowd, closed=True)
    found = doors.get("/contests/c/rounds").json()
    assert (found["title"], [round["state"] for round in found["rounds"]]) == ("Công dân số", ["provisional"] + ["planned"] * 3)


# What organisers decide


def change(doors, path, body, headers):
    return doors.post(f"/rounds/c-w1/{path}", json=body, headers=headers)


def test_official_freezes_tells_and_awards_once(doors, play, crowd, organiser, storage):
    play(crowd, closed=True)
    for _ in range(2):
        answer = change(doors, "official", {"note": "Quyết định 12"}, organiser)
        assert (answer.status_code, answer.json()["state"]) == (200, "official")
    told = [one["type"] for one in storage.database["rounds"].find_one({"_id": "c-w1"})["outbox"]]
    assert told == ["week-scored", ResultsPublished.type] + [PrizeAwarded.type] * 15
    assert storage.rounds.get("c-w1").official_by == "o1"


@pytest.mark.parametrize("who", [("organiser:contest:other",), ("officer:unit:t1",), ("operator:platform:*",), ()])
@pytest.mark.parametrize(
    ("path", "body"), [("official", {"note": ""}), ("invalidations", {"attempt_id": "c-w1:u1:1", "reason": "gian lận"})]
)
def test_only_the_organiser_of_the_contest_decides(doors, play, crowd, auth, who, path, body):
    play(crowd, closed=True)
    assert change(doors, path, body, auth("x", roles=who)).status_code == 403
    assert doors.post(f"/rounds/c-w1/{path}", json=body).status_code == 401
    assert get(doors, "").json()["state"] == "provisional"


def test_running_round_does_not_become_official(doors, play, crowd, organiser):
    play(crowd)
    answer = change(doors, "official", {}, organiser)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/not-provisional")


def test_invalid_attempt_leaves_the_ranking_and_the_reserve_moves_up(doors, play, crowd, organiser):
    play(crowd, closed=True)
    before = get(doors, "results?division=pupils").json()
    winner = before["rows"][0]["person"]
    body = {"attempt_id": "c-w1:u0:1" if before["rows"][0]["points"] == 5 else "", "reason": "Làm hộ bài thi"}
    first = change(doors, "invalidations", body, organiser)
    assert (first.status_code, first.json()["by"]) == (201, "o1")
    again = change(doors, "invalidations", {**body, "reason": "lý do khác"}, organiser)
    assert again.json() == first.json()
    [entry] = doors.get("/audit", headers=organiser).json()["entries"]
    assert (entry["what"], entry["by"], entry["reason"]) == ("attempt-invalidated", "o1", "Làm hộ bài thi")
    play(opened=False)
    after = get(doors, "results?division=pupils").json()
    assert winner not in {row["person"] for row in after["rows"]}
    assert (after["rows"][0]["person"], after["rows"][0]["prize"]) == (before["rows"][1]["person"], "first")
    assert after["results"]["revision"] == before["results"]["revision"] + 1
    assert [row["invalidated"] for row in lines(get(doors, "attempts.csv"))].count("true") == 1


def test_recomputation_agrees_after_an_invalidation(doors, play, crowd, organiser):
    play(crowd, closed=True)
    change(doors, "invalidations", {"attempt_id": "c-w1:u4:1", "reason": "Làm hộ bài thi"}, organiser)
    assert get(doors, "attempts.csv").json()["type"] == "/problems/still-changing"
    assert change(doors, "official", {}, organiser).status_code == 409
    play(opened=False)
    pieces = recompute(io.StringIO(get(doors, "attempts.csv").text), get(doors, "rules.json").json())
    assert b"".join(pieces) == get(doors, "results.json").content
    assert change(doors, "official", {}, organiser).status_code == 200


def test_invalidation_after_official_is_published_as_a_correction(doors, play, crowd, organiser, storage):
    play(crowd, closed=True)
    change(doors, "official", {}, organiser)
    digest = get(doors, "").json()["results"]["digest"]
    change(doors, "invalidations", {"attempt_id": "c-w1:u0:1", "reason": "Làm hộ bài thi"}, organiser)
    play(opened=False)
    told = storage.database["rounds"].find_one({"_id": "c-w1"})["outbox"]
    corrected = next(one["data"] for one in told if one["type"] == ResultsCorrected.type)
    assert (corrected["previous_digest"], corrected["reason"]) == (digest, "Làm hộ bài thi")
    assert get(doors, "").json()["state"] == "official"
    assert [one["data"]["prize"] for one in told if one["type"] == PrizeAwarded.type and one["data"]["revision"] == 2][
        0
    ] == "first"


def test_decisions_are_kept_with_who_when_and_why(doors, play, crowd, organiser, auth):
    play(crowd, closed=True)
    change(doors, "invalidations", {"attempt_id": "c-w1:u4:1", "reason": "Làm hộ bài thi"}, organiser)
    found = get(doors, "invalidations", headers=organiser).json()["decisions"]
    assert [(one["attempt_id"], one["by"], one["reason"]) for one in found] == [("c-w1:u4:1", "o1", "Làm hộ bài thi")]
    assert get(doors, "invalidations", headers=auth(roles=("organiser:contest:other",))).status_code == 403


@pytest.mark.parametrize("attempt_id", ["c-w1:nobody:1", "c-w2:u1:1"])
def test_attempt_of_another_round_is_not_invalidated(doors, play, crowd, organiser, making, attempt_id):
    play([*crowd, making.submitted("u1", round_id="c-w2")], closed=True)
    answer = change(doors, "invalidations", {"attempt_id": attempt_id, "reason": "Làm hộ bài thi"}, organiser)
    assert answer.json()["type"] == "/problems/attempt-unknown"


@pytest.mark.parametrize(
    "body",
    [
        {"attempt_id": {"$gt": ""}, "reason": "gian lận"}, {"attempt_id": "c-w1:u1:1"}, [],
        {"attempt_id": "c-w1:u1:1", "reason": "a\u0000bc"},
        {"attempt_id": "c-w1:u1:1", "reason": "<b>gian lận</b>"}, {"attempt_id": "c-w1:u1:1", "reason": "gian lận", "by": "me"},
    ],
)  # fmt: skip
def test_bad_body_is_refused_and_changes_nothing(doors, play, crowd, organiser, storage, body):
    play(crowd, closed=True)
    before = storage.rounds.get("c-w1")
    assert change(doors, "invalidations", body, organiser).status_code == 422
    assert storage.rounds.get("c-w1") == before and storage.decisions.of_round("c-w1") == []


# Reminders


@pytest.fixture
def people(storage, making, units):
    """Two people in x1, one in x2; u1 of x1 has taken part in `crowd`."""
    for user, unit in (("u1", "x1"), ("late", "x1"), ("later", "x2")):
        storage.people.keep(making.person(user, unit_id=unit, party_unit_id="p2" if unit == "x1" else None))


def test_officer_reminds_those_of_the_unit_who_have_not_taken_part(doors, play, crowd, people, auth, storage):
    play(crowd)
    answer = change(doors, "reminders", {"unit_id": "x1", "note": "Còn hai ngày"}, auth("officer", roles=OFFICER))
    assert (answer.status_code, answer.json()["people"]) == (201, 1)
    told = [one["data"] for found in storage.database["reminders"].find() for one in found.get("outbox", [])]
    assert [(one["user_ids"], one["note"], one["requested_by"]) for one in told] == [(["late"], "Còn hai ngày", "officer")]


def test_officer_above_reaches_everybody_below_in_both_trees(doors, play, crowd, people, auth):
    play(crowd)
    officer = auth("officer", roles=("officer:unit:t1", "officer:unit:p1"))
    assert change(doors, "reminders", {"unit_id": "t1"}, officer).json()["people"] == 2
    assert change(doors, "reminders", {"unit_id": "p1"}, officer).json()["people"] == 1


def test_officer_of_one_unit_reminds_nobody_of_another(doors, play, crowd, people, auth):
    play(crowd)
    for unit in ("x2", "t1"):
        assert change(doors, "reminders", {"unit_id": unit}, auth("officer", roles=OFFICER)).status_code == 403


def test_unit_is_reminded_once_a_day(doors, play, crowd, people, auth, storage):
    play(crowd)
    answers = [change(doors, "reminders", {"unit_id": "x1"}, auth("officer", roles=OFFICER)).json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert sum(len(found.get("outbox", [])) for found in storage.database["reminders"].find()) == 1


def test_reminders_end_with_the_round(doors, play, crowd, people, auth):
    play(crowd, closed=True)
    answer = change(doors, "reminders", {"unit_id": "x1"}, auth("officer", roles=OFFICER))
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/round-not-running")


def test_reminders_go_out_in_pieces_of_a_thousand(doors, play, units, auth, storage, making):
    storage.database["people"].insert_many({"_id": f"p{number:04d}", "revision": 1, "unit_id": "x2"} for number in range(2500))
    play()
    answer = change(doors, "reminders", {"unit_id": "x2"}, auth("officer", roles=("officer:unit:x2",)))
    told = [one["data"]["user_ids"] for found in storage.database["reminders"].find() for one in found.get("outbox", [])]
    assert answer.json()["people"] == 2500 and sorted(map(len, told)) == [500, 1000, 1000]
    assert len({user for some in told for user in some}) == 2500
    assert ReminderRequested.type == "reminder-requested"


# The description of it all


def test_openapi_describes_every_door(doors):
    described = doors.get("/openapi.json").json()["paths"]
    assert {"/rounds/{round_id}/results", "/rounds/{round_id}/official", "/contests/{contest_id}/season"} <= set(described)


def test_answers_fit_their_own_description(doors, play, crowd, units, organiser, auth):
    from hoithi_scoring import schemas

    play(crowd, closed=True)
    answers = {
        "": schemas.Round, "results": schemas.ResultsPage, "units?parent_id=t1": schemas.UnitsPage,
        "participation?unit_id=t1": schemas.Participation,
        "mine": schemas.Mine, "invalidations": schemas.Decisions,
    }  # fmt: skip
    headers = auth("u1", roles=("organiser:contest:c",))
    for path, schema in answers.items():
        assert schema().validate(get(doors, path, headers=headers).json()) == {}, path
    assert schemas.Rounds().validate(doors.get("/contests/c/rounds").json()) == {}
    assert schemas.SeasonPage().validate(doors.get("/contests/c/season").json()) == {}


def test_rules_file_holds_the_rules_and_no_keys(doors, play):
    play()
    found = get(doors, "rules.json").json()
    assert found["rules"]["counting"] == "best" and "keys" not in json.dumps(found)


def test_build_under_way_never_shows_half_a_table(doors, play, crowd, organiser, storage, making):
    """A new table is written under its own name; until the flip readers have the old one."""
    play(crowd, closed=len(crowd) + 1)
    before = get(doors, "results", headers=organiser).json()
    names = Pseudonyms(b"x")
    listening.keep_attempts(storage, names, [making.submitted("new")], making.opens)
    beats = iter([False])
    with pytest.raises(Exception, match="c-w1"):
        building.build(storage, "c-w1", lambda: next(beats), making.closes)
    assert get(doors, "results", headers=organiser).json()["rows"] == before["rows"]
