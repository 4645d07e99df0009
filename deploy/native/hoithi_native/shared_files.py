"""What docker compose shares with the native runner: configuration and secrets."""

import json
import os

from hoithi_native import rendering
from hoithi_native.credentials import SERVICES, Credentials
from hoithi_native.layout import REPOSITORY
from hoithi_native.mongodb import OPTIONS, REPLICA_SET
from hoithi_native.processes import KINDS, services
from hoithi_native.rabbitmq import VHOST, broker_definitions
from hoithi_native.surroundings import DEFAULT_SIGN_IN_RATE, PROBLEMS, STARTS_AT_ONCE

PORT = 8000
DEPLOY = REPOSITORY / "deploy"
# Users inside the official images of MongoDB and RabbitMQ, and in our own Dockerfiles.
ENGINE_USER, OUR_USER = 999, 10001
_FILES = {
    "HOITHI_TOKEN_KEYS": "token-keys.json",
    "HOITHI_TOKEN_SIGNING_KEY": "token-signing-key.pem",
    "HOITHI_RECEIPT_KEY": "receipt-key.pem",
    "HOITHI_RESULTS_KEY": "results-key.pem",
    "HOITHI_RESULTS_KEYS": "results-keys.json",
}
_VALUES = {
    "HOITHI_OPERATOR_PASSWORD": "operator-password",
    "HOITHI_PSEUDONYM_SECRET": "pseudonym-secret",
    "HOITHI_SECOND_FACTOR_KEY": "second-factor-key",
}


def render(target=DEPLOY):
    """Writes nginx/compose.conf and prometheus/prometheus.yml below `target`."""
    rendering.render(
        "nginx/nginx.conf.j2",
        target / "nginx" / "compose.conf",
        native=False,
        listen=8080,
        services=_upstreams(),
        resolver="127.0.0.11",
        problems=PROBLEMS,
        sign_in_rate=DEFAULT_SIGN_IN_RATE,
        starts_at_once=STARTS_AT_ONCE,
        swagger="/srv/swagger",
        docs="/srv/docs",
        web="/srv/web",
        cache="/tmp/polled",
    )
    rendering.render(
        "prometheus/prometheus.yml.j2",
        target / "prometheus" / "prometheus.yml",
        native=False,
        rules="/etc/prometheus/alerts.yml",
        jobs=_jobs(),
        rabbitmq="rabbitmq:15692",
        prometheus="127.0.0.1:9090",
    )
    # Git keeps these two: they hold no secret, and a container must be able to read them.
    for file in ("nginx/compose.conf", "prometheus/prometheus.yml"):
        (target / file).chmod(0o644)


def write_secrets(folder):
    """`folder` gets `all/` (everything, for the operator) and one folder per container that mounts it.

    A second run changes nothing. As root the files get the owner that reads them in the container.
    """
    credentials = Credentials(folder / "all")
    credentials.create()
    for service in SERVICES:
        _write_service(credentials, service, folder / service)
    _write_engines(credentials, folder)


def _write_service(credentials, service, folder):
    """settings.env and the key files that processes.yml lists for this service, nothing else."""
    names = services()[service]["settings"]
    for name in filter(_FILES.get, names):
        _give(folder / _FILES[name], credentials.path(_FILES[name]).read_bytes(), OUR_USER)
    _give(folder / "settings.env", "".join(_lines(credentials, service, names)), OUR_USER)


def _lines(credentials, service, names):
    amqp = f"amqp://{service}:{credentials.read(f'rabbit-{service}')}@rabbitmq:5672/{VHOST}"
    options = "&".join(f"{key}={value}" for key, value in OPTIONS.items())
    database = f"mongo:27017/{service}?replicaSet={REPLICA_SET}&authSource={service}&{options}"
    yield f"HOITHI_AMQP_URI='{amqp}'\n"
    yield f"HOITHI_MONGO_URI='mongodb://{service}:{credentials.read(f'mongo-{service}')}@{database}'\n"
    for name in names:
        if name in _FILES:
            yield f"{name}='/run/hoithi/{_FILES[name]}'\n"
        if name in _VALUES:
            yield f"{name}='{credentials.read(_VALUES[name])}'\n"


def _write_engines(credentials, folder):
    for name in ("mongo-keyfile", "mongo-admin"):
        _give(folder / "mongo" / name, credentials.read(name), ENGINE_USER)
    users = {service: credentials.read(f"mongo-{service}") for service in SERVICES}
    _give(folder / "mongo" / "users.json", json.dumps(users), ENGINE_USER)
    definitions = json.dumps(broker_definitions(credentials.read), indent=2)
    _give(folder / "rabbitmq" / "definitions.json", definitions, ENGINE_USER)


def _give(path, content, owner):
    rendering.write(path, content, mode=0o400)
    if os.geteuid() == 0:
        os.chown(path, owner, owner)
        os.chown(path.parent, owner, owner)


def _upstreams():
    return [
        {
            "name": name,
            "servers": [f"{name}-doors:{PORT}"],
            "large_bodies": entry.get("large_bodies", []),
            "polled": entry.get("polled", []),
            "rendered": entry.get("rendered", []),
        }
        for name, entry in services().items()
    ]


def _jobs():
    return [{"name": f"{service}-{kind}", "port": PORT} for service in services() for kind in KINDS]
