"""What the front door lets in, keeps out, and says."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SERVICES = ("registration", "exam", "scoring", "notify", "emulation")
PROBLEM = "application/problem+json"
DEMO_CONTEST = "cong-dan-so-trinh-dien"


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_shows_its_openapi_document(front, service):
    document = front.get(f"/api/{service}/openapi.json").json()
    assert document["openapi"] == "3.1.0"
    assert document["servers"] == [{"url": f"/api/{service}"}]
    assert len(document["paths"]) >= 4
    page = front.get("/docs/")
    assert page.status_code == 200 and "swagger" in page.text.lower()


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("door", ["metrics", "health"])
def test_metrics_and_health_of_services_are_not_for_outside(front, service, door):
    assert front.get(f"/api/{service}/{door}").status_code == 404


def test_two_replicas_of_every_service_answer(platform, front):
    running = platform.pids()
    for service in SERVICES:
        for kind in ("doors", "worker"):
            assert {f"{service}-{kind}-0", f"{service}-{kind}-1"} <= set(running)
    for process in platform.processes:
        health = front.get(f"http://127.0.0.1:{process.port}/health")
        assert health.json()["status"] == "ok", health.text


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"identifier": {"$gt": ""}, "password": "x"}, "identifier"),
        ({"identifier": "a@b.vn", "password": {"$ne": None}}, "password"),
        ({"identifier": "a\u0000b", "password": "x"}, "identifier"),
        ({"identifier": "a@b.vn", "password": "x", "role": "operator"}, "role"),
        ({"identifier": ["a"], "password": "x"}, "identifier"),
    ],
)
def test_bad_input_is_told_with_its_field_in_the_persons_language(front, demo, body, field):
    vietnamese = front.post("/api/registration/sign-in", json=body)
    english = front.post("/api/registration/sign-in", json=body, headers={"Accept-Language": "en"})
    assert vietnamese.status_code == english.status_code == 422
    assert vietnamese.headers["content-type"] == PROBLEM
    assert field in {error["field"] for error in vietnamese.json()["errors"]}
    assert vietnamese.json()["title"] != english.json()["title"]


def test_a_body_over_a_megabyte_is_refused_at_the_door(front):
    answer = front.post("/api/registration/sign-in", content=b"x" * (2**20 + 1), headers={"Content-Type": "application/json"})
    assert answer.status_code == 413 and answer.headers["content-type"] == PROBLEM


def test_an_unknown_address_is_a_problem_too(front):
    answer = front.get("/api/nothing/here")
    assert answer.status_code == 404 and answer.headers["content-type"] == PROBLEM


def test_someone_elses_attempt_is_refused_and_unchanged(front, sign_in, demo):
    owner, other = sign_in("participant"), sign_in("officer")
    round_id = f"{DEMO_CONTEST}-w1"
    paper = front.post(f"/api/exam/rounds/{round_id}/attempts", headers=owner)
    assert paper.status_code in (200, 201), paper.text
    attempt_id = paper.json()["attempt_id"]
    for answer in (
        front.get(f"/api/exam/attempts/{attempt_id}", headers=other),
        front.put(f"/api/exam/attempts/{attempt_id}/answers", json={"answers": {"1": "A"}}, headers=other),
        front.post(f"/api/exam/attempts/{attempt_id}/submit", json={"answers": {}}, headers=other),
    ):
        assert answer.status_code in (403, 404), answer.text
    assert front.get(f"/api/exam/attempts/{attempt_id}", headers=owner).json()["answers"] == {}
    wrong = front.put(f"/api/exam/attempts/{attempt_id}/answers", json={"answers": {"999": "A"}}, headers=owner)
    assert wrong.status_code == 422 and wrong.json()["errors"][0]["field"] == "answers.999"


def test_a_person_who_joins_gets_one_welcome_mail_in_vietnamese(front, platform, demo, eventually):
    unit = front.get("/api/registration/units", params={"q": "xa", "kind": "commune", "limit": 1}).json()["units"][0]["id"]
    consents = front.get("/api/registration/consents").json()["purposes"]
    required = [{"purpose": consent["purpose"], "version": consent["version"]} for consent in consents if consent.get("required")]
    body = {
        "name": "Vàng Thị Mỷ", "birth_date": "1990-05-17", "email": "vang.thi.my@example.org", "password": "mat-khau-rat-dai-1",
        "division": "citizens", "unit_id": unit, "consents": required,
    }  # fmt: skip
    assert front.post("/api/registration/join", json=body).status_code == 201
    mails = eventually(lambda: mails_to(front, platform, "vang.thi.my@example.org"))
    assert len(mails) == 1
    assert "Vàng Thị Mỷ" in json.dumps(mails[0], ensure_ascii=False)
    assert front.post("/api/registration/join", json=body).status_code == 409


def mails_to(front, platform, address: str) -> list[dict]:
    return [mail for mail in front.get(f"{platform.mail_url}/email").json() if any(to["address"] == address for to in mail["to"])]


@pytest.fixture(scope="module")
def generated(platform, sign_in, tmp_path_factory):
    """`generated(service)`: exit code and output of schemathesis. That of the next service runs beside it, on another core."""
    told, running = tmp_path_factory.mktemp("generated"), {}

    def begin(service):
        with (told / service).open("w") as file:
            command, home = requests_of(service, platform, sign_in("operator")), platform.folders.home
            running[service] = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT, cwd=home)

    def run(service) -> tuple[int, str]:
        place = SERVICES.index(service)
        for each in SERVICES[place : place + 2]:
            if each not in running:
                begin(each)
        return running[service].wait(timeout=1200), (told / service).read_text()

    yield run
    for each in running.values():
        each.kill()
        each.wait()


def requests_of(service: str, platform, header: dict) -> list[str]:
    """schemathesis: it can make no workbooks and no sounds; doors that take nothing else have tests of their own."""
    return [
        str(Path(sys.executable).parent / "schemathesis"), "run", f"{platform.front_url}/api/{service}/openapi.json",
        "--checks", "not_a_server_error", "--max-examples", "15", "--phases", "examples,coverage,fuzzing", "--seed", "1",
        "--header", f"Authorization: {header['Authorization']}", "--request-timeout", "30", "--no-color",
        "--exclude-path-regex", "/(sheet|corrections|mend|sounds|files)$",
    ]  # fmt: skip


@pytest.mark.parametrize("service", SERVICES)
def test_no_input_of_the_documented_shape_breaks_a_service(service, generated):
    """Generated requests, as an organiser and operator, never end in a server error."""
    code, told = generated(service)
    assert code == 0, told[-8000:]
