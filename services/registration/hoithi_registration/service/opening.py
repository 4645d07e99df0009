"""What doors and worker are given when the process starts."""

from importlib.resources import files

import yaml

from hoithi_bus import clock
from hoithi_bus.settings import need
from hoithi_registration.domain import contact
from hoithi_registration.domain.consent import Purpose
from hoithi_registration.handlers import accounts
from hoithi_registration.service.passwords import open_passwords
from hoithi_registration.storage import open_storage


def open_purposes(config: dict) -> list[Purpose]:
    """What people are asked to agree to: the last version of each purpose in consents.yml."""
    return [_purpose(one) for one in yaml.safe_load(files("hoithi_registration").joinpath("consents.yml").read_text("utf-8"))]


def open_first_operator(config: dict) -> str:
    """Make sure that somebody can sign in to a new installation; returns the e-mail address."""
    how = "It is the first operator's password on a new installation, 8 to 128 characters; `make up` makes one."
    password, email = need(config, "OPERATOR_PASSWORD", how), contact.email_address(config["operator_email"])
    storage = open_storage(config)
    accounts.ensure_first_operator(storage, open_passwords(config), email, password, clock.now())
    storage.close()
    return email


def _purpose(one: dict) -> Purpose:
    latest = one["versions"][-1]
    return Purpose(one["purpose"], latest["version"], one["required"], {language: latest[language] for language in ("vi", "en")})
