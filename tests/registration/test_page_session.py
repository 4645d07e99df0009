"""The page's session: a refresh token that no script sees, and nobody's request but the page's."""

from http.cookies import SimpleCookie

import pytest

from hoithi_bus import clock
from hoithi_registration.domain.session import OWN, SHARED

PASSWORD = "mot-mat-khau-dai"
PAGE = {"X-Hoithi-Page": "1"}
TLS = {"X-Forwarded-Proto": "https"}
PATH = "/api/registration/session"


def cookies(answer) -> dict:
    """Name -> morsel of the cookies an answer sets."""
    found = SimpleCookie()
    for line in answer.headers.get_list("Set-Cookie"):
        found.load(line)
    return dict(found)


def with_cookie(answer, **more) -> dict:
    """The headers of the page's next request; the client keeps no cookies by itself."""
    [name] = [name for name in cookies(answer) if name.endswith("hoithi-session")]
    return PAGE | {"Cookie": f"other=1; {name}={cookies(answer)[name].value}"} | more


@pytest.fixture
def page(doors):
    """The doors as a browser's page meets them, without the client's own cookie jar: paths differ behind nginx."""

    def ask(path, body=None, headers=PAGE):
        doors.cookies.clear()
        return doors.post(f"/session/{path}", headers=headers, **({"json": body} if body else {}))

    return ask


@pytest.fixture
def signed_in(joined, page):
    """`signed_in(device)`: the answer to somebody who joined before and signs in on the page."""

    def enter(device=OWN, headers=PAGE):
        phone = joined()["user"]["phone"]
        return page("sign-in", {"identifier": phone, "password": PASSWORD, "device": device}, headers)

    return enter


def refresh(page, before, **more):
    return page("refresh", headers=with_cookie(before, **more))


def test_the_refresh_token_is_in_a_cookie_that_only_these_doors_are_sent_and_no_script_reads(signed_in):
    answer = signed_in()
    session = cookies(answer)["hoithi-session"]
    assert (session["httponly"], session["samesite"], session["path"]) == (True, "Strict", PATH)
    assert "refresh_token" not in answer.json() and session.value not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_scripts_may_know_that_there_is_a_session_and_on_whose_device(signed_in):
    sign = cookies(signed_in(SHARED))["hoithi-device"]
    assert (sign.value, sign["httponly"], sign["path"], sign["samesite"]) == ("shared", "", "/", "Strict")


def test_over_tls_the_cookies_never_travel_without_it(signed_in, page):
    answer = signed_in(headers=PAGE | TLS)
    assert set(cookies(answer)) == {"__Secure-hoithi-session", "hoithi-device"}
    assert all(cookie["secure"] for cookie in cookies(answer).values())
    assert refresh(page, answer, **TLS).status_code == 200


def test_on_an_own_device_the_session_outlives_the_browser_for_30_days(signed_in):
    kept = {cookie["max-age"] for cookie in cookies(signed_in(OWN)).values()}
    assert kept == {str(30 * 24 * 3600)}


@pytest.mark.parametrize("device", ["shared", "assisted"])
def test_on_a_device_of_others_the_session_ends_with_the_browser(signed_in, device):
    assert {cookie["max-age"] for cookie in cookies(signed_in(device)).values()} == {""}


@pytest.mark.parametrize("device", ["shared", "assisted"])
def test_on_a_device_of_others_the_session_ends_without_use(signed_in, page, database, device):
    answer = signed_in(device)
    database["sessions"].update_many({"device": device}, {"$set": {"expires_at": clock.now()}})
    assert refresh(page, answer).status_code == 401


def test_who_joins_on_the_page_is_signed_in(province, page, application):
    answer = page("join", application() | {"device": "assisted"})
    assert (answer.status_code, answer.json()["device"]) == (201, "assisted")
    assert refresh(page, answer).json()["user"] == answer.json()["user"]


def test_the_cookie_gives_a_new_access_token_and_a_new_cookie(signed_in, page, doors, bearer):
    first = signed_in()
    second = refresh(page, first)
    assert cookies(second)["hoithi-session"].value != cookies(first)["hoithi-session"].value
    assert doors.get("/me", headers=bearer(second.json())).status_code == 200


