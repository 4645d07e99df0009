"""docker-compose.yml says the same as deploy/processes.yml, and both say it correctly."""

import shlex
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

import pytest
import yaml

from hoithi_native import settings, shared_files
from hoithi_native.mongodb import OPTIONS
from hoithi_native.processes import KINDS, services

ROOT = Path(__file__).parents[2]
TOOLS = Path(sys.executable).parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
PROCESSES = [(service, kind) for service in services() for kind in KINDS]
DOCKERFILES = sorted([*ROOT.glob("services/*/Dockerfile"), *ROOT.glob("deploy/*/Dockerfile")])


def run(*command):
    return subprocess.run([str(word) for word in command], cwd=ROOT, capture_output=True, text=True)


def test_compose_files_follow_the_specification():
    files = ("docker-compose.yml", "deploy/compose/operator.yml")
    result = run(TOOLS / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", *files)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("service, kind", PROCESSES)
def test_a_container_runs_the_command_of_the_process_table(service, kind):
    container = COMPOSE["services"][f"{service}-{kind}"]
    assert container["command"] == shlex.split(services()[service][kind]["command"])
    assert container["build"]["dockerfile"] == f"{services()[service]['package']}/Dockerfile"


@pytest.mark.parametrize("service, kind", PROCESSES)
def test_a_container_gets_every_setting_of_the_process_table(service, kind, tmp_path):
    shared_files.write_secrets(tmp_path)
    secret = (tmp_path / service / "settings.env").read_text()
    given = {line.partition("=")[0] for line in secret.splitlines()} | set(environment(service, kind))
    common = {"HOITHI_AMQP_URI", "HOITHI_MONGO_URI", "HOITHI_HOST", "HOITHI_PORT", "HOITHI_LOG_LEVEL"}
    assert given == common | set(services()[service]["settings"])


def test_what_an_operator_may_tune_has_one_default():
    native = settings.STARTS_PER_SECOND
    assert environment("exam", "doors")["HOITHI_STARTS_PER_SECOND"] == f"${{HOITHI_STARTS_PER_SECOND:-{native}}}"
    config = (ROOT / "services/exam/config.yml").read_text()
    assert f"STARTS_PER_SECOND: ${{HOITHI_STARTS_PER_SECOND:{native}}}\n" in config
    approval = settings.BANK_APPROVAL
    assert environment("exam", "doors")["HOITHI_BANK_APPROVAL"] == f"${{HOITHI_BANK_APPROVAL:-{approval}}}"
    assert f"BANK_APPROVAL: ${{HOITHI_BANK_APPROVAL:{approval}}}\n" in config


def test_registration_hashes_in_large_pages():
    assert environment("registration", "doors")["GLIBC_TUNABLES"] == settings.LARGE_PAGES


def test_a_deployment_wants_second_factor_and_four_eyes_and_a_demonstration_says_so_when_it_does_not():
    assert environment("registration", "doors")["HOITHI_SECOND_FACTOR"] == "${HOITHI_SECOND_FACTOR:-organiser operator}"
    for service in ("exam", "scoring"):
        assert environment(service, "doors")["HOITHI_FOUR_EYES"] == "${HOITHI_FOUR_EYES:-official keys}"
        assert "FOUR_EYES: ${HOITHI_FOUR_EYES:official keys}\n" in (ROOT / f"services/{service}/config.yml").read_text()
    assert settings.DEMONSTRATION == "none"


def environment(service, kind):
    return COMPOSE["services"][f"{service}-{kind}"]["environment"]


@pytest.mark.parametrize("service, kind", PROCESSES)
def test_a_container_listens_where_nginx_and_prometheus_look(service, kind):
    assert environment(service, kind)["HOITHI_PORT"] == str(shared_files.PORT)
    assert environment(service, kind)["HOITHI_HOST"] == "0.0.0.0"


@pytest.mark.parametrize("service, kind", PROCESSES)
def test_a_container_sees_its_own_secrets_alone(service, kind):
    assert COMPOSE["services"][f"{service}-{kind}"]["volumes"] == [f"secrets-{service}:/run/hoithi:ro"]


def test_only_nginx_is_published():
    published = [name for name, container in COMPOSE["services"].items() if container.get("ports")]
    assert published == ["nginx"]


def test_images_are_pinned_to_a_minor_version():
    images = [c["image"] for c in COMPOSE["services"].values() if "build" not in c]
    assert all("." in image.rpartition(":")[2] for image in images), images


def test_settings_with_shell_characters_would_be_quoted(tmp_path):
    shared_files.write_secrets(tmp_path)
    script = ROOT / "deploy" / "compose" / "with-settings.sh"
    settings = tmp_path / "exam" / "settings.env"
    shown = subprocess.run(
        [script, "printenv", "HOITHI_MONGO_URI"],
        env={"PATH": "/usr/bin:/bin", "HOITHI_SETTINGS": str(settings)},
        capture_output=True,
        text=True,
    )
    assert shown.stdout.strip().endswith(f"&authSource=exam&{urlencode(OPTIONS)}")


@pytest.mark.parametrize("dockerfile", DOCKERFILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_dockerfiles_pass_the_linter(dockerfile):
    result = run(TOOLS / "hadolint", dockerfile)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("service", services())
def test_an_image_of_a_service_has_a_user_a_health_check_and_no_shell_command(service):
    text = (ROOT / services()[service]["package"] / "Dockerfile").read_text()
    lines = text.splitlines()
    assert "USER 10001" in lines
    assert "HEALTHCHECK" in text
    command = next(line for line in lines if line.startswith("CMD "))
    assert yaml.safe_load(command[4:]) == shlex.split(services()[service]["doors"]["command"])
    assert "requirements.lock" in text


def test_rendered_files_for_compose_are_up_to_date(tmp_path):
    shared_files.render(tmp_path)
    for file in ("nginx/compose.conf", "prometheus/prometheus.yml"):
        assert (tmp_path / file).read_text() == (ROOT / "deploy" / file).read_text(), (
            f"{file} is old: run .venv/bin/python -m hoithi_native render-shared"
        )
