"""Fixtures over the real parts: one MongoDB and one RabbitMQ per test run, service containers in this process."""

import eventlet

eventlet.monkey_patch()

import json
import logging
import os
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import httpx
import hypothesis
import jwt
import pytest
import yaml
from amqp.exceptions import MessageNacked
from kombu import Connection, Queue
from nameko.cli.main import setup_yaml_parser

from emptied import empty
from hoithi_bus import broker as broker_connection
from hoithi_bus import clock, container, listener, relay, topology, worker
from hoithi_bus.container import Container
from hoithi_bus.http import server
from hoithi_bus.http.server import Server
from hoithi_bus.metrics import RECEIVED
from hoithi_contracts.event import envelope, open_envelope
from hoithi_native.instance import Instance
from hoithi_native.platform_file import write_platform_file
from hoithi_native.testing import free_instance

ROOT = Path(__file__).parent.parent
SERVICES = ("registration", "exam", "scoring", "notify", "emulation")
PATIENCE_S = 120
"""How long a test waits for what must come. A machine that runs ten other things at once needs it; a quiet one never does."""

logging.getLogger("nameko").setLevel(logging.CRITICAL)  # as in the services' config.yml: the bus library logs failures


# Property tests know no time limits (a busy machine is no failure) and draw the same examples everywhere: what is green here
# is green there. HYPOTHESIS_SEED=random looks elsewhere.
hypothesis.settings.register_profile(
    "tests",
    deadline=None,
    database=None,
    derandomize=os.environ.get("HYPOTHESIS_SEED") != "random",
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("tests")

# Doors and workers in this process are up and down in a moment: hundreds of tests have some of their own.
broker_connection.LOOK_UP_S = listener.PAUSE_S = relay.AWAY_S = relay.LONGEST_SLEEP_S = 0.05
server.GRACE_S = 0.01
# What a process freezes when it started would never be collected here, and each search goes through all that the tests have made.
container._search_rarely = lambda: None


def _start_hurried(timer, start=worker.Every.start):
    """What looks every second looks five times as often: most tests of workers wait for it."""
    if timer.interval <= 2:
        timer.interval /= 5
    start(timer)


worker.Every.start = _start_hurried


def pytest_collection_modifyitems(items):
    items.sort(key=_turn)


def _turn(item) -> tuple:
    """The whole platform last, because the others want the queues for themselves; then faults; sabotage leaves traces."""
    needs_platform = "platform" in getattr(item, "fixturenames", ())
    return needs_platform, needs_platform and "/faults/" in str(item.path), item.path.stem == "test_checker_bites"


@pytest.fixture(scope="session")
def instance(tmp_path_factory):
    """An own MongoDB and RabbitMQ. HOITHI_TEST_INSTANCE=folder,front port,base port uses a running one: quicker to start."""
    running = os.environ.get("HOITHI_TEST_INSTANCE")
    if running:
        home, front, base = (running + ",8090,19000").split(",")[:3]
        yield Instance(home=Path(home), front_port=int(front), base_port=int(base))
        return
    made = free_instance(tmp_path_factory.mktemp("instance"), replicas=2)
    try:
        made.start_engines()
        yield made
    finally:
        made.stop()


@pytest.fixture
def service_name(request) -> str:
    """The service that the test's folder is about; scoring for tests of the libraries."""
    folder = Path(request.path).relative_to(ROOT / "tests").parts[0]
    return folder if folder in SERVICES else "scoring"


@pytest.fixture
def database(request, instance, service_name):
    """The service's database (pymongo) without documents; for tests of libraries and tools without collections."""
    from hoithi_store import connect

    found, folder = connect(instance.mongo_uri(service_name)), Path(request.path).parent.name
    before, FILLED_BY[service_name] = FILLED_BY.get(service_name), folder
    if before == folder == service_name:
        empty(found)
    else:
        for name in found.list_collection_names():
            found.drop_collection(name)
    yield found
    found.client.close()


FILLED_BY: dict[str, str] = {}
"""Service -> folder of the test that had its database last: other folders leave other indexes."""


@pytest.fixture
def broker(instance):
    """A connection as the operator, who may use every queue."""
    with Connection(instance.amqp_uri("operator"), transport_options={"confirm_publish": True}) as connection:
        yield connection


@pytest.fixture
def clean(database, broker, service_name):
    """The service's database is empty, its queues do not exist. Those in which retries wait are there, but empty: nobody reads
    from them, so what they tell is all they hold, and making five of seven quorum queues anew took most of a test's time."""
    channel = broker.default_channel
    for queue in topology.queue_names(service_name):
        retries = {topology.retry(queue, delay) for delay in topology.RETRY_DELAYS_S}
        for member in topology.queue_family(queue):
            if member.name not in retries:
                channel.queue_delete(member.name)
            elif member(channel).queue_declare().message_count:
                channel.queue_purge(member.name)


@pytest.fixture
def settings(instance):
    """`settings("exam", **more)`: the nameko configuration as config.yml and the environment give it."""

    def load(service: str, port: int = 0, **more) -> dict:
        setup_yaml_parser()
        with patch.dict(os.environ, instance.env(service, port)):
            return {**yaml.safe_load((ROOT / f"services/{service}/config.yml").read_text()), **more}

    return load


@dataclass
class Served:
    """A service class running in this process."""

    container: Container
    url: str
    client: httpx.Client


@pytest.fixture
def serve(settings, service_name):
    """`serve(Doors)` or `serve(Worker)`: runs the class until the test ends; two calls are two replicas."""
    running: list[Served] = []

    def start(service_cls, service: str | None = None, **config) -> Served:
        config = {"WEB_SERVER_ADDRESS": "127.0.0.1:0", **config}
        container = Container(service_cls, settings(service or service_name, **config))
        container.start()
        url = f"http://127.0.0.1:{_port(container)}"
        running.append(Served(container, url, httpx.Client(base_url=url, timeout=60)))
        return running[-1]

    yield start
    for served in running:
        served.client.close()
        served.container.stop()


def _port(container) -> int:
    """The port that the kernel gave: one that was looked for before could be taken meanwhile."""
    server = next(extension for extension in container.extensions if isinstance(extension, Server))
    return server.sock.getsockname()[1]


@pytest.fixture
def publish(broker):
    """`publish(event, now=None, headers=None, **more)`: as its publisher would; `more` goes into the data.

    The queues that should hear it are declared before. A refusal by the broker is answered as the relay
    does, by publishing again: a quorum queue that was made this instant may not take it yet.
    `publish.given` counts what was put into each queue.
    """

    def send(event, now: datetime | None = None, headers: dict | None = None, **more) -> None:
        channel = broker.default_channel
        for queue in event.queues:
            topology.declare(channel, queue)
        message = envelope(event, now or clock.now())
        message["data"] |= more
        end = time.monotonic() + PATIENCE_S
        while True:
            try:
                _send(channel, event, message, headers)
                return send.given.update(event.queues)
            except MessageNacked:
                assert time.monotonic() < end, f"refused by the broker for {PATIENCE_S} s"
                eventlet.sleep(0.3)

    def _send(channel, event, message, headers):
        broker.Producer(channel).publish(
            json.dumps(message),
            exchange=topology.exchange(event.publisher),
            routing_key=event.type,
            delivery_mode=2,
            content_type="application/json",
            content_encoding="utf-8",
            message_id=message["id"],
            headers=headers or {},
            mandatory=True,
        )

    send.given = Counter()
    return send


@pytest.fixture
def settled(publish, service_name, eventually):
    """`settled()` waits until the service under test has acknowledged all that was published to it, and parked none for later.

    It counts what the listeners of this process finished: what one has in hand is in no queue any more.
    """
    queues = topology.queue_names(service_name)
    before = {queue: _finished(queue) for queue in queues}

    def wait():
        eventually(lambda: all(_finished(queue) - before[queue] >= publish.given[queue] for queue in queues))

    return wait


def _finished(queue: str) -> float:
    return sum(RECEIVED.labels(queue, outcome)._value.get() for outcome in ("done", "dead"))


class Heard(list):
    """Events, each once: the bus delivers at least once, and every listener must bear a repeat. `repeats` counts those."""

    repeats = 0

    def hear(self, event):
        if event.event_id in {known.event_id for known in self}:
            self.repeats += 1
        else:
            self.append(event)


@pytest.fixture
def heard(instance):
    """`heard(*event classes)`: a `Heard` list that fills with what is published from now on."""
    with _ear(instance.amqp_uri("operator")) as listen:
        yield listen


@contextmanager
def _ear(uri: str):
    greenlets, connections = [], []

    def listen(*classes):
        connection, events = Connection(uri), Heard()
        channel = connection.default_channel
        queue = Queue(exclusive=True, durable=False, channel=channel)
        queue.declare()
        for cls in classes:
            source = topology.exchange(cls.publisher)
            source(channel).declare()
            queue.bind_to(source, routing_key=cls.type)
        channel.basic_consume(
            queue.name, no_ack=True, callback=lambda message: events.hear(open_envelope(json.loads(message.body)))
        )
        connections.append(connection)
        greenlets.append(eventlet.spawn(_drain, connection))
        return events

    yield listen
    for greenlet in greenlets:
        greenlet.kill()
    for connection in connections:
        connection.release()


def _drain(connection):
    while True:
        try:
            connection.drain_events(timeout=1)
        except TimeoutError:
            connection.heartbeat_check()


@pytest.fixture
def token(instance):
    """`token(user_id="u1", roles=(), ...)`: an access token as registration would sign it."""
    key = instance.secret("token-signing-key.pem")
    kid = json.loads(instance.secret("token-keys.json"))["keys"][0]["kid"]

    def sign(
        user_id="u1", roles=(), division="citizens", unit="x1", party_unit=None, registered_at=None, expires_in_s=600, **more
    ) -> str:
        now = datetime.now(UTC)
        registered = registered_at or now - timedelta(days=1)
        claims = {
            "iss": "hoithi",
            "aud": "hoithi",
            "sub": user_id,
            "sid": f"session-{user_id}",
            "div": division,
            "unit": unit,
            "punit": party_unit,
            "reg": int(registered.timestamp() * 1000),
            "roles": list(roles),
            "iat": int(now.timestamp()),
            "exp": int(now.timestamp()) + expires_in_s,
            **more,
        }
        return jwt.encode(claims, key, algorithm="EdDSA", headers={"kid": kid})

    return sign


@pytest.fixture
def auth(token):
    """`auth(user_id=..., roles=...)`: the header of a signed-in request."""
    return lambda *args, **kwargs: {"Authorization": f"Bearer {token(*args, **kwargs)}"}


@pytest.fixture(scope="session")
def eventually():
    """`eventually(check)`: the first true value of check(); fails when there is none within PATIENCE_S."""

    def wait(check):
        end = time.monotonic() + PATIENCE_S
        while not (found := check()):
            assert time.monotonic() < end, f"still not so after {PATIENCE_S} s"
            eventlet.sleep(0.05)
        return found

    return wait


# The whole platform: two replicas of every service, nginx, mail, Prometheus. Started once, for all tests that name it.

QUICK = {"HOITHI_RANKING_COOLDOWN_S": "1", "HOITHI_CLAIM_SECONDS": "60", "HOITHI_RETRY_SECONDS": "1"}


@pytest.fixture(scope="session")
def platform(instance):
    """The running platform, empty but for its first operator."""
    os.environ.update(QUICK)
    instance.reset_data()
    topology.declare_all(instance.amqp_uri("operator"))
    instance.start()
    write_platform_file(instance)
    return instance


@pytest.fixture(scope="session")
def front(platform):
    """An httpx client at the front door."""
    with httpx.Client(base_url=platform.front_url, timeout=30) as client:
        yield client


@pytest.fixture(scope="session")
def hoithi(platform):
    """`hoithi("status", ...)`: the command with --json; returns what it printed, fails when it failed."""

    def run(*arguments: str, code: int = 0):
        command = [str(Path(sys.executable).parent / "hoithi"), *arguments, "--json"]
        environment = {**os.environ, "HOITHI_PLATFORM": str(platform.folders.home / "platform.json")}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=900, cwd=platform.folders.home)
        assert done.returncode == code, f"{done.returncode}: {done.stderr[-3000:]}\n{done.stdout[-3000:]}"
        return json.loads(done.stdout)

    return run


@pytest.fixture(scope="session")
def demo(hoithi):
    """The demonstration contest is loaded."""
    return hoithi("demo", "load")


@pytest.fixture(scope="session")
def sign_in(front, platform, demo):
    """`sign_in("organiser")`: the header of a demo account."""
    accounts = json.loads((platform.folders.home / "platform.json").read_text())["accounts"]

    def header(account: str) -> dict:
        answer = front.post("/api/registration/sign-in", json=accounts[account])
        assert answer.status_code == 200, answer.text
        return {"Authorization": f"Bearer {answer.json()['access_token']}"}

    return header
