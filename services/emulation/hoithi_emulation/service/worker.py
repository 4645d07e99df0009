"""What emulation does by itself: listens, fetches official results, forgets, relays its events."""

import os
import uuid

from hoithi_bus.provide import Provided
from hoithi_bus.worker import Relay, every, listen
from hoithi_bus.worker import Worker as BusWorker
from hoithi_contracts.registration import OfficerChanged, RosterFrozen, UnitsChanged, UserErased, UserUpdated
from hoithi_contracts.scoring import PrizeAwarded, ResultsCorrected, ResultsPublished
from hoithi_emulation import metrics
from hoithi_emulation.handlers import fetching, listening
from hoithi_emulation.service.opening import open_seal, open_source
from hoithi_emulation.storage import UNAVAILABLE, open_outbox, open_storage

FETCH_LEASE_S = 300


class Worker(BusWorker):
    name = "emulation-worker"
    version = "0.1.0"
    storage = Provided(open_storage)
    source = Provided(open_source)
    seal = Provided(open_seal)
    owner = Provided(lambda config: f"{os.uname().nodename}:{os.getpid()}:{uuid.uuid4().hex[:6]}")
    relay = Relay("emulation", open_outbox)

    def health_checks(self):
        return {"mongodb": self.storage.ping}

    @listen(UnitsChanged, RosterFrozen, queue="emulation.units", pause_on=UNAVAILABLE)
    def units_changed(self, event, now):
        keep = self.storage.units.keep if isinstance(event, UnitsChanged) else self.storage.units.freeze
        keep(event)

    @listen(UserUpdated, UserErased, OfficerChanged, queue="emulation.people", pause_on=UNAVAILABLE)
    def person_changed(self, event, now):
        PEOPLE[type(event)](self.storage, event, now)

    @listen(ResultsPublished, ResultsCorrected, PrizeAwarded, queue="emulation.results", pause_on=UNAVAILABLE)
    def results_changed(self, event, now):
        tell = listening.prize_told if isinstance(event, PrizeAwarded) else listening.results_told
        tell(self.storage, event)

    @every(seconds=5)
    def fetch_results(self, now):
        """One worker at a time; what does not come is asked for again."""
        if self.source is None or not fetching.missing(self.storage):
            return  # a lease costs two durable writes
        with self.storage.lease.turn("results", self.owner, FETCH_LEASE_S) as mine:
            for outcome in fetching.fetch_due(self.storage, self.source, self.seal, now) if mine else ():
                metrics.FETCHES.labels(outcome).inc()

    @every(seconds=30)
    def show_state(self, now):
        metrics.show(self.storage.campaigns.all(), self.storage.assessments.tally(), len(fetching.missing(self.storage)))

    @every(seconds=3600)
    def forget(self, now):
        self.storage.require_right_clock(now)
        metrics.FORGOTTEN.inc(listening.forget_due(self.storage, now))


PEOPLE = {
    UserUpdated: listening.person_renamed,
    UserErased: listening.forget_person,
    OfficerChanged: lambda storage, event, now: storage.units.appoint(event),
}
