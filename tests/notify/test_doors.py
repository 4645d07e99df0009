"""The doors: who may look, what is shown, what is refused."""

from datetime import timedelta

import pytest

from hoithi_notify.domain.deliveries import Delivery
from hoithi_notify.domain.occasions import OCCASIONS, Occasion
from hoithi_notify.domain.people import Contact
from hoithi_notify.domain.rounds import Contest, Round, Window
from hoithi_notify.handlers import spread
from notify.moment import NOW

DAY = timedelta(days=1)
OPERATOR, ORGANISER, OFFICER = "operator:platform:*", "organiser:contest:c1", "officer:unit:x1"
FAILED = "prize-awarded:a1:u1"


@pytest.fixture
def doors(serve, storage):
    from hoithi_notify.service import Doors

    return serve(Doors).client


@pytest.fixture
def history(storage):
    """Two people, a round of contest c1 that was opened, a prize that failed, a delivery of contest c2."""
    window = Window(1, "Tuần 1", NOW - DAY, NOW + DAY)
    storage.contacts.note(
        [
            Contact("u1", 1, "Vàng Thị Mai", "mai@example.vn", "vi", NOW - DAY),
            Contact("u2", 1, "An", None, "en", NOW - DAY),
        ]
    )
    storage.rounds.note_contest(Contest("c1", 1, "Công dân số"))
    storage.rounds.note(Round("c1-w1", "c1", opening=window))
    storage.occasions.note(Occasion("week-opened", "c1-w1", NOW, "c1", "c1-w1", {"paper_size": 20}, audience_before=NOW))
    facts = {"prize": "first", "place": 1, "division": "citizens"}
    storage.occasions.note(Occasion("prize-awarded", "a1", NOW, "c1", "c1-w1", facts, user_ids=("u1",)))
    while spread(storage, NOW) is not None:
        pass
    [won] = [each for each in storage.deliveries.claim(10, NOW, 0) if each.occasion == "prize-awarded"]
    storage.deliveries.settle(won.refused("mai@example.vn", "550 no", NOW), won.claim)
    storage.deliveries.add([Delivery("reminder", "m1", "u9", NOW, NOW, contest_id="c2")])
    return storage


def ids(answer) -> list[str]:
    return [each["delivery_id"] for each in answer.json()["deliveries"]]


def test_an_operator_sees_every_delivery_with_its_address(doors, history, auth):
    answer = doors.get("/deliveries", headers=auth("op", roles=[OPERATOR]))
    assert ids(answer) == [FAILED, "reminder:m1:u9", "week-opened:c1-w1:u1"]
    failed = answer.json()["deliveries"][0]
    assert (failed["state"], failed["address"], failed["answer"]) == ("failed", "mai@example.vn", "550 no")
    assert failed["due_at"] is None


def test_an_organiser_sees_the_own_contest_with_masked_addresses(doors, history, auth):
    headers = auth("org", roles=[ORGANISER])
    answer = doors.get("/deliveries", headers=headers)
    assert ids(answer) == [FAILED, "week-opened:c1-w1:u1"]
    assert answer.json()["deliveries"][0]["address"] == "ma***@example.vn"
    assert doors.get("/deliveries/reminder:m1:u9", headers=headers).status_code == 404


@pytest.mark.parametrize("path", ["/deliveries", f"/deliveries/{FAILED}", "/occasions", "/templates", "/templates/reminder/page"])
def test_officers_participants_and_strangers_see_no_deliveries_or_templates(doors, auth, path):
    assert doors.get(path).status_code == 401
    assert doors.get(path, headers=auth("u1")).status_code == 403
    assert doors.get(path, headers=auth("off", roles=[OFFICER])).status_code == 403


def test_deliveries_are_found_by_state_and_occasion_page_by_page(doors, history, auth):
    headers = auth("op", roles=[OPERATOR])
    assert ids(doors.get("/deliveries?state=failed", headers=headers)) == [FAILED]
    assert ids(doors.get("/deliveries?occasion=reminder", headers=headers)) == ["reminder:m1:u9"]
    first = doors.get("/deliveries?limit=2", headers=headers)
    rest = doors.get("/deliveries", params={"limit": 2, "after": first.json()["next"]}, headers=headers)
    assert ids(first) + ids(rest) == [FAILED, "reminder:m1:u9", "week-opened:c1-w1:u1"]
    assert rest.json()["next"] is None


@pytest.mark.parametrize(
    "query",
    [
        "state=gone",
        "occasion=party",
        "limit=0",
        "limit=2000",
        "limit=x",
        "who=me",
        "state[$ne]=sent",
        "after=%00",
    ],
)
def test_a_question_that_makes_no_sense_is_refused_with_the_field(doors, history, auth, query):
    answer = doors.get(f"/deliveries?{query}", headers=auth("op", roles=[OPERATOR]))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == query.partition("=")[0]


