import json

import pytest

from hoithi_cli import platform
from hoithi_cli.trouble import WrongUsage

CONTENT = {
    "front_url": "http://127.0.0.1:8090/",
    "amqp_operator_uri": "amqp://operator:pw-of-broker@127.0.0.1/",
    "accounts": {"operator": {"identifier": "operator@hoithi.example", "password": "pw-of-operator"}},
}


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.delenv("HOITHI_OPERATOR_AMQP_URI", raising=False)
    (tmp_path / ".hoithi").mkdir()
    path = tmp_path / ".hoithi" / "platform.json"
    path.write_text(json.dumps(CONTENT))
    return path


def test_the_file_is_found_from_a_folder_below(file):
    below = file.parent.parent / "a" / "b"
    below.mkdir(parents=True)
    assert platform.find(start=below).url == "http://127.0.0.1:8090"


def test_a_given_address_does_not_get_the_accounts_of_another_platform(file):
    found = platform.find(url="http://elsewhere.example", file=str(file))
    assert found.accounts == {}
    assert found.amqp_uri is None


def test_the_address_of_the_file_itself_keeps_its_accounts(file):
    assert platform.find(url="http://127.0.0.1:8090", file=str(file)).account("operator").password == "pw-of-operator"


def test_a_given_account_is_used_for_every_role(file):
    found = platform.find(file=str(file), identifier="me@example.org", password="p")
    assert {found.account(role).identifier for role in ("operator", "organiser", "officer", "participant")} == {"me@example.org"}


def test_a_known_identifier_needs_no_password(file):
    found = platform.find(file=str(file), identifier="operator@hoithi.example")
    assert found.account("organiser").password == "pw-of-operator"


def test_an_unknown_identifier_needs_a_password(file):
    with pytest.raises(WrongUsage, match="--password"):
        platform.find(file=str(file), identifier="me@example.org")


def test_a_missing_account_says_what_to_give(file):
    with pytest.raises(WrongUsage, match="no officer account.*--identifier"):
        platform.find(file=str(file)).account("officer")


def test_a_named_file_that_is_missing_is_wrong_usage(tmp_path):
    with pytest.raises(WrongUsage, match="cannot be read"):
        platform.find(file=str(tmp_path / "gone.json"))


def test_secrets_are_not_in_the_printed_form(file):
    shown = repr(platform.find(file=str(file)))
    assert "pw-of-operator" not in shown
    assert "pw-of-broker" not in shown
