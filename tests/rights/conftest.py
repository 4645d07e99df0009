"""A world for the matrix, made anew for each door: contest, round, unit x1 and its neighbour x2, and people of every kind."""

import itertools
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from emptied import empty
from emulation.conftest import NOW as EMULATION_NOW
from emulation.conftest import Making as EmulationMaking
from exam import making as exam_making
from hoithi_bus import clock
from hoithi_contracts.exam import Prize
from hoithi_store import connect
from registration.conftest import FAST, UNITS, make_application
from rights.asking import COMPLAINT
from scoring.conftest import CLOSES, OPENS, Making
from tests.tables import make_due

PHONES = itertools.count(987_000_000)


def columns(*contests: str) -> dict[str, dict]:
    """Who calls -> the roles of the token; None: no token. All roles that are bound lie beside `contests` and x1, or on them."""
    organiser = tuple(f"organiser:contest:{contest}" for contest in contests)
    return {
        "nobody": None,
        "participant": {},
        "officer-elsewhere": {"roles": ("officer:unit:x2",)},
        "officer": {"roles": ("officer:unit:x1",)},
        "officer-above": {"roles": ("officer:unit:t02", "officer:unit:t1")},
        "organiser-elsewhere": {"roles": ("organiser:contest:elsewhere",)},
        "organiser": {"roles": organiser},
        "operator": {"roles": ("operator:platform:*",)},
        "asleep": {"asleep": (*organiser, "operator:platform:*")},
    }


class World:
    """`fresh()` makes the state; `header(column)` and `value(text, column)` speak of what it made.

    `values`: what `{name}` in a request stands for, for everybody or by column.
    """

    contests = ("c",)
    now: datetime | None = None
    """The doors' time; None: as it is."""

    def __init__(self, database, served, auth):
        self.database, self.client, self.auth = database, served.client, auth
        self.doors_storage = next(each.value for each in served.container.dependencies if each.attr_name == "storage")
        self.values: dict[str, str | dict[str, str]] = {}

    def fresh(self):
        empty(self.database)
        self.make()

    def make(self):
        raise NotImplementedError

    def header(self, column: str) -> dict:
        given = columns(*self.contests)[column]
        return {} if given is None else self.auth(f"user-{column}", **given)

    def value(self, text: str, column: str) -> str:
        if "{" not in text:
            return text
        return text.format(**{name: each[column] if isinstance(each, dict) else each for name, each in self.values.items()})


class Registration(World):
    """Real accounts and sessions, for the doors of own data ask whether the session is open."""

    contests = ("hg",)

    def make(self):
        organiser = self.auth("o1", roles=("organiser:contest:*", "operator:platform:*"))
        assert self.client.post("/units", json={"units": UNITS}, headers=organiser).status_code == 200
        draft = {"rows": [{"unit_id": unit, "headcount": 10} for unit in ("t02", "x1", "x2")]}
        assert self.client.put("/rosters/hg", json=draft, headers=organiser).status_code == 200
        self.entered = {column: self._join() for column in columns() if column != "nobody"}
        inviter = self._join()
        self.values = {
            "other": self._join()["user"]["user_id"],
            "phone": self._join()["user"]["phone"],
            "holder": {column: self._officer(organiser) for column in columns()},
            "session": "none-of-theirs",
            "who": {column: column for column in columns()},
            "invitation": self._invite(inviter),
        }

    def _join(self) -> dict:
        answer = self.client.post("/join", json=make_application(phone=f"0{next(PHONES)}"))
        assert answer.status_code == 201, answer.text
        return answer.json()

    def _officer(self, organiser: dict) -> str:
        user = self._join()["user"]
        role = {"identifier": user["phone"], "role": "officer", "kind": "unit", "id": "x1"}
        assert self.client.post("/roles", json=role, headers=organiser).status_code == 201
        return user["user_id"]

    def _invite(self, inviter: dict) -> str:
        body = {"email": "a@example.vn", "role": "officer", "kind": "unit", "id": "x1"}
        header = self.auth(inviter["user"]["user_id"], roles=("officer:unit:t02",))
        return self.client.post("/invitations", json=body, headers=header).json()["invitation_id"]

    def header(self, column: str) -> dict:
        given = columns(*self.contests)[column]
        if given is None:
            return {}
        entered = self.entered[column]
        session = self.database["sessions"].find_one({"user_id": entered["user"]["user_id"]})
        return self.auth(entered["user"]["user_id"], sid=session["_id"] if session else "gone", **given)


