"""What the runner renders is accepted by the programs that read it."""

import shutil
import subprocess
from pathlib import Path

import pytest

from hoithi_native import Instance

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """Rendered, nothing started."""
    instance = Instance(tmp_path_factory.mktemp("prepared"), front_port=19990, base_port=19900)
    instance.prepare()
    return instance


def accepts(*command):
    result = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


def nginx():
    return shutil.which("nginx", path="/usr/sbin:/usr/bin")


def test_nginx_accepts_the_native_configuration(prepared):
    accepts(nginx(), "-t", "-q", "-e", "stderr", "-p", prepared.folders.home, "-c", prepared.folders.etc / "nginx.conf")


def test_nginx_accepts_the_configuration_for_compose(tmp_path):
    """Names are resolved when nginx of the container runs (1.27.3 and later); Debian's cannot: addresses stand in."""
    text = (ROOT / "deploy/nginx/compose.conf").read_text()
    text = (
        text.replace(" resolve;", ";")
        .replace("-doors:8000", ".localhost:8000")
        .replace("user nginx;", "")
        .replace("/tmp/polled", str(tmp_path / "polled"))
    )
    for service in ("registration", "exam", "scoring", "notify", "emulation"):
        text = text.replace(f"server {service}.localhost", "server 127.0.0.1")
    config = tmp_path / "nginx.conf"
    config.write_text(f"pid {tmp_path}/pid;\n{text}")
    accepts(nginx(), "-t", "-q", "-e", "stderr", "-p", tmp_path, "-c", config)


def test_prometheus_accepts_configuration_and_alerts(prepared):
    accepts("promtool", "check", "config", prepared.folders.etc / "prometheus.yml")
    accepts("promtool", "check", "rules", ROOT / "deploy/prometheus/alerts.yml")


def test_alerts_fire_when_they_should():
    accepts("promtool", "test", "rules", ROOT / "tests/deploy/alerts_test.yml")


def test_prometheus_of_compose_differs_only_in_where_it_looks(tmp_path):
    text = (ROOT / "deploy/prometheus/prometheus.yml").read_text()
    shutil.copy(ROOT / "deploy/prometheus/alerts.yml", tmp_path)
    (tmp_path / "prometheus.yml").write_text(text.replace("/etc/prometheus/alerts.yml", str(tmp_path / "alerts.yml")))
    accepts("promtool", "check", "config", tmp_path / "prometheus.yml")


def test_preparing_twice_changes_no_byte(prepared):
    before = content(prepared)
    prepared.prepare()
    assert content(prepared) == before


def content(instance):
    files = [path for path in instance.folders.home.rglob("*") if path.is_file()]
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def test_secrets_are_readable_by_the_owner_alone(prepared):
    secrets = list(prepared.folders.secrets.iterdir())
    assert secrets
    assert {path.stat().st_mode & 0o777 for path in secrets} == {0o600}
    assert prepared.folders.home.stat().st_mode & 0o077 == 0


def test_files_that_hold_passwords_are_readable_by_the_owner_alone(prepared):
    for name in ("supervisord.conf", "rabbitmq/definitions.json"):
        assert (prepared.folders.etc / name).stat().st_mode & 0o077 == 0


def test_every_service_has_a_user_of_its_own(prepared):
    services = ("registration", "exam", "scoring", "notify", "emulation")
    assert len({prepared.mongo_uri(service) for service in services}) == 5
    assert len({prepared.amqp_uri(service) for service in services}) == 5


def test_a_service_gets_no_secret_of_another(prepared):
    exam = prepared.env("exam", 1)
    assert "HOITHI_TOKEN_SIGNING_KEY" not in exam
    assert "HOITHI_OPERATOR_PASSWORD" not in exam
    assert prepared.secret("mongo-registration") not in str(exam)
