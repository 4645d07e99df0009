"""The doors as people meet them: a contest from its draft to receipts, and everything that is refused."""

from datetime import UTC, datetime, timedelta

import pytest

from exam.making import MINUTE, bank, rules
from hoithi_contracts.fields import wire_instant
from hoithi_exam.domain.bank import excel, text
from hoithi_exam.domain.rules import plain
from hoithi_exam.handlers.clock import tick
from hoithi_exam.service import Doors

ORGANISER = ("organiser:contest:*",)
EN = {"Accept-Language": "en"}


@pytest.fixture
def client(clean, serve):
    return serve(Doors).client


@pytest.fixture
def organiser(auth):
    return auth("boss", roles=ORGANISER)


@pytest.fixture
def me(auth):
    return {**auth("u1"), **EN}


@pytest.fixture
def ready(client, organiser, approve):
    """`ready(**rules)`: bank and draft "hg", one round open since a second for an hour."""

    def make(opens_in=-timedelta(seconds=1), **more):
        import_bank(client, organiser)
        approve(client)
        now = datetime.now(UTC)
        window = {"opens_at": wire_instant(now + opens_in), "closes_at": wire_instant(now + 60 * MINUTE)}
        body = {"contest_id": "hg", "title": "Cuộc thi", "rules": plain(rules(**more)), "rounds": [window]}
        answer = client.post("/contests", json=body, headers=organiser)
        assert answer.status_code == 201, answer.text

    return make


@pytest.fixture
def running(client, organiser, ready, storage):
    """`running(**rules)`: published and open."""

    def make(**more):
        ready(**more)
        assert client.post("/contests/hg/publish", headers=organiser).status_code == 200
        tick(storage, datetime.now(UTC))

    return make


def import_bank(client, headers, content=None, kind="text/plain", **query):
    body = text.write(bank()).encode() if content is None else content
    return client.post("/banks/bank", content=body, params=query, headers={**headers, "Content-Type": kind})


@pytest.fixture
def approve(auth):
    """`approve(client)`: a second organiser approves the bank's first version."""
    second = auth("second", roles=ORGANISER)
    return lambda client: client.post("/banks/bank/versions/1/approve", json={}, headers=second)


def start(client, me):
    answer = client.post("/rounds/hg-w1/attempts", headers=me)
    assert answer.status_code in (200, 201), answer.text
    return answer.json()


def refused(answer, status: int, slug: str) -> dict:
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    assert answer.json()["type"] == f"/problems/{slug}"
    return answer.json()


# A whole way


def test_a_contest_goes_from_a_draft_to_a_verified_receipt(client, me, running):
    running()
    paper = start(client, me)
    assert (paper["state"], len(paper["questions"]), paper["prediction"]) == ("open", 4, {"kind": "perfect", "sealed": None})
    saved = client.put(f"/attempts/{paper['attempt_id']}/answers", json={"answers": {"1": "A", "2": "B"}}, headers=me).json()
    assert (saved["answered"], saved["deadline_at"]) == (2, paper["deadline_at"])
    body = {"answers": {"2": "", "3": "D"}, "prediction": 120}
    done = client.post(f"/attempts/{paper['attempt_id']}/submit", json=body, headers=me).json()
    assert (done["answered"], done["by"], done["late"], done["prediction"]["sealed"]) == (2, "person", False, 120)
    verdict = client.post("/receipts/verify", json={"receipt": done["receipt"]}).json()
    assert (verdict["valid"], verdict["covers"]["answers_digest"]) == (True, done["answers_digest"])
    shown = client.get(f"/attempts/{paper['attempt_id']}", headers=me).json()
    assert shown["submission"] == done and shown["answers"] == {"1": "A", "3": "D"}


def test_a_paper_tells_no_keys_no_ids_and_no_explanations(client, me, running):
    running()
    paper = start(client, me)
    assert set(paper["questions"][0]) == {"n", "text", "several", "options"}
    told = client.get(f"/attempts/{paper['attempt_id']}", headers=me).text
    for question in bank().questions:
        assert f'"{question.id}"' not in told and question.why + '"' not in told


