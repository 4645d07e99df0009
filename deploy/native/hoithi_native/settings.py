"""The HOITHI_* environment of one process, as processes.yml asks for it."""

import os
import re

from hoithi_native import web_build
from hoithi_native.layout import REPOSITORY
from hoithi_native.platform_file import identifier
from hoithi_native.processes import services
from hoithi_native.trouble import Trouble

_NAMES = re.compile(r"\$\{(HOITHI_\w+)")
MAIL_FROM = "hoithi <no-reply@hoithi.example>"
STARTS_PER_SECOND = "250"
LARGE_PAGES = "glibc.malloc.hugetlb=1"
DEMONSTRATION = "none"
"""`make up`, rehearsals, tests: no second factor and no second person, unless the environment says otherwise."""
BANK_APPROVAL = "required"


def environment(instance, service, port):
    """Common settings and the service's own ones; what is no secret the caller's environment may override."""
    common = {
        "HOITHI_AMQP_URI": instance.amqp_uri(service),
        "HOITHI_MONGO_URI": instance.mongo_uri(service),
        "HOITHI_HOST": "127.0.0.1",
        "HOITHI_PORT": str(port),
        "HOITHI_LOG_LEVEL": os.environ.get("HOITHI_LOG_LEVEL", "WARNING"),
    }
    own = {name: _setting(instance, name) for name in services()[service]["settings"]}
    return {**_tuned(service), **common, **own}


def _tuned(service):
    """What the caller sets among the settings that have a default in the service's config.yml."""
    config = REPOSITORY / services()[service]["package"] / "config.yml"
    known = _NAMES.findall(config.read_text()) if config.exists() else ()
    return {name: os.environ[name] for name in known if name in os.environ}


def _setting(instance, name):
    if name in os.environ and name not in _MADE:
        return os.environ[name]
    if name in _SETTINGS:
        return _SETTINGS[name](instance)
    raise Trouble(f"processes.yml asks for {name}: set it, or teach deploy/native settings.py how to make it")


_SECRET = {
    "HOITHI_TOKEN_KEYS": lambda instance: instance.secret_file("token-keys.json"),
    "HOITHI_TOKEN_SIGNING_KEY": lambda instance: instance.secret_file("token-signing-key.pem"),
    "HOITHI_RECEIPT_KEY": lambda instance: instance.secret_file("receipt-key.pem"),
    "HOITHI_RESULTS_KEY": lambda instance: instance.secret_file("results-key.pem"),
    "HOITHI_RESULTS_KEYS": lambda instance: instance.secret_file("results-keys.json"),
    "HOITHI_OPERATOR_PASSWORD": lambda instance: instance.secret("operator-password"),
    "HOITHI_PSEUDONYM_SECRET": lambda instance: instance.secret("pseudonym-secret"),
    "HOITHI_SECOND_FACTOR_KEY": lambda instance: instance.secret("second-factor-key"),
}
# Given by the runner whatever the caller says; a theme may be named from where the caller stands.
_MADE = {**_SECRET, "HOITHI_THEME": lambda instance: str(web_build.theme_folder())}
_SETTINGS = {
    **_MADE,
    "HOITHI_SECOND_FACTOR": lambda instance: DEMONSTRATION,
    "HOITHI_FOUR_EYES": lambda instance: DEMONSTRATION,
    "GLIBC_TUNABLES": lambda instance: LARGE_PAGES,
    "HOITHI_STARTS_PER_SECOND": lambda instance: STARTS_PER_SECOND,
    "HOITHI_BANK_APPROVAL": lambda instance: BANK_APPROVAL,
    "HOITHI_OPERATOR_EMAIL": lambda instance: identifier("operator"),
    "HOITHI_SMTP_URL": lambda instance: f"smtp://127.0.0.1:{instance.ports.smtp}",
    "HOITHI_MAIL_FROM": lambda instance: MAIL_FROM,
    "HOITHI_PUBLIC_URL": lambda instance: instance.front_url,
    "HOITHI_SCORING_URL": lambda instance: f"{instance.front_url}/api/scoring",
}
