"""The HOITHI_* environment of one process, as processes.yml asks for it."""

import os

from hoithi_native.processes import services
from hoithi_native.trouble import Trouble

MAIL_FROM = "hoithi <no-reply@hoithi.example>"


def environment(instance, service, port):
    """Common settings, the service's own ones, and any HOITHI_LOG_LEVEL of the caller."""
    common = {
        "HOITHI_AMQP_URI": instance.amqp_uri(service),
        "HOITHI_MONGO_URI": instance.mongo_uri(service),
        "HOITHI_HOST": "127.0.0.1",
        "HOITHI_PORT": str(port),
        "HOITHI_LOG_LEVEL": os.environ.get("HOITHI_LOG_LEVEL", "WARNING"),
    }
    own = {name: _setting(instance, name) for name in services()[service]["settings"]}
    return {**common, **own}


def _setting(instance, name):
    make = _SETTINGS.get(name)
    if make:
        return make(instance)
    if name in os.environ:
        return os.environ[name]
    raise Trouble(f"processes.yml asks for {name}: set it, or teach deploy/native settings.py how to make it")


_SETTINGS = {
    "HOITHI_TOKEN_KEYS": lambda instance: instance.secret_file("token-keys.json"),
    "HOITHI_TOKEN_SIGNING_KEY": lambda instance: instance.secret_file("token-signing-key.pem"),
    "HOITHI_RECEIPT_KEY": lambda instance: instance.secret_file("receipt-key.pem"),
    "HOITHI_OPERATOR_PASSWORD": lambda instance: instance.secret("operator-password"),
    "HOITHI_PSEUDONYM_SECRET": lambda instance: instance.secret("pseudonym-secret"),
    "HOITHI_SMTP_URL": lambda instance: f"smtp://127.0.0.1:{instance.ports.smtp}",
    "HOITHI_MAIL_FROM": lambda instance: MAIL_FROM,
    "HOITHI_PUBLIC_URL": lambda instance: instance.front_url,
}