def test_starting_again_goes_on_with_the_open_attempt(client, me, running):
    running()
    first = client.post("/rounds/hg-w1/attempts", headers=me)
    client.put(f"/attempts/{first.json()['attempt_id']}/answers", json={"answers": {"1": "A"}}, headers=me)
    again = client.post("/rounds/hg-w1/attempts", headers=me)
    assert (first.status_code, again.status_code) == (201, 200)
    assert (again.json()["questions"], again.json()["answers"]) == (first.json()["questions"], {"1": "A"})


def test_submitting_again_gives_the_same_receipt(client, me, running):
    running()
    url = f"/attempts/{start(client, me)['attempt_id']}/submit"
    first = client.post(url, json={"answers": {"1": "A"}, "prediction": 5}, headers=me).json()
    assert client.post(url, json={"answers": {"1": "B"}, "prediction": 6}, headers=me).json() == first


def test_own_attempts_are_listed_with_what_is_left(client, me, running):
    running()
    assert client.get("/rounds/hg-w1/attempts", headers=me).json()["left"] == {"today": 1, "round": 7, "in_all": None}
    start(client, me)
    found = client.get("/rounds/hg-w1/attempts", headers=me).json()
    assert found["left"]["today"] == 0 and [each["state"] for each in found["attempts"]] == ["open"]


def test_the_export_holds_every_own_attempt_with_its_answers_and_no_secret(client, me, running, auth):
    running()
    paper = start(client, me)
    client.post(f"/attempts/{paper['attempt_id']}/submit", json={"answers": {"1": "B"}, "prediction": 7}, headers=me)
    answer = client.get("/me/export", headers=me)
    [own] = answer.json()["attempts"]
    assert (own["attempt_id"], own["answers"]) == (paper["attempt_id"], {"1": "B"})
    assert (own["prediction"], own["state"]) == (7, "submitted")
    assert "seed" not in own and answer.headers["cache-control"] == "no-store"
    assert client.get("/me/export", headers=auth("u2")).json()["attempts"] == []


def test_a_round_shows_its_window_the_servers_time_and_no_counts(client, running):
    running()
    shown = client.get("/rounds/hg-w1").json()
    assert (shown["state"], shown["paper_size"], shown["attempts"], shown["notices"]) == ("open", 4, None, [])
    assert shown["opens_at"] < shown["server_time"] < shown["closes_at"]
    assert shown["start_window_seconds"] == 20


def test_answers_are_reviewed_by_the_rules(client, me, running, organiser):
    running(answers_shown="at-once")
    paper = start(client, me)
    url = f"/attempts/{paper['attempt_id']}"
    refused(client.get(f"{url}/review", headers=me), 409, "not-submitted-yet")
    client.post(f"{url}/submit", json={"answers": {"1": "A"}}, headers=me)
    first = client.get(f"{url}/review", headers=me).json()["questions"][0]
    asked = next(question for question in bank().questions if question.text == first["text"])
    letters = {option["text"]: option["letter"] for option in first["options"]}
    assert first["right"] == letters[asked.options["abcd".index(asked.right)]]
    assert (first["chosen"], first["is_right"], first["why"]) == ("A", first["right"] == "A", asked.why)
    other = "b" if asked.right == "a" else "a"
    client.post("/rounds/hg-w1/keys", json={"question_id": asked.id, "right": other, "reason": "sửa"}, headers=organiser)
    again = client.get(f"{url}/review", headers=me).json()["questions"][0]
    assert (again["right"], again["corrected"]) == (letters[asked.options["abcd".index(other)]], True)


def test_answers_are_not_shown_before_the_close_by_default(client, me, running):
    running()
    url = f"/attempts/{start(client, me)['attempt_id']}"
    client.post(f"{url}/submit", json={}, headers=me)
    refused(client.get(f"{url}/review", headers=me), 409, "answers-not-shown")


# Organising


