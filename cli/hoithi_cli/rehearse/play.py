"""A whole contest through the front door: people join, four short weeks pass, every week is checked."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hoithi_cli import setting_up
from hoithi_cli.front_door import FrontDoor, Person
from hoithi_cli.rehearse import people, plan, weekly_check
from hoithi_cli.rehearse.guest import Guest, Round
from hoithi_cli.rehearse.journal import Journal, Sitting
from hoithi_cli.rehearse.people import Knowledge, Somebody, Visit
from hoithi_cli.rehearse.plan import Plan
from hoithi_cli.rehearse.progress import Lines
from hoithi_cli.rehearse.weekly_check import Check

RECEIPTS_VERIFIED = 40
TOP = 5
NOTE = "Tập dượt / rehearsal"


@dataclass
class Week:
    """What a week came to."""

    number: int
    round_id: str
    opens_at: datetime
    closes_at: datetime
    sittings: list[Sitting] = field(default_factory=list)
    round: dict = field(default_factory=dict)
    official: dict = field(default_factory=dict)
    top: dict[str, list] = field(default_factory=dict)
    units: list[dict] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    waited_s: float = 0.0

    @property
    def ok(self) -> bool:
        return all(check.ok for check in self.checks)


@dataclass
class Rehearsal:
    """The play. `door` needs as many connections as `concurrency`."""

    door: FrontDoor
    organiser: Person
    plan: Plan
    seed: int
    bank_id: str
    knowledge: Knowledge
    progress: Lines
    concurrency: int = 16
    on_week: Callable[["Week"], None] = lambda week: None
    journal: Journal = field(default_factory=Journal)
    weeks: list[Week] = field(default_factory=list)
    guests: list[Guest] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    skew: timedelta = timedelta(0)
    second: Person | None = None
    """Confirms official results where the platform wants four eyes."""

    def play(self):
        """All of it; what is found lies in `weeks` and `journal`."""
        self.door.on_repeat = lambda reason: self.journal.count(f"requests repeated ({reason})")
        self._timed("joining", self._join)
        self._timed("contest", self._create_contest)
        for week in self.weeks:
            self._timed(f"week {week.number}", lambda week=week: self._play(week))

    def now(self) -> datetime:
        """The server's clock."""
        return datetime.now(UTC) + self.skew

    def _join(self):
        crowd = people.crowd(self.plan.people, self.seed, setting_up.places(self.door))
        self.guests = [Guest(somebody, self.door, self.knowledge, self.journal) for somebody in crowd]
        consents = setting_up.required_consents(self.door)
        self._all("people join", self.guests, lambda guest: guest.join(consents))

    def _create_contest(self):
        first = self.now() + timedelta(seconds=plan.LEAD_S)
        path = f"/contests/{self.plan.contest_id}"
        self.organiser.call("POST", "exam", "/contests", json=plan.contest_body(self.plan, self.bank_id, first))
        self._freeze_roster()
        self.organiser.call("POST", "exam", f"{path}/publish", idempotent=True)
        rounds = self.door.call("GET", "exam", path)["rounds"]
        self.weeks = [_week(round_) for round_ in sorted(rounds, key=lambda each: each["number"])]
        self.skew = _skew(self.door.call("GET", "exam", f"/rounds/{self.weeks[0].round_id}"))

    def _freeze_roster(self):
        counts = people.headcounts(guest.somebody for guest in self.guests)
        rows = [{"unit_id": unit, "headcount": count} for unit, count in counts.items()]
        path = f"/rosters/{self.plan.contest_id}"
        self.organiser.call("PUT", "registration", path, json={"rows": rows})
        self.organiser.call("POST", "registration", f"{path}/freeze", idempotent=True)

    def _play(self, week: Week):
        visits = people.visits([guest.somebody for guest in self.guests], week.number, self.seed, self.plan.attempts)
        round_ = Round(week.round_id, week.number)
        self._sleep_until(week.opens_at)
        self._all(f"week {week.number} of {self.plan.weeks}", visits, lambda visit: self._attend(visit, week, round_))
        self._sleep_until(week.closes_at)
        self._finish(week)
        self.on_week(week)

    def _attend(self, visit: Visit, week: Week, round_: Round):
        self._sleep_until(week.opens_at + (week.closes_at - week.opens_at) * visit.arrival)
        self._guest(visit.person).attend(visit, round_)

    def _finish(self, week: Week):
        """Results are complete, receipts collected and verified, results official."""
        began = time.monotonic()
        week.round = weekly_check.wait_for_results(self.door, week.round_id, self._patience(), self.progress.say)
        week.waited_s = round(time.monotonic() - began, 2)
        left = [each for each in self.journal.of_week(week.number) if each.receipt is None]
        self._all(f"week {week.number}: missing receipts", left, lambda each: self._guest_of(each).collect(each))
        week.sittings = self.journal.of_week(week.number)
        week.checks = self._checked(week)
        week.official = weekly_check.make_official(self.organiser, self.second, week.round_id, NOTE) or {}
        week.top = {division: self._top(week, division) for division in people.DIVISIONS}
        week.units = self._units(week)

    def _checked(self, week: Week) -> list[Check]:
        rows = weekly_check.exported_attempts(self.door, week.round_id)
        counted = week.round.get("counts", {}).get("attempts", -1)
        return [*weekly_check.checks(week.sittings, counted, rows), self._receipts_verified(week)]

    def _receipts_verified(self, week: Week) -> Check:
        """The platform itself confirms its receipts; a fixed sample of them when there are many."""
        step = max(1, len(week.sittings) // RECEIPTS_VERIFIED)
        sample = [each for each in week.sittings[::step] if each.receipt]
        wrong = [each.attempt_id for each in sample if not self._is_valid(each.receipt)]
        return Check(
            "receipts verify",
            not wrong,
            f"{len(sample) - len(wrong)} of {len(sample)}" + (f"; not: {wrong[:3]}" if wrong else ""),
        )

    def _is_valid(self, receipt: str) -> bool:
        return bool(self.door.call("POST", "exam", "/receipts/verify", json={"receipt": receipt}, idempotent=True).get("valid"))

    def _top(self, week: Week, division: str) -> list[dict]:
        params = {"division": division, "limit": TOP}
        return self.door.call("GET", "scoring", f"/rounds/{week.round_id}/results", params=params)["rows"][:TOP]

    def _units(self, week: Week) -> list[dict]:
        """The units below the province that takes part."""
        provinces = self._unit_rows(week, {})
        taking_part = max(provinces, key=lambda unit: unit.get("participants") or 0, default=None)
        return self._unit_rows(week, {"parent_id": taking_part["unit_id"]}) if taking_part else []

    def _unit_rows(self, week: Week, below: dict) -> list[dict]:
        params = {"tree": "administrative", **below}
        return self.door.call("GET", "scoring", f"/rounds/{week.round_id}/units", params=params)["rows"]

    def _patience(self) -> float:
        """Seconds within which provisional results must be there after the close."""
        return 60.0 + self.plan.people / 20

    def _all(self, title: str, items: list, action):
        """Every item through the pool of threads; an unexpected exception ends the rehearsal."""
        if not items:
            return
        with self.progress.stage(title, len(items)) as advance, _threads(self.concurrency) as pool:
            for done in [pool.submit(action, item) for item in items]:
                done.result()
                advance()

    def _guest(self, somebody: Somebody) -> Guest:
        return self.guests[somebody.index - 1]

    def _guest_of(self, sitting: Sitting) -> Guest:
        return self.guests[sitting.person - 1]

    def _sleep_until(self, moment: datetime):
        time.sleep(max(0.0, (moment - self.now()).total_seconds()))

    def _timed(self, name: str, action):
        began = time.monotonic()
        action()
        self.seconds[name] = round(time.monotonic() - began, 1)


@contextmanager
def _threads(number: int):
    """A pool that forgets what was not begun when something (Ctrl-C, a refusal) ends the rehearsal."""
    pool = ThreadPoolExecutor(number)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _week(round_: dict) -> Week:
    return Week(
        round_["number"], round_["round_id"], *(datetime.fromisoformat(round_[name]) for name in ("opens_at", "closes_at"))
    )


def _skew(round_: dict) -> timedelta:
    """How much the server's clock is ahead of ours."""
    return datetime.fromisoformat(round_["server_time"]) - datetime.now(UTC)
