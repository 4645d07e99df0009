"""Values for tests of scoring: rules, attempts, events of exam and registration."""

from datetime import UTC, datetime, timedelta

import pytest

from hoithi_contracts.exam import (
    AnswerKeyCorrected,
    AttemptSubmitted,
    ContestPublished,
    Key,
    Prize,
    ResultRules,
    RoundPlan,
    WeekClosed,
    WeekExtended,
    WeekOpened,
)
from hoithi_contracts.registration import RosterFrozen, Unit, UnitsChanged, UserRegistered
from hoithi_scoring.domain.ranking import Attempt
from tests.tables import make_due

OPENS = datetime(2026, 9, 7, 1, 0, tzinfo=UTC)
CLOSES = datetime(2026, 9, 13, 15, 0, tzinfo=UTC)
REGISTERED = datetime(2026, 9, 1, tzinfo=UTC)
MINUTE, DAY = 60_000, 86_400_000
START_MS = int(OPENS.timestamp() * 1000)
KEYS = {"q.1": Key("b"), "q.2": Key("a"), "q.3": Key("ac"), "q.4": Key("d", 2)}
RIGHT = {question: key.right for question, key in KEYS.items()}
SECRET = b"pseudonym secret of tests"
ORGANISER = ("organiser:contest:*",)
UNITS = [
    Unit(id="t1", name="Tỉnh Tuyên Quang", kind="province", tree="administrative", valid_from="2025-07-01"),
    Unit(id="x1", name="Xã Ngọc Đường", kind="commune", tree="administrative", valid_from="2025-07-01", parent_id="t1"),
    Unit(id="x2", name="Xã Đồng Văn", kind="commune", tree="administrative", valid_from="2025-07-01", parent_id="t1"),
    Unit(id="x3", name="Xã Mèo Vạc", kind="commune", tree="administrative", valid_from="2025-07-01", parent_id="t1"),
    Unit(id="p1", name="Đảng bộ tỉnh", kind="party-committee", tree="party", valid_from="2025-07-01"),
    Unit(id="p2", name="Đảng bộ xã Ngọc Đường", kind="party-committee", tree="party", valid_from="2025-07-01", parent_id="p1"),
]