def test_templates_are_shown_in_the_readers_language(client):
    assert "ha-giang-2022" in [each["id"] for each in client.get("/templates").json()["templates"]]
    shown = client.get("/templates/neutral", headers=EN).json()
    assert shown["title"] == "Online contest of four weeks" and shown["calendar"]["rounds"] == 4
    refused(client.get("/templates/no"), 404, "unknown-template")


def test_a_template_makes_a_whole_draft(client, organiser):
    body = {"contest_id": "nt", "title": "Thi", "template": "neutral", "first_day": "2030-01-07", "banks": {"pupils": "chung"}}
    made = client.post("/contests", json=body, headers=organiser).json()
    assert [plan["opens_at"] for plan in made["rounds"]][:1] == ["2030-01-07T01:00:00.000Z"] and len(made["rounds"]) == 4
    assert {division["name"]: division["bank"] for division in made["rules"]["divisions"]}["pupils"] == "chung"
    rehearsal = {
        "contest_id": "dt",
        "title": "Thi",
        "template": "compressed",
        "starts_at": "2030-01-07T08:00:00+07:00",
        "round_seconds": 20,
    }
    assert (
        client.post("/contests", json=rehearsal, headers=organiser).json()["rounds"][0]["closes_at"] == "2030-01-07T01:00:20.000Z"
    )
    refused(client.post("/contests", json={**body, "contest_id": "x2", "first_day": None}, headers=organiser), 422, "not-valid")
    without = {"contest_id": "x3", "title": "Thi", "template": "neutral"}
    assert (
        refused(client.post("/contests", json=without, headers=organiser), 422, "start-missing")["errors"][0]["field"]
        == "first_day"
    )


@pytest.mark.parametrize(
    ("field", "value"), [("first_day", "9999-12-30"), ("first_day", "1999-12-31"), ("starts_at", "9999-12-31T23:59:59Z")]
)
def test_times_at_the_ends_of_the_calendar_are_refused(client, organiser, field, value):
    body = {"contest_id": "nt", "title": "Thi", "template": "neutral", field: value}
    assert refused(client.post("/contests", json=body, headers=organiser), 422, "not-valid")["errors"][0]["field"] == field


def test_the_check_says_with_numbers_what_is_missing(client, organiser, ready):
    ready(paper_seconds=7200, paper_size=5)
    found = client.post("/contests/hg/check", headers={**organiser, **EN}).json()
    assert not found["ready"] and {each["code"] for each in found["findings"]} >= {"round-too-short", "blueprint-size"}
    problem = refused(client.post("/contests/hg/publish", headers={**organiser, **EN}), 409, "not-ready")
    assert "The blueprint adds up to 4 questions but a paper has 5" in " ".join(each["message"] for each in problem["errors"])


def test_publishing_again_changes_nothing(client, organiser, ready, told):
    ready()
    first = client.post("/contests/hg/publish", headers=organiser).json()
    assert client.post("/contests/hg/publish", headers=organiser).json() == first
    assert len(told("contest-published")) == 1


def test_rules_of_a_published_contest_cannot_be_changed(client, organiser, ready):
    ready()
    assert client.put("/contests/hg", json={"rules": {"tie_break": "B"}}, headers=organiser).json()["revision"] == 2
    client.post("/contests/hg/publish", headers=organiser)
    refused(client.put("/contests/hg", json={"rules": {"tie_break": "C"}}, headers=organiser), 409, "contest-fixed")


def test_drafts_are_for_their_organisers_only(client, ready, auth, me):
    ready()
    refused(client.get("/contests/hg"), 404, "unknown-contest")
    refused(client.get("/contests/hg", headers=me), 404, "unknown-contest")
    assert client.get("/contests", headers=me).json() == {"contests": []}
    assert client.get("/contests/hg", headers=auth("b2", roles=("organiser:contest:hg",))).json()["state"] == "draft"


