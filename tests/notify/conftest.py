"""Fixtures of notify: a post office to send to, and events to hear."""

import random
import socket
import subprocess
import sys
from contextlib import closing, suppress
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import eventlet
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from hoithi_contracts.exam import ContestPublished, Key, Prize, ResultRules, RoundPlan, WeekOpened
from hoithi_contracts.registration import UserRegistered
from hoithi_notify.storage import Storage
from notify.moment import NOW

PORTS = range(10_000, 20_000)
SERVER = Path(__file__).with_name("post_office.py")


def free_port() -> int:
    """Not one that the kernel gives to outgoing connections: those would take it while the office is closed."""
    for port in random.sample(PORTS, len(PORTS)):
        with closing(socket.socket()) as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError("no port is free")


class PostOffice:
    """The SMTP server of post_office.py, which can be opened and closed."""

    def __init__(self, folder: Path, *tls: str):
        self.folder, self.tls, self.process = folder, tls, None
        self.port = free_port()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def open(self):
        self.process = subprocess.Popen([sys.executable, str(SERVER), str(self.port), str(self.folder), *self.tls])
        while not self._answers():
            assert self.process.poll() is None, "the post office did not open"
            eventlet.sleep(0.05)

    def close(self):
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def _answers(self) -> bool:
        with closing(socket.socket()) as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    @property
    def letters(self) -> list:
        """What arrived, parsed; `X-To` is whom the envelope named."""
        return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in self.folder.glob("*.eml")]

    def letters_to(self, address: str) -> list:
        return [letter for letter in self.letters if letter["X-To"] == address]

    @property
    def tries(self) -> list[str]:
        """Whom somebody tried to write to, each time."""
        path = self.folder / "tries"
        return path.read_text().split() if path.exists() else []


@pytest.fixture
def post_office(tmp_path):
    office = PostOffice(tmp_path)
    office.open()
    yield office
    office.close()


@pytest.fixture
def safe_post_office(tmp_path, monkeypatch):
    """`safe_post_office("smtps" or "starttls")`: one with a certificate for localhost that this process trusts."""
    pem = tmp_path / "localhost.pem"
    pem.write_bytes(_certificate("localhost"))
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    opened = []

    def start(mode: str) -> PostOffice:
        opened.append(PostOffice(tmp_path, mode, str(pem)))
        opened[-1].open()
        return opened[-1]

    yield start
    for office in opened:
        office.close()


def _certificate(host: str) -> bytes:
    """A key and a certificate that signs itself, for an hour."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - timedelta(hours=1))
        .not_valid_after(NOW + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return secret + made.public_bytes(Encoding.PEM)


@pytest.fixture
def storage(database) -> Storage:
    made = Storage(database)
    made.ensure_indexes()
    return made


@pytest.fixture
def work(serve, post_office, clean):
    """`work(**settings)`: a worker that sends to the post office and does not wait long."""
    from hoithi_notify.service import Worker

    def start(**settings):
        quick = {"RETRY_SECONDS": 0.2, "CLAIM_SECONDS": 600, "SMTP_REST_SECONDS": 0.2, "SEND_TRIES": 3}
        return serve(Worker, SMTP_URL=post_office.url, **{**quick, **settings})

    return start


RULES = ResultRules(
    counting="best",
    tie_break="A",
    prediction="perfect",
    divisions=["citizens"],
    prizes=[Prize(name="first", count=1)],
    collective="participation",
    collective_least_rate=50,
    answers_shown="after-close",
)


@pytest.fixture
def registered():
    """`registered("u1", email=...)`: a user-registered event."""

    def make(user_id="u1", cls=UserRegistered, **more):
        person = {"revision": 1, "name": "Vàng Thị Mai", "email": f"{user_id}@example.vn"}
        since = {"registered_at": NOW - timedelta(days=2)}
        return cls(user_id=user_id, division="citizens", unit_id="x1", **{**person, **since, **more})

    return make


@pytest.fixture
def published():
    """`published()`: a contest-published event with one round that is open for five days."""

    def make(**more):
        plan = RoundPlan("c1-w1", 1, "Tuần 1", NOW - timedelta(hours=1), NOW + timedelta(days=5))
        contest = {"contest_id": "c1", "revision": 1, "title": "Xây dựng công dân số", "rules": RULES, "rounds": [plan]}
        return ContestPublished(**{**contest, "published_at": NOW - timedelta(days=1), **more})

    return make


@pytest.fixture
def opened():
    """`opened()`: the week-opened event of that round, keys and all."""

    def make(**more):
        week = {"round_id": "c1-w1", "contest_id": "c1", "number": 1, "title": "Tuần 1", "rules": RULES, "rules_version": 1}
        window = {"opens_at": NOW - timedelta(hours=1), "closes_at": NOW + timedelta(days=5)}
        return WeekOpened(**{**week, **window, "paper_size": 20, "keys": {"q-secret": Key(right="b")}, **more})

    return make