class Making:
    """`making.rules(...)`, `making.attempt(...)`, `making.submitted(...)`: everything has a default."""

    opens, closes, keys, right, units, organiser = OPENS, CLOSES, KEYS, RIGHT, UNITS, ORGANISER
    minute_ms, day_ms, start_ms = MINUTE, DAY, START_MS

    @staticmethod
    def rules(**changes) -> ResultRules:
        told = {
            "counting": "best", "tie_break": "A", "prediction": "perfect", "divisions": ["officials", "citizens", "pupils"],
            "prizes": [Prize("first", 1), Prize("second", 2), Prize("third", 3), Prize("consolation", 5)],
            "collective": "participation", "collective_least_rate": 50, "answers_shown": "after-close",
        }  # fmt: skip
        return ResultRules(**{**told, **changes})

    @staticmethod
    def attempt(person="a", number=1, points=0, **changes) -> Attempt:
        """Started at the opening, five minutes long, unless said otherwise; `start`: minutes after the opening."""
        started = START_MS + changes.pop("start", 0) * MINUTE
        duration = changes.pop("duration_ms", 5 * MINUTE)
        told = {
            "right": points, "perfect": False, "duration_ms": duration, "started_ms": started, "submitted_ms": started + duration,
            "registered_ms": START_MS - DAY, "prediction": None, "division": "citizens", "unit_id": "x1", "party_unit_id": None,
        }  # fmt: skip
        return Attempt(person=person, number=number, points=points, **{**told, **changes})

    @staticmethod
    def submitted(user="u1", number=1, answers=None, **changes) -> AttemptSubmitted:
        """All answers right unless given; started a minute after the opening per number."""
        answers = RIGHT if answers is None else answers
        round_id = changes.get("round_id", "c-w1")
        started = changes.pop("started_at", OPENS + timedelta(minutes=number))
        told = {
            "attempt_id": f"{round_id}:{user}:{number}", "contest_id": "c", "round_id": round_id, "user_id": user,
            "unit_id": "x1",
            "division": "citizens", "number": number, "started_at": started, "submitted_at": started + timedelta(minutes=5),
            "duration_ms": 5 * MINUTE, "by": "person", "late": False, "questions": list(KEYS), "answers": answers,
            "answers_digest": f"digest of {sorted(answers.items())}", "registered_at": REGISTERED,
        }  # fmt: skip
        return AttemptSubmitted(**{**told, **changes})

    @classmethod
    def published(cls, rounds=1, **changes) -> ContestPublished:
        plans = [
            RoundPlan(round_id=f"c-w{number}", number=number, title=f"Tuần {number}", opens_at=OPENS, closes_at=CLOSES)
            for number in range(1, rounds + 1)
        ]
        told = {
            "contest_id": "c",
            "revision": 1,
            "title": "Công dân số",
            "rules": cls.rules(),
            "rounds": plans,
            "published_at": REGISTERED,
        }
        return ContestPublished(**{**told, **changes})

    @classmethod
    def opened(cls, number=1, **changes) -> WeekOpened:
        told = {
            "round_id": f"c-w{number}", "contest_id": "c", "number": number, "title": f"Tuần {number}", "opens_at": OPENS,
            "closes_at": CLOSES, "rules": cls.rules(), "rules_version": 1, "paper_size": 4, "keys": KEYS,
        }  # fmt: skip
        return WeekOpened(**{**told, **changes})

    @staticmethod
    def closed(attempts, number=1, **changes) -> WeekClosed:
        told = {"round_id": f"c-w{number}", "contest_id": "c", "number": number, "attempts": attempts, "closed_at": CLOSES}
        return WeekClosed(**{**told, **changes})

    @staticmethod
    def extended(revision=1, hours=1, **changes) -> WeekExtended:
        told = {
            "previous_closes_at": CLOSES,
            "closes_at": CLOSES + timedelta(hours=hours),
            "reason": "mất điện",
            "notice": "Gia hạn",
        }
        return WeekExtended(round_id="c-w1", revision=revision, contest_id="c", **{**told, **changes})

    @staticmethod
    def corrected(question="q.1", right="c", revision=1) -> AnswerKeyCorrected:
        told = {"question_id": question, "right": right, "reason": f"{question} sai", "corrected_at": CLOSES}
        return AnswerKeyCorrected(round_id="c-w1", revision=revision, contest_id="c", **told)

    @staticmethod
    def person(user="u1", revision=1, **changes) -> UserRegistered:
        told = {"name": "Vàng Thị Mỷ", "division": "citizens", "unit_id": "x1", "phone": "+84912345678",
                "email": "my@hoithi.example", "registered_at": REGISTERED}  # fmt: skip
        return UserRegistered(user_id=user, revision=revision, **{**told, **changes})

    @staticmethod
    def units_changed(revision=1, units=None) -> UnitsChanged:
        return UnitsChanged(change_id=f"change-{revision}", revision=revision, units=UNITS if units is None else units)

    @staticmethod
    def roster(unit_id, headcount, revision=1) -> RosterFrozen:
        return RosterFrozen(roster_id=f"c:{unit_id}", revision=revision, contest_id="c", unit_id=unit_id, headcount=headcount,
                            frozen_at=REGISTERED)  # fmt: skip


@pytest.fixture(scope="session")
def making():
    return Making


@pytest.fixture
def storage(clean, database):
    """The storage room on an empty database, indexes made."""
    from hoithi_scoring.storage import Storage

    made = Storage(database)
    made.ensure_indexes()
    return made


@pytest.fixture
def worker(clean, serve):
    """A running worker that rebuilds rankings quickly."""
    from hoithi_scoring.service import Worker

    return serve(Worker, RANKING_COOLDOWN_S="0.1")


@pytest.fixture
def quiet(storage, settled, eventually):
    """`quiet()` waits until all that was published is settled and every ranking up to date."""

    def is_up_to_date():
        return not any(round.is_stale and round.opened for round in storage.rounds.all())

    def wait():
        settled()
        eventually(is_up_to_date)

    return wait


@pytest.fixture
def doors(clean, serve):
    """The HTTP client of running doors."""
    from hoithi_scoring.service import Doors

    return serve(Doors).client


@pytest.fixture
def play(storage, making):
    """`play(attempts, ...)`: hands events to the handlers and builds, without the bus; returns the round."""
    from hoithi_scoring.domain.privacy import Pseudonyms
    from hoithi_scoring.handlers import listening

    def act(attempts=(), opened=True, closed=None, number=1, secret=SECRET, **rules):
        if opened:
            listening.publish_contest(storage, making.published(rounds=4), OPENS)
            listening.open_week(storage, making.opened(number, rules=making.rules(**rules)), OPENS)
        for some in [attempts[start : start + 200] for start in range(0, len(attempts), 200)]:
            listening.keep_attempts(storage, Pseudonyms(secret), some, OPENS)
        if closed is not None:
            listening.close_week(storage, making.closed(len(attempts) if closed is True else closed, number), CLOSES)
        make_due(storage, CLOSES + timedelta(hours=1))
        return storage.rounds.get(f"c-w{number}")

    return act