def test_an_organiser_of_another_contest_may_do_nothing_here(client, running, auth):
    running()
    stranger = auth("b2", roles=("organiser:contest:other",))
    extension = {"closes_at": "2099-01-01T00:00:00Z", "reason": "x", "notice": "x"}
    for method, path, body in (
        ("POST", "/contests", {"contest_id": "hg2", "title": "x"}), ("PUT", "/contests/hg", {"title": "x"}),
        ("POST", "/contests/hg/check", None), ("POST", "/contests/hg/publish", None),
        ("POST", "/rounds/hg-w1/extend", extension),
        ("POST", "/rounds/hg-w1/keys", {"question_id": "q001", "right": "b", "reason": "x"}),
        ("GET", "/banks/bank/versions/1", None),
    ):  # fmt: skip
        refused(client.request(method, path, json=body, headers=stranger), 403, "not-allowed")
    assert import_bank(client, stranger).status_code == 403
    assert client.get("/banks", headers=stranger).json() == {"banks": []}


def test_an_extension_is_public_signed_and_told(client, organiser, running, told):
    running()
    closes_at = wire_instant(datetime.now(UTC) + 90 * MINUTE)
    body = {"closes_at": closes_at, "reason": "mất điện", "notice": "Vòng 1 được kéo dài."}
    assert client.post("/rounds/hg-w1/extend", json=body, headers=organiser).status_code == 200
    shown = client.get("/rounds/hg-w1").json()
    assert (shown["closes_at"], shown["notices"][0]["notice"]) == (closes_at, "Vòng 1 được kéo dài.")
    assert shown["notices"][0]["signature"].count(".") == 2 and len(told("week-extended")) == 1
    refused(client.post("/rounds/hg-w1/extend", json=body, headers=organiser), 409, "not-longer")


def test_a_key_is_corrected_for_questions_of_the_round_only(client, organiser, running, told):
    running()
    body = {"question_id": "q001", "right": "b", "reason": "Nghị định mới"}
    assert client.post("/rounds/hg-w1/keys", json=body, headers=organiser).json()["revision"] == 1
    assert told("answer-key-corrected")[0]["right"] == "b"
    refused(client.post("/rounds/hg-w1/keys", json={**body, "question_id": "q999"}, headers=organiser), 404, "unknown-question")
    problem = refused(client.post("/rounds/hg-w1/keys", json={**body, "right": "e"}, headers=organiser), 422, "key-not-possible")
    assert problem["errors"] == [
        {"field": "right", "code": "no-such-option", "message": "Câu này chỉ có các phương án từ A đến D."}
    ]
    for right in ("", "ba", "A", "bb"):
        refused(client.post("/rounds/hg-w1/keys", json={**body, "right": right}, headers=organiser), 422, "not-valid")


# Question banks


def test_a_bank_is_imported_from_text_and_excel_as_the_same_version(client, organiser):
    first = import_bank(client, organiser)
    assert (first.status_code, first.json()["version"], first.json()["questions"]) == (201, 1, 24)
    again = import_bank(client, organiser, excel.write(bank()), "application/octet-stream", format="xlsx")
    assert (again.status_code, again.json()["version"]) == (200, 1)
    newer = import_bank(client, organiser, text.write(bank(30)).encode())
    assert (newer.status_code, newer.json()["version"]) == (201, 2)
    assert [each["version"] for each in client.get("/banks", headers=organiser).json()["banks"]] == [2, 1]


def test_a_trial_import_keeps_nothing(client, organiser):
    answer = import_bank(client, organiser, dry_run="true")
    assert (answer.status_code, answer.json()["version"], answer.json()["questions"]) == (200, None, 24)
    assert client.get("/banks", headers=organiser).json() == {"banks": []}


def test_a_broken_bank_is_refused_whole_with_its_places(client, organiser):
    broken = text.write(bank()).replace("ANSWER: A", "ANSWER: X", 1)
    problem = refused(import_bank(client, organiser, broken.encode()), 422, "bank-refused")
    assert problem["errors"][0]["field"].startswith("line ") and problem["errors"][0]["message"].startswith("Dòng ")
    assert client.get("/banks", headers=organiser).json() == {"banks": []}