def test_a_cookie_whose_successor_was_lost_is_good_until_that_is_used(signed_in, page, database):
    """A phone that slept for hours after the answer was lost."""
    first = signed_in()
    refresh(page, first)
    database["sessions"].update_many({}, [{"$set": {"used_at": {"$subtract": ["$used_at", 5 * 3600 * 1000]}}}])
    second = refresh(page, first)
    assert second.status_code == 200
    assert refresh(page, second).status_code == 200


def test_a_cookie_from_before_the_last_one_ends_the_session(signed_in, page):
    first = signed_in()
    second = refresh(page, first)
    third = refresh(page, second)
    assert refresh(page, first).status_code == 401
    assert refresh(page, third).status_code == 401


def test_signing_out_ends_the_session_and_takes_the_cookies(signed_in, page):
    answer = signed_in()
    left = page("sign-out", headers=with_cookie(answer))
    assert left.status_code == 204
    assert {(cookie.value, cookie["max-age"]) for cookie in cookies(left).values()} == {("", "0")}
    assert refresh(page, answer).status_code == 401


def test_signing_out_without_a_session_is_quiet(doors, page):
    assert page("sign-out").status_code == 204
    assert page("sign-out", headers=PAGE | {"Cookie": "hoithi-session=nonsense"}).status_code == 204


def test_the_session_before_ends_when_somebody_signs_in_in_its_place(joined, signed_in, page):
    before = signed_in()
    body = {"identifier": joined()["user"]["phone"], "password": PASSWORD, "device": "own"}
    assert page("sign-in", body, with_cookie(before)).status_code == 200
    assert refresh(page, before).status_code == 401


def test_a_wrong_password_leaves_the_session_before_alone(joined, signed_in, page):
    before = signed_in()
    body = {"identifier": joined()["user"]["phone"], "password": "wrong-password", "device": "own"}
    assert page("sign-in", body, with_cookie(before)).status_code == 401
    assert refresh(page, before).status_code == 200


@pytest.mark.parametrize("path", ["join", "sign-in", "refresh", "sign-out"])
@pytest.mark.parametrize(
    "forged",
    [
        {"X-Hoithi-Page": "0"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://contest.example", "Host": "contest.example", **TLS},
    ],
)
def test_what_the_page_did_not_send_is_refused_and_changes_nothing(signed_in, page, application, path, forged):
    answer = signed_in()
    bodies = {"join": application() | {"device": "own"}, "sign-in": {"identifier": "x", "password": PASSWORD, "device": "own"}}
    refused = page(path, bodies.get(path), with_cookie(answer, **forged))
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/not-from-the-page")
    assert cookies(refused) == {}
    assert refresh(page, answer).status_code == 200


def test_a_form_of_another_site_signs_nobody_in_and_out(signed_in, doors):
    answer = signed_in()
    form = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": with_cookie(answer)["Cookie"]}
    for path, status in (("sign-in", 415), ("join", 415), ("refresh", 403), ("sign-out", 403)):
        assert doors.post(f"/session/{path}", content=b"identifier=a&password=b", headers=form).status_code == status


def test_the_page_itself_is_let_in(signed_in, page):
    own = {"Origin": "https://contest.example", "Host": "contest.example", "Sec-Fetch-Site": "same-origin"}
    assert refresh(page, signed_in(), **own).status_code == 200
    assert refresh(page, signed_in(headers=PAGE | TLS), **own, **TLS).status_code == 200


def test_forged_requests_and_sessions_are_counted_without_persons(signed_in, page, doors):
    signed_in("assisted")
    page("refresh", headers={"X-Hoithi-Page": "no"})
    shown = doors.get("/metrics").text
    assert 'hoithi_registration_page_sessions_total{device="assisted"}' in shown
    assert "hoithi_registration_forged_requests_total" in shown


def test_the_other_doors_take_no_cookie(signed_in, doors):
    answer = signed_in()
    doors.cookies.clear()
    assert doors.get("/me", headers=with_cookie(answer)).status_code == 401
    assert doors.post("/sign-out", headers=with_cookie(answer)).status_code == 401
