"""The process beside the doors: the clock, the relay, the listeners."""

import logging
import uuid

from eventlet import tpool

from hoithi_bus import clock as wall_clock
from hoithi_bus.provide import Provided
from hoithi_bus.worker import Relay, every, listen
from hoithi_bus.worker import Worker as BusWorker
from hoithi_contracts.registration import UserErased
from hoithi_contracts.scoring import AttemptsMissing, ResultsPublished, WeekScored
from hoithi_exam import metrics
from hoithi_exam.handlers import clock, collecting, live, people, repairs, standing, uploading
from hoithi_exam.storage import UNAVAILABLE, WrongClock, open_outbox, open_storage

log = logging.getLogger(__name__)

UPLOADS_LEASE_S = 120
"""Longer than reading and checking the largest file takes."""
COLLECTING_S = 6 * 3600
COLLECTING_LEASE_S = 600


class Worker(BusWorker):
    """Keeps the clock, relays exam's events, hears who was forgotten and what scoring lacks."""

    name = "exam-worker"
    storage = Provided(open_storage)
    relay = Relay("exam", open_outbox)
    me = Provided(lambda config: uuid.uuid4().hex)

    def health_checks(self):
        return {"mongodb": self.storage.ping, "clock": lambda: self.storage.require_right_clock(wall_clock.now())}

    @every(seconds=1)
    def tick(self, now):
        try:
            self.storage.require_right_clock(now)
            metrics.ticked(clock.tick(self.storage, now), len(self.storage.rounds.unfinished(now)))
        except UNAVAILABLE as error:
            log.warning("the clock waits for the database: %r", error)
        except WrongClock as error:
            log.error("no round is opened or closed: %s", error)

    @every(seconds=2)
    def sample(self, now):
        try:
            with self.storage.lease.turn("live", self.me, seconds=10) as mine:
                if mine:
                    live.sample(self.storage, now)
        except UNAVAILABLE as error:
            log.warning("the live board waits for the database: %r", error)

    @every(seconds=1)
    def read_uploads(self, now):
        """One file at a time among all workers; who holds it up for too long is passed over."""
        try:
            if not self.storage.uploads.are_waiting():
                return  # a lease costs two durable writes
            with self.storage.lease.turn("uploads", self.me, seconds=UPLOADS_LEASE_S) as mine:
                if mine:
                    metrics.looked_at(uploading.work(self.storage, tpool.execute, now))
        except UNAVAILABLE as error:
            log.warning("files of banks wait for the database: %r", error)

    @every(seconds=COLLECTING_S)
    def collect_media(self, now):
        """Pictures and audio files that nothing refers to any more."""
        try:
            self.storage.require_right_clock(now)
            with self.storage.lease.turn("media", self.me, seconds=COLLECTING_LEASE_S) as mine:
                if mine:
                    metrics.collected(collecting.collect(self.storage, now))
        except UNAVAILABLE as error:
            log.warning("what nothing refers to is collected later: %r", error)
        except WrongClock as error:
            log.error("nothing is collected: %s", error)

    @listen(UserErased, queue="exam.people", pause_on=UNAVAILABLE)
    def user_erased(self, event, now):
        people.forget_person(self.storage, event.user_id)

    @listen(WeekScored, ResultsPublished, queue="exam.results", pause_on=UNAVAILABLE)
    def results_are_there(self, event, now):
        standing.hear_results(self.storage, event)

    @listen(AttemptsMissing, queue="exam.repairs", pause_on=UNAVAILABLE)
    def attempts_missing(self, event, now):
        metrics.TOLD_AGAIN.inc(repairs.tell_missing(self.storage, event, now))