def test_a_bank_of_another_name_or_of_no_known_kind_is_refused(client, organiser):
    other = text.write(bank(bank_id="other")).encode()
    assert "other" in refused(import_bank(client, organiser, other), 422, "other-bank")["errors"][0]["message"]
    refused(import_bank(client, organiser, kind="application/json"), 415, "wrong-content-type")


def test_a_version_is_looked_through_page_by_page_with_its_keys(client, organiser):
    import_bank(client, organiser)
    first = client.get("/banks/bank/versions/1?limit=20", headers=organiser).json()
    rest = client.get(f"/banks/bank/versions/1?limit=20&after={first['next']}", headers=organiser).json()
    assert (len(first["page"]), len(rest["page"]), rest["next"]) == (20, 4, None)
    assert first["page"][0]["right"] == "a"
    refused(client.get("/banks/bank/versions/9", headers=organiser), 404, "unknown-bank")


def test_banks_are_for_organisers(client, me, organiser):
    import_bank(client, organiser)
    refused(client.get("/banks/bank/versions/1", headers=me), 403, "not-allowed")
    refused(client.get("/banks/bank/versions/1"), 401, "not-signed-in")


# What participants are refused


def test_a_round_that_opens_later_says_when(client, organiser, ready, me):
    ready(opens_in=30 * MINUTE)
    client.post("/contests/hg/publish", headers=organiser)
    assert "opens at" in refused(client.post("/rounds/hg-w1/attempts", headers=me), 409, "round-not-open")["detail"]


def test_the_first_start_after_the_instant_opens_the_round(client, organiser, ready, me):
    ready()
    client.post("/contests/hg/publish", headers=organiser)
    assert client.get("/rounds/hg-w1").json()["state"] == "open"
    assert client.post("/rounds/hg-w1/attempts", headers=me).status_code == 201


def test_a_round_that_cannot_be_opened_asks_to_try_again_in_a_second(client, organiser, ready, me, storage):
    ready()
    client.post("/contests/hg/publish", headers=organiser)
    storage.banks.collection.delete_many({})
    answer = client.post("/rounds/hg-w1/attempts", headers=me)
    refused(answer, 503, "round-opening")
    assert answer.headers["retry-after"] == "1"


def test_a_second_attempt_on_the_same_day_is_refused(client, running, auth):
    running()
    vietnamese = auth("u1")
    client.post(f"/attempts/{start(client, vietnamese)['attempt_id']}/submit", json={}, headers=vietnamese)
    problem = refused(client.post("/rounds/hg-w1/attempts", headers=vietnamese), 409, "no-attempts-left-today")
    assert problem["detail"] == "Bạn đã dùng hết 1 lượt thi của hôm nay; hãy quay lại vào ngày mai."


def test_somebody_elses_attempt_is_refused(client, running, me, auth):
    running()
    url, other = f"/attempts/{start(client, me)['attempt_id']}", auth("u2")
    for method, path, body in (
        ("GET", url, None), ("GET", f"{url}/review", None),
        ("PUT", f"{url}/answers", {"answers": {"1": "A"}}), ("POST", f"{url}/submit", {}),
    ):  # fmt: skip
        refused(client.request(method, path, json=body, headers=other), 403, "not-your-attempt")
    assert client.get(url, headers=me).json()["answers"] == {}


def test_another_division_cannot_take_part(client, running, auth):
    running()
    refused(client.post("/rounds/hg-w1/attempts", headers=auth("u1", division="pupils")), 403, "not-in-division")


@pytest.mark.parametrize(
    ("answers", "field", "code"),
    [
        ({"21": "A"}, "answers.21", "not-on-paper"),
        ({"1": "AB"}, "answers.1", "one-option"),
        ({"1": "F"}, "answers.1", "no-such-option"),
        ({"1": {"$gt": ""}}, "answers.1", "not-options"),
        ({"1": "BA"}, "answers.1", "not-options"),
        ("A", "answers", "not-an-object"),
    ],
)
def test_wrong_answers_are_named_and_change_nothing(client, running, me, answers, field, code):
    running()
    url = f"/attempts/{start(client, me)['attempt_id']}"
    for method, path in (("PUT", f"{url}/answers"), ("POST", f"{url}/submit")):
        answer = client.request(method, path, json={"answers": answers}, headers=me)
        assert answer.status_code == 422
        assert [(each["field"], each["code"]) for each in answer.json()["errors"]] == [(field, code)]
    shown = client.get(url, headers=me).json()
    assert (shown["state"], shown["answers"]) == ("open", {})


