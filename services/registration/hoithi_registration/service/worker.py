"""The process beside the doors: publishes registration's events, hears of contests, forgets people in time."""

from hoithi_bus.provide import Provided
from hoithi_bus.worker import Relay, every, listen
from hoithi_bus.worker import Worker as BusWorker
from hoithi_contracts.exam import ContestPublished, WeekClosed
from hoithi_contracts.scoring import PrizeAwarded, ResultsPublished
from hoithi_registration import metrics
from hoithi_registration.handlers import retention
from hoithi_registration.service.keeping import Keeper
from hoithi_registration.service.opening import open_first_operator
from hoithi_registration.storage import UNAVAILABLE, open_outbox, open_storage


class Worker(BusWorker):
    name = "registration-worker"
    storage = Provided(open_storage)
    first_operator = Provided(open_first_operator)
    keeper = Provided(Keeper)
    relay = Relay("registration", open_outbox)

    def health_checks(self):
        return {"mongodb": self.storage.ping}

    @listen(ContestPublished, WeekClosed, ResultsPublished, PrizeAwarded, queue="registration.contests", pause_on=UNAVAILABLE)
    def contest_went_on(self, event, now):
        retention.hear_of_contest(self.storage, event)

    @every(seconds=60)
    def forget_in_time(self, now):
        swept = self.keeper.turn(now)
        metrics.RETENTION.labels("announced").inc(swept.announced)
        metrics.RETENTION.labels("erased").inc(swept.erased)
