"""Sessions in a real browser: own, shared and a helper's device, tabs, forged requests; and what every answer carries."""

import re
import secrets
from http.cookies import SimpleCookie

import httpx
import pytest

PAGE = {"X-Hoithi-Page": "1"}
API_POLICY = "default-src 'none'; frame-ancestors 'none'"
ADDRESSES = [
    "/", "/sw.js", "/manifest.json", "/emblem.svg", "/assets/nothing.js", "/docs/", "/nothing", "/health",
    "/api/nothing", "/api/exam/contests", "/api/exam/attempts/a", "/api/exam/metrics", "/api/exam/openapi.json",
    "/api/registration/consents", "/api/registration/me", "/api/registration/units/none", "/api/registration/session/refresh",
    "/api/scoring/rounds/none", "/api/notify/openapi.json",
]  # fmt: skip


def test_on_the_own_device_a_person_is_still_signed_in_after_the_browser_was_closed(play, contest, newcomer, tmp_path):
    contest()
    play("own-device", account=newcomer(), folder=str(tmp_path))


def test_on_a_shared_device_the_session_ends_with_the_browser_and_without_use(play, newcomer, tmp_path):
    play("shared-device", account=newcomer(), folder=str(tmp_path))


def test_a_helper_lets_one_after_the_other_take_part_and_keeps_nothing_of_them(play, contest, newcomer):
    people = {name: newcomer() for name in ("helper", "account", "other")}
    play("assisted", contest=contest(), email=f"{secrets.token_hex(5)}@example.org", **people)


def test_a_renewal_that_comes_late_signs_nobody_in_again(play, newcomer):
    play("late-renewal", account=newcomer())


def test_two_tabs_that_need_new_tokens_at_once_both_get_them(play, contest, newcomer):
    contest()
    found = play("tabs-together", account=newcomer())
    assert min(found.values()) >= 6


def test_another_site_cannot_use_the_session(play, contest, newcomer):
    contest()
    assert play("forged", account=newcomer())["forged"] >= 2


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_answer_has_the_security_headers(front, method, path):
    headers = front.request(method, path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["permissions-policy"] == "camera=(), microphone=(), geolocation=()"
    assert "access-control-allow-origin" not in headers
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy or path == "/docs/"
    if path.startswith("/api/"):
        assert policy == API_POLICY


def test_the_scripts_of_a_build_have_the_security_headers_too(front):
    for script in re.findall(r'(?:src|href)="(/assets/[^"]+)"', front.get("/").text):
        assert front.get(script).headers["content-security-policy"] == front.get("/").headers["content-security-policy"]


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_cookies_are_as_strict_as_the_way_allows_also_through_the_front_door(platform, newcomer, scheme):
    account = newcomer()
    body = {"identifier": account["identifier"], "password": account["password"], "device": "own"}
    door = f"{platform.front_url}/api/registration/session/sign-in"
    answer = httpx.post(door, json=body, headers=PAGE | {"X-Forwarded-Proto": scheme}, timeout=30)
    assert answer.status_code == 200, answer.text
    [session, sign] = [next(iter(SimpleCookie(line).values())) for line in answer.headers.get_list("Set-Cookie")]
    assert bool(session["secure"]) == bool(sign["secure"]) == (scheme == "https")
    assert (session["httponly"], session["samesite"], session["path"]) == (True, "Strict", "/api/registration/session")
    assert session.key == ("__Secure-" if scheme == "https" else "") + "hoithi-session"


def test_the_page_is_let_in_from_its_own_origin_only(platform):
    door = f"{platform.front_url}/api/registration/session/refresh"
    for origin, status in ((platform.front_url, 401), ("http://evil.example", 403), ("null", 403)):
        assert httpx.post(door, headers=PAGE | {"Origin": origin}, timeout=30).status_code == status, origin
