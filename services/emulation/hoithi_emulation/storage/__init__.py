"""MongoDB: the only room that knows pymongo. One small class per collection."""

from datetime import datetime

from hoithi_emulation.storage.assessments import Assessments
from hoithi_emulation.storage.campaigns import Campaigns
from hoithi_emulation.storage.files import Files
from hoithi_emulation.storage.indices import Indices
from hoithi_emulation.storage.nominations import Nominations
from hoithi_emulation.storage.results import Results
from hoithi_emulation.storage.units import Units
from hoithi_store import UNAVAILABLE, Audit, Lease, Outbox, connect, require_right_clock

__all__ = ["UNAVAILABLE", "Storage", "open_outbox", "open_storage"]

WITH_OUTBOX = ["campaigns", "assessments"]


class Storage:
    """Everything emulation keeps."""

    def __init__(self, database):
        self.database = database
        self.audit = Audit(database)
        self.units = Units(database)
        self.campaigns = Campaigns(database["campaigns"], self.audit)
        self.assessments = Assessments(database["assessments"], self.audit)
        self.files = Files(database["files"])
        self.indices = Indices(database["indices"], self.audit)
        self.nominations = Nominations(database["nominations"], database["rankings"], self.audit)
        self.results = Results(database["results"], database["prizes"])
        self.lease = Lease(database)

    def ensure_indexes(self):
        """Make what is missing; several processes may do so at once."""
        for kept in (self.audit, self.units, self.assessments, self.files, self.nominations, self.results):
            kept.ensure_indexes()
        Outbox(self.database, WITH_OUTBOX).ensure_indexes()

    def ping(self):
        """Raises while the database is away."""
        self.database.command("ping")

    def require_right_clock(self, now: datetime):
        """Raises hoithi_store.WrongClock when `now` is far from the database's clock."""
        require_right_clock(self.database, now)


def open_storage(config: dict) -> Storage:
    storage = Storage(connect(config["MONGO_URI"], "hoithi-emulation"))
    storage.ensure_indexes()
    return storage


def open_outbox(config: dict) -> Outbox:
    return Outbox(connect(config["MONGO_URI"], "hoithi-emulation-relay"), WITH_OUTBOX)
