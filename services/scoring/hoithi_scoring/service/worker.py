"""What scoring does by itself: listens, builds rankings, asks for what is missing, prints, reports."""

import os
import uuid
from datetime import timedelta

from hoithi_bus.provide import Provided
from hoithi_bus.worker import Relay, every, listen, listen_batch
from hoithi_bus.worker import Worker as BusWorker
from hoithi_contracts.exam import AnswerKeyCorrected, AttemptSubmitted, ContestPublished, WeekClosed, WeekExtended, WeekOpened
from hoithi_contracts.registration import OfficerChanged, RosterFrozen, UnitsChanged, UserErased, UserRegistered, UserUpdated
from hoithi_scoring import metrics
from hoithi_scoring.builder import Builder
from hoithi_scoring.domain import refusals
from hoithi_scoring.handlers import (
    asking,
    building,
    listening,
    printing,
    reporting,
    running,
)
from hoithi_scoring.service.opening import open_pseudonyms
from hoithi_scoring.service.papers import open_papers
from hoithi_scoring.storage import UNAVAILABLE, open_outbox, open_storage

REPORTS_LEASE_S = 120
# Half as many come together only when more wait behind them: scores go first then.
MOST_AT_ONCE, RUSH = 1_000, 500


class Worker(BusWorker):
    name = "scoring-worker"
    version = "0.1.0"
    storage = Provided(open_storage)
    pseudonyms = Provided(open_pseudonyms)
    papers = Provided(open_papers)
    builder = Provided(lambda config: Builder(config["MONGO_URI"], f"{os.uname().nodename}:{os.getpid()}:{uuid.uuid4().hex[:6]}"))
    cooldown_s = Provided(lambda config: float(config.get("RANKING_COOLDOWN_S") or 2))
    ask_after = Provided(lambda config: timedelta(seconds=float(config.get("ASK_AFTER_S") or 30)))
    relay = Relay("scoring", open_outbox)

    def health_checks(self):
        return {"mongodb": self.storage.ping}

    @listen_batch(AttemptSubmitted, queue="scoring.attempts", most=MOST_AT_ONCE, within_ms=100, pause_on=UNAVAILABLE)
    def attempts_submitted(self, events, now):
        rush = len(events) >= RUSH
        try:
            metrics.kept(*listening.keep_attempts(self.storage, self.pseudonyms, events, now, rush))
        except refusals.AnswersDiffer:
            metrics.DIFFERING.inc()
            raise

    @listen(
        ContestPublished, WeekOpened, WeekExtended, WeekClosed, AnswerKeyCorrected, queue="scoring.rounds", pause_on=UNAVAILABLE
    )
    def round_changed(self, event, now):
        ROUND_EVENTS[type(event)](self.storage, event, now)

    @listen(UserRegistered, UserUpdated, UserErased, OfficerChanged, queue="scoring.people", pause_on=UNAVAILABLE)
    def person_changed(self, event, now):
        if isinstance(event, UserErased):
            listening.forget_person(self.storage, event, now)
        elif isinstance(event, OfficerChanged):
            self.storage.officers.keep(event)
        else:
            self.storage.people.keep(event)

    @listen(UnitsChanged, RosterFrozen, queue="scoring.units", pause_on=UNAVAILABLE)
    def units_changed(self, event, now):
        UNIT_EVENTS[type(event)](self.storage, event)

    @every(seconds=1)
    def build_rankings(self, now):
        # A ranking "built tomorrow" would be the last one until then.
        self.storage.require_right_clock(now)
        for built in building.rank_due(self.storage, self.builder.owner, self.cooldown_s, now, self.builder.build):
            metrics.built(built.seconds, built.attempts)
        metrics.show(self.storage.rounds.all())

    @every(seconds=1)
    def follow_up(self, now):
        """Apart from the rankings: analyses of a million papers take a minute, a corrected ranking does not wait for them."""
        self.storage.require_right_clock(now)
        building.follow_up(self.storage, self.builder.owner, self.cooldown_s, now, self.builder.build)

    @every(seconds=1)
    def rank_those_put_off(self, now):
        running.pay(self.storage, self.builder.owner, now)

    @every(seconds=60)
    def look_at_complaints(self, now):
        metrics.show_complaints(self.storage.complaints.count_open(), self.storage.complaints.count_open(due_before=now))

    @every(seconds=30)
    def make_reports(self, now):
        """One worker at a time; the next one goes on where a stopped one left off."""
        owner = self.builder.owner
        with self.storage.lease.turn("reports", owner, REPORTS_LEASE_S) as mine:
            if mine:
                self.storage.require_right_clock(now)
                metrics.REPORTS.inc(reporting.make_due(self.storage, self.storage.beat("reports", owner, REPORTS_LEASE_S), now))

    @every(seconds=1)
    def ask_for_missing(self, now):
        self.storage.require_right_clock(now)
        metrics.ASKED.inc(asking.ask_for_missing(self.storage, self.ask_after, now))

    @every(seconds=1)
    def print_certificates(self, now):
        printing.print_due(self.storage, self.pseudonyms, self.papers, self.builder.owner, now)


ROUND_EVENTS = {
    ContestPublished: listening.publish_contest,
    WeekOpened: listening.open_week,
    WeekExtended: listening.extend_week,
    WeekClosed: listening.close_week,
    AnswerKeyCorrected: listening.correct_key,
}
UNIT_EVENTS = {UnitsChanged: listening.change_units, RosterFrozen: listening.freeze_roster}
