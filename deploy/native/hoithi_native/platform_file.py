"""home/platform.json: how the `hoithi` command and a person reach a running platform."""

import json

from hoithi_native.credentials import ACCOUNTS, SERVICES
from hoithi_native.rendering import write

NAME = "platform.json"


def identifier(account):
    """The demo accounts sign in by e-mail; the mail page shows what is sent to them."""
    return f"{account}@hoithi.example"


def write_platform_file(instance):
    """Addresses, the operator's way to broker and databases, the demo accounts; for the owner alone."""
    text = json.dumps(_content(instance), indent=2, ensure_ascii=False) + "\n"
    write(instance.folders.home / NAME, text)
    return instance.folders.home / NAME


def read_platform_file(home):
    """What write_platform_file wrote, or an empty mapping."""
    file = home / NAME
    return json.loads(file.read_text()) if file.exists() else {}


def _content(instance):
    return {
        "front_url": instance.front_url,
        "mail_url": instance.mail_url,
        "prometheus_url": instance.prometheus_url,
        "health_urls": {process.name: f"http://127.0.0.1:{process.port}/health" for process in instance.processes},
        "amqp_operator_uri": instance.amqp_uri("operator"),
        "mongo_uris": {service: instance.mongo_uri(service) for service in SERVICES},
        "mongo_admin_uri": instance.mongodb.admin_uri(),
        "front_port": instance.ports.front,
        "base_port": instance.ports.base,
        "accounts": {
            account: {"identifier": identifier(account), "password": instance.secret(f"{account}-password")}
            for account in ACCOUNTS
        },
    }