def test_a_failed_delivery_is_tried_again_once_when_asked_twice(doors, history, auth):
    headers = auth("org", roles=[ORGANISER])
    again = doors.post(f"/deliveries/{FAILED}/retry", headers=headers)
    assert (again.status_code, again.json()["state"], again.json()["tries"]) == (200, "queued", 0)
    twice = doors.post(f"/deliveries/{FAILED}/retry", headers=headers)
    assert (twice.status_code, twice.json()["type"]) == (409, "/problems/not-retriable")
    assert "queued" in twice.json()["detail"]
    assert history.deliveries.get(FAILED).state == "queued"


def test_an_unknown_delivery_is_named_in_the_language_of_the_person(doors, auth):
    headers = auth("op", roles=[OPERATOR])
    vietnamese = doors.get("/deliveries/x", headers=headers)
    english = doors.get("/deliveries/x", headers={**headers, "Accept-Language": "en"})
    assert (vietnamese.status_code, vietnamese.json()["detail"]) == (404, "Không có thư này.")
    assert (english.status_code, english.json()["detail"]) == (404, "There is no such delivery.")


def test_occasions_tell_how_many_were_written_to_and_how_many_have_no_address(doors, history, auth):
    told = doors.get("/occasions", headers=auth("org", roles=[ORGANISER])).json()["occasions"]
    opened = next(each for each in told if each["occasion"] == "week-opened")
    assert (opened["state"], opened["made"], opened["without_address"]) == ("done", 1, 1)
    assert doors.get("/occasions", headers=auth("org", roles=["organiser:contest:c2"])).json() == {"occasions": []}


def test_templates_are_listed_and_previewed_in_both_languages(doors, auth):
    headers = auth("org", roles=[ORGANISER])
    listed = doors.get("/templates", headers=headers).json()["templates"]
    assert [each["name"] for each in listed] == OCCASIONS
    for name in OCCASIONS:
        preview = doors.get(f"/templates/{name}?language=en", headers=headers).json()
        assert preview["language"] == "en"
        assert preview["html"].startswith("<!doctype html>")
    assert doors.get("/templates/welcome", headers=headers).json()["language"] == "vi"
    assert doors.get("/templates/party", headers=headers).status_code == 404


def test_a_preview_page_may_load_and_run_nothing(doors, auth):
    page = doors.get("/templates/reminder/page?language=vi", headers=auth("org", roles=[ORGANISER]))
    policy = page.headers["Content-Security-Policy"]
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert "Tuần" in page.text or "Vòng" in page.text


def test_my_messages_are_mine_in_my_language_also_without_an_address(doors, history, auth):
    mine = doors.get("/me/messages", headers=auth("u1")).json()["messages"]
    assert [each["message_id"] for each in mine if each["occasion"] == "prize-awarded"] == [FAILED]
    assert sorted(each["occasion"] for each in mine) == ["prize-awarded", "week-opened"]
    others = doors.get("/me/messages", headers=auth("u2")).json()["messages"]
    assert [(each["subject"], each["by_email"]) for each in others] == [("Tuần 1 is open – Công dân số", False)]
    assert doors.get("/me/messages", headers=auth("u7")).json() == {"messages": []}
    assert doors.get("/me/messages").status_code == 401


def test_the_export_holds_contact_letters_and_messages_of_the_own_person_only(doors, history, auth):
    answer = doors.get("/me/export", headers=auth("u1"))
    found = answer.json()
    assert (found["contact"]["name"], found["contact"]["email"]) == ("Vàng Thị Mai", "mai@example.vn")
    assert "prize-awarded" in {each["occasion"] for each in found["deliveries"]}
    assert "prize-awarded" in {each["occasion"] for each in found["messages"]}
    assert answer.headers["cache-control"] == "no-store"
    assert doors.get("/me/export", headers=auth("u2")).json()["contact"]["name"] == "An"


def test_who_is_unknown_or_erased_exports_nothing(doors, history, auth, storage):
    storage.contacts.forget("u1", NOW)
    for user_id in ("u1", "nobody"):
        found = doors.get("/me/export", headers=auth(user_id)).json()
        assert (found["contact"], found["deliveries"], found["messages"]) == (None, [], [])


def test_a_delivery_without_its_occasion_does_not_break_my_messages(doors, history, auth):
    history.deliveries.add([Delivery("reminder", "gone", "u1", NOW, NOW)])
    assert doors.get("/me/messages", headers=auth("u1")).status_code == 200


def test_the_doors_are_healthy_and_describe_themselves(doors):
    assert doors.get("/health").json()["status"] == "ok"
    document = doors.get("/openapi.json").json()
    assert set(document["paths"]) == {
        "/deliveries",
        "/deliveries/{delivery_id}",
        "/deliveries/{delivery_id}/retry",
        "/occasions",
        "/templates",
        "/templates/{name}",
        "/templates/{name}/page",
        "/me/messages",
        "/me/export",
    }


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("SMTP_URL", ""),
        ("SMTP_URL", "mail.example.vn"),
        ("MAIL_FROM", "hoithi"),
        ("MUTED_OCCASIONS", "party"),
        ("PUBLIC_URL", ""),
    ],
)
def test_a_worker_does_not_start_with_a_setting_that_cannot_work(settings, database, setting, value):
    from hoithi_notify.service import Desk

    with pytest.raises(SystemExit) as stop:
        Desk(settings("notify", **{setting: value}))
    assert setting in str(stop.value)
