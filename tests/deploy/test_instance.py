"""A real instance: engines, front door and mail run, obey the supervisor and leave nothing behind."""

import json
import os
import smtplib
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from email.message import EmailMessage
from pathlib import Path

import pytest
from kombu import Connection, Queue
from pymongo import MongoClient
from pymongo.errors import OperationFailure

from hoithi_native import Trouble
from hoithi_native.platform_file import write_platform_file
from hoithi_native.testing import free_instance

LOOPBACK = {"0100007F", "00000000000000000000000001000000"}  # 127.0.0.1 and ::1


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """Everything but the services."""
    made = free_instance(tmp_path_factory.mktemp("running"))
    try:
        made.start_engines()
        made.start_mail()
        made.start_front()
        yield made
    finally:
        made.stop()


def get(url):
    """Status, headers and body, also of an error."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def test_a_second_start_restarts_nothing(running):
    before = running.pids()
    running.start_engines()
    running.start_front()
    assert running.pids() == before


def test_nginx_reads_a_changed_configuration_without_a_restart(running, eventually):
    before = running.pids()["nginx"]
    workers = children(before)
    running.surroundings.sign_in_rate += 1
    running.prepare()
    eventually(lambda: children(before) and not children(before) & workers)
    assert running.pids()["nginx"] == before


def children(pid):
    return set(Path(f"/proc/{pid}/task/{pid}/children").read_text().split())


def test_a_service_writes_into_its_own_database_only(running):
    with MongoClient(running.mongo_uri("exam")) as client:
        client.get_default_database().papers.insert_one({"_id": 1})
        with pytest.raises(OperationFailure):
            client["scoring"].scores.insert_one({"_id": 1})


def test_transactions_work_because_mongod_is_a_replica_set(running):
    with MongoClient(running.mongo_uri("exam")) as client, client.start_session() as session:
        rounds = client.get_default_database().rounds
        session.with_transaction(lambda session: rounds.insert_one({}, session=session))
        assert rounds.count_documents({}) == 1


def test_a_service_declares_its_own_queues_only(running):
    with Connection(running.amqp_uri("exam")) as connection:
        Queue("exam.try", queue_arguments={"x-queue-type": "quorum"}, channel=connection.channel()).declare()
        with pytest.raises(connection.channel_errors):
            Queue("scoring.try", channel=connection.channel()).declare()


def test_reset_data_leaves_no_document_and_no_queue(running):
    with MongoClient(running.mongo_uri("notify")) as client:
        client.get_default_database().deliveries.insert_one({})
        running.reset_data()
        assert client.get_default_database().list_collection_names() == []
    assert "exam.try" not in running.rabbitmq.control("list_queues", "-p", "hoithi", "name")


def test_a_killed_engine_comes_back(running, eventually):
    before = running.pids()["mongod"]
    running.supervise("kill", "mongod")
    eventually(lambda: running.pids().get("mongod") not in (None, before))
    with MongoClient(running.mongo_uri("exam"), serverSelectionTimeoutMS=15000) as client:
        assert client.get_default_database().papers.find_one({}) is None


def test_everything_listens_on_the_loopback_only(running):
    ports = {running.ports.front, *range(running.ports.base + 1, running.ports.base + 9)}
    assert {address for port in ports for address in listening_addresses(port)} <= LOOPBACK


def listening_addresses(port):
    """Local addresses as /proc writes them; zeros alone would be every interface."""
    tables = [Path("/proc/net/tcp"), Path("/proc/net/tcp6")]
    rows = [line.split() for table in tables if table.exists() for line in table.read_text().splitlines()[1:]]
    return [row[1].split(":")[0] for row in rows if row[3] == "0A" and int(row[1].split(":")[1], 16) == port]


def test_a_mail_can_be_read_on_the_mail_page(running):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@hoithi.example", "b@hoithi.example", "Kết quả tuần 1"
    mail.set_content("Chúc mừng!")
    with smtplib.SMTP("127.0.0.1", running.ports.smtp) as server:
        server.send_message(mail)
    received = json.loads(get(f"{running.mail_url}/email")[2])
    assert [entry["subject"] for entry in received] == ["Kết quả tuần 1"]
    assert b"MailDev" in get(running.mail_url)[2]


def test_the_front_door_shows_pages_and_api_description(running):
    assert get(f"{running.front_url}/")[0] == 200
    assert b"swagger-ui" in get(f"{running.front_url}/docs/")[2]
    assert b"/openapi.json" in get(f"{running.front_url}/docs/swagger-initializer.js")[2]


def test_the_front_door_sets_security_headers_and_hides_its_version(running):
    _, headers, _ = get(f"{running.front_url}/")
    assert headers["Server"] == "nginx"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert len(headers["X-Request-Id"]) == 32


def test_mongodb_keeps_no_history(running):
    with running.mongodb.admin() as client:
        assert client.admin.command("getParameter", minSnapshotHistoryWindowInSeconds=1)["minSnapshotHistoryWindowInSeconds"] == 0


@pytest.mark.parametrize("path", ["/", "/desk/", "/api/exam/contests", "/api/nothing"])
def test_who_came_by_tls_is_told_to_come_by_tls_only(running, path):
    def told(scheme: str) -> str | None:
        request = urllib.request.Request(running.front_url + path, headers={"X-Forwarded-Proto": scheme})
        try:
            return urllib.request.urlopen(request).headers["Strict-Transport-Security"]
        except urllib.error.HTTPError as refusal:
            return refusal.headers["Strict-Transport-Security"]

    assert (told("https"), told("http")) == ("max-age=31536000", None)


def test_the_callers_request_id_is_kept_when_it_is_well_formed(running):
    request = urllib.request.Request(f"{running.front_url}/", headers={"X-Request-Id": "abc-12345"})
    assert urllib.request.urlopen(request).headers["X-Request-Id"] == "abc-12345"


@pytest.mark.parametrize("path", ["/api/exam/metrics", "/api/exam/health", "/api/exam//metrics", "/api/exam/%6detrics", "/api/x"])
def test_what_is_for_operators_is_not_reachable_from_outside(running, path):
    status, headers, body = get(running.front_url + path)
    assert (status, json.loads(body)["status"]) == (404, 404)
    assert headers["Content-Type"] == "application/problem+json"


def test_a_service_that_is_away_is_a_problem_document(running):
    status, headers, body = get(f"{running.front_url}/api/scoring/results")
    assert (status, json.loads(body)["status"]) == (502, 502)
    assert headers["Content-Type"] == "application/problem+json"
    assert headers["Retry-After"] in "12345"


@pytest.mark.parametrize("path, megabytes, status", [("/attempts", 2, 413), ("/banks", 2, 502), ("/banks", 13, 413)])
def test_a_body_may_have_one_megabyte_and_a_question_bank_twelve(running, path, megabytes, status):
    request = urllib.request.Request(f"{running.front_url}/api/exam{path}", data=bytes(megabytes << 20))
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    assert json.loads(refused.value.read())["status"] == refused.value.code == status


def test_two_hundred_people_of_one_address_may_join_at_once(running):
    statuses = {get_post(f"{running.front_url}/api/registration/join") for _ in range(200)}
    assert statuses == {502}  # the service is not there, the door let everybody through


def get_post(url):
    return get(urllib.request.Request(url, data=b"{}"))[0]


def test_prometheus_watches_every_process_and_the_broker(running, eventually):
    wanted = {"exam-doors", "scoring-worker", "rabbitmq", "rabbitmq-queues"}
    eventually(lambda: wanted <= watched_jobs(running))


def watched_jobs(running):
    targets = json.loads(get(f"{running.prometheus_url}/api/v1/targets")[2])["data"]["activeTargets"]
    return {target["labels"]["job"] for target in targets}


def test_the_platform_file_is_for_the_owner_alone(running):
    file = write_platform_file(running)
    assert file.stat().st_mode & 0o777 == 0o600
    known = json.loads(file.read_text())
    assert known["accounts"]["operator"]["password"] == running.secret("operator-password")
    services = ("registration", "exam", "scoring", "notify", "emulation")
    assert known["mongo_uris"] == {name: running.mongo_uri(name) for name in services}


def test_a_taken_port_is_named_with_its_holder_and_the_way_out(tmp_path):
    other = free_instance(tmp_path)
    with socket.create_server(("127.0.0.1", other.ports.mongo)), pytest.raises(Trouble) as trouble:
        other.start_engines()
    assert f"port {other.ports.mongo}, wanted by mongod" in str(trouble.value)
    assert f"pid {os.getpid()}" in str(trouble.value)
    assert "HOITHI_BASE_PORT" in str(trouble.value)


def test_stop_leaves_no_process_behind(tmp_path):
    instance = free_instance(tmp_path)
    instance.start_engines()
    marked = instance.supervisor.leftovers()
    assert set(instance.pids().values()) <= set(marked)
    instance.stop()
    assert instance.supervisor.leftovers() == []
    assert [pid for pid in marked if Path(f"/proc/{pid}/exe").exists()] == []
    assert instance.status() == {}


def test_an_instance_ends_when_its_test_run_is_killed(tmp_path, eventually):
    code = (
        "import sys, pathlib, os; from hoithi_native.testing import free_instance\n"
        "instance = free_instance(pathlib.Path(sys.argv[1])); instance.prepare()\n"
        "instance.start_mail(); print(instance.pids()['maildev'], flush=True); os.kill(os.getpid(), 9)"
    )
    result = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True)
    pid = int(result.stdout)
    eventually(lambda: not Path(f"/proc/{pid}/exe").exists())