def test_answers_after_the_submission_are_refused(client, running, me):
    running()
    url = f"/attempts/{start(client, me)['attempt_id']}"
    client.post(f"{url}/submit", json={}, headers=me)
    refused(client.put(f"{url}/answers", json={"answers": {"1": "A"}}, headers=me), 409, "already-submitted")


def test_a_prediction_must_be_a_whole_number(client, running, me):
    running()
    url = f"/attempts/{start(client, me)['attempt_id']}/submit"
    for wrong in ("5", 5.5, -1, True, 10**9):
        assert client.post(url, json={"prediction": wrong}, headers=me).status_code == 422


def test_unknown_things_are_not_found(client, me, clean):
    refused(client.get("/rounds/no-w1"), 404, "unknown-round")
    refused(client.post("/rounds/no-w1/attempts", headers=me), 404, "unknown-round")
    refused(client.get("/attempts/no", headers=me), 404, "unknown-attempt")
    refused(client.get("/attempts/%00%7B%22%24gt%22%3A%22%22%7D", headers=me), 404, "unknown-attempt")


def test_receipts_that_are_not_ours_are_told_so(client, running, me):
    running()
    url = f"/attempts/{start(client, me)['attempt_id']}/submit"
    receipt = client.post(url, json={}, headers=me).json()["receipt"]
    head, _, signature = receipt.split(".")
    for text_ in ("x", f"{head}.e30.{signature}"):
        assert client.post("/receipts/verify", json={"receipt": text_}).json() == {
            "valid": False, "reason": "not-signed-here", "covers": None,
        }  # fmt: skip


def test_a_receipt_of_an_attempt_that_is_gone_or_altered_is_not_valid(client, running, me, database):
    running()
    url = f"/attempts/{start(client, me)['attempt_id']}/submit"
    receipt = {"receipt": client.post(url, json={"answers": {"1": "A"}}, headers=me).json()["receipt"]}
    database["attempts"].update_one({}, {"$set": {"answers_digest": "other"}})
    assert client.post("/receipts/verify", json=receipt).json()["reason"] == "differs"
    database["attempts"].delete_many({})
    assert client.post("/receipts/verify", json=receipt).json()["reason"] == "unknown-attempt"


def test_the_receipts_key_is_published(client):
    (key,) = client.get("/receipts/keys").json()["keys"]
    assert (key["kty"], key["crv"], key["alg"]) == ("OKP", "Ed25519", "EdDSA") and "d" not in key


def test_health_metrics_and_the_openapi_document_are_there(client):
    assert client.get("/health").json()["checks"]["mongodb"]["ok"] is True
    assert "hoithi_exam_attempts_started_total" in client.get("/metrics").text
    assert "/rounds/{round_id}/attempts" in client.get("/openapi.json").json()["paths"]


def test_two_doors_share_everything(client, serve, running, me):
    running()
    other = serve(Doors).client
    paper = start(client, me)
    other.put(f"/attempts/{paper['attempt_id']}/answers", json={"answers": {"1": "A"}}, headers=me)
    assert start(other, me)["answers"] == {"1": "A"}
    first = client.post(f"/attempts/{paper['attempt_id']}/submit", json={}, headers=me).json()
    assert other.post(f"/attempts/{paper['attempt_id']}/submit", json={}, headers=me).json() == first


def test_a_start_without_a_receipt_key_stops_with_a_sentence(settings, capsys):
    from hoithi_exam.service.signing import open_signer

    with pytest.raises(SystemExit, match="RECEIPT_KEY"):
        open_signer({})
    with pytest.raises(SystemExit, match="cannot be used"):
        open_signer({"RECEIPT_KEY": "/nowhere"})
