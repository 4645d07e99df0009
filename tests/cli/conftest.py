import json

import pytest
from typer.testing import CliRunner

from cli.local_server import local_site
from hoithi_cli.main import app


@pytest.fixture
def site():
    with local_site() as made:
        yield made


@pytest.fixture
def alone(monkeypatch, tmp_path):
    """No platform of the developer's machine is found."""
    for name in ("HOITHI_URL", "HOITHI_IDENTIFIER", "HOITHI_PASSWORD", "HOITHI_OPERATOR_AMQP_URI"):
        monkeypatch.delenv(name, raising=False)
    empty = tmp_path / "none.json"
    empty.write_text("{}")
    monkeypatch.setenv("HOITHI_PLATFORM", str(empty))
    monkeypatch.setenv("LANG", "C.UTF-8")
    return monkeypatch


@pytest.fixture
def hoithi(alone):
    """Runs a command line; gives the result of typer's runner."""

    def run(*arguments):
        return CliRunner().invoke(app, [str(argument) for argument in arguments])

    return run


@pytest.fixture
def signed_in(site):
    """The site lets everybody sign in."""
    user = {"user_id": "u1", "roles": []}
    answer = {"user": user, "access_token": "a-token", "expires_in_s": 600, "refresh_token": "r"}
    site.on("POST", "/api/registration/sign-in", (200, answer))
    return ("--url", site.url, "--identifier", "me@example.org", "--password", "long enough")


@pytest.fixture
def document():
    """stdout holds exactly one JSON document: this one."""
    return lambda result: json.loads(result.stdout)