class Exam(World):
    """`hg` runs, `draft` is one; the participant has an open attempt; `bank` is a bank (of the contest of that name)."""

    contests = ("hg", "draft", "hg2", "bank")

    def fresh(self):
        """The doors remember for a second: nothing of the world before."""
        kept = self.doors_storage
        for memory in (kept.contests.memory, kept.rounds.memory, kept.openings):
            memory.values.clear()
        super().fresh()

    def make(self):
        from hoithi_exam.domain.rules import plain
        from hoithi_exam.handlers import clock, contests
        from hoithi_exam.storage import Storage

        storage = Storage(self.database, round_memory_s=0.0, fence_s=0.0, pace_s=0.0)
        # So long ago that the round is open: nobody has to wait for it.
        now = datetime.now(UTC) - timedelta(seconds=2)
        storage.banks.add(exam_making.bank(), "o1", now)
        opens = now + timedelta(seconds=1)
        window = {"opens_at": opens, "closes_at": now + timedelta(hours=1)}
        for contest_id in ("hg", "draft"):
            body = {"contest_id": contest_id, "title": "x", "rules": plain(exam_making.rules()), "rounds": [window]}
            contests.create_contest(storage, body, now)
        contests.publish_contest(storage, "hg", "en", now)
        clock.tick(storage, opens)
        answer = self.client.post("/rounds/hg-w1/attempts", headers=self.header("participant"))
        assert answer.status_code == 201, answer.text
        self.values = {"attempt": answer.json()["attempt_id"]}


class Scoring(World):
    """Round c-w1 of contest c has provisional results; the participant complained, and the day for a decision is over."""

    now = CLOSES + timedelta(days=10)

    def make(self):
        from hoithi_scoring.domain.privacy import Pseudonyms
        from hoithi_scoring.handlers import complaining, listening
        from hoithi_scoring.storage import Storage

        storage = Storage(self.database)
        listening.change_units(storage, Making.units_changed())
        listening.publish_contest(storage, Making.published(season_prizes=[Prize("first", 1)]), OPENS)
        listening.open_week(storage, Making.opened(), OPENS)
        pseudonyms = Pseudonyms(b"x" * 32)
        attempts = [Making.submitted(name) for name in ("user-participant", *(f"u{number}" for number in range(11)))]
        listening.keep_attempts(storage, pseudonyms, attempts, OPENS)
        listening.close_week(storage, Making.closed(len(attempts)), CLOSES)
        make_due(storage, CLOSES + timedelta(hours=1))
        complainant, body = SimpleNamespace(user_id="user-participant"), {**COMPLAINT, "attempt_number": None}
        filed = complaining.file_complaint(storage, pseudonyms, complainant, "c-w1", body, CLOSES + timedelta(hours=10))
        self.values = {"complaint": filed["complaint_id"]}


class Notify(World):
    """A reminder of contest c failed."""

    def make(self):
        from hoithi_notify.domain.deliveries import Delivery
        from hoithi_notify.storage import Storage

        now = datetime.now(UTC)
        failed = Delivery("reminder", "m1", "u1", now, now, contest_id="c", state="failed", to="mai@example.vn")
        Storage(self.database).deliveries.add([failed])


class Emulation(World):
    """Campaign c is open: x1 has handed in, x2 is confirmed, an individual of x1 is a draft with a file; d is a draft."""

    contests = ("c", "c2", "d")
    now = EMULATION_NOW

    def make(self):
        from hoithi_emulation.domain.assessment import Claim, Evidence
        from hoithi_emulation.domain.campaign import Campaign
        from hoithi_emulation.storage import Storage
        from hoithi_store import Entry

        storage, making = Storage(self.database), EmulationMaking
        storage.units.keep(making.units_changed())
        for campaign_id, state in (("c", "open"), ("d", "draft")):
            told = vars(making.campaign(state=state)) | {"campaign_id": campaign_id}
            storage.campaigns.add(Campaign(**told), Entry("campaign-created", "o1", self.now, campaign_id, campaign_id))
        file = Evidence("f1", "I1", "a.pdf", "application/pdf", 9, "d", self.now)
        claims = (Claim("I1", 5.0),)
        about = {"campaign_id": "c", "handed_in_by": "writer"}
        for made in (
            making.assessment("x1", "handed-in", assessment_id="c:x1", **about),
            making.assessment("x2", "confirmed", assessment_id="c:x2", **about),
            making.assessment("x1", kind="individual", assessment_id="c:i1", claims=claims, files=(file,), **about),
        ):
            storage.assessments.begin(made)
        storage.files.keep("c:i1", "f1", b"%PDF-")


WORLDS = {"registration": Registration, "exam": Exam, "scoring": Scoring, "notify": Notify, "emulation": Emulation}
SETTINGS = {"registration": {"password": FAST}}


@pytest.fixture
def world(instance, serve, auth, monkeypatch):
    """`world("exam", Doors)`: the service's doors on an empty database of its own."""
    opened = []

    def start(service: str, doors) -> World:
        opened.append(connect(instance.mongo_uri(service)))
        for name in opened[-1].list_collection_names():
            opened[-1].drop_collection(name)
        served = serve(doors, service, **SETTINGS.get(service, {}))
        if WORLDS[service].now:
            monkeypatch.setattr(clock, "now", lambda: WORLDS[service].now)
        return WORLDS[service](opened[-1], served, auth)

    yield start
    for database in opened:
        database.client.close()
