"""MongoDB: the only room that knows pymongo. One small class per collection."""

from datetime import datetime, timedelta
from functools import partial

from hoithi_scoring.storage.attempts import Attempts
from hoithi_scoring.storage.certificates import Certificates, PrintJobs
from hoithi_scoring.storage.complaints import Complaints
from hoithi_scoring.storage.contests import Contests
from hoithi_scoring.storage.decisions import Decisions
from hoithi_scoring.storage.flags import Flags
from hoithi_scoring.storage.items import ItemPages
from hoithi_scoring.storage.officers import Officers
from hoithi_scoring.storage.people import People
from hoithi_scoring.storage.pools import AwardLists, Pools
from hoithi_scoring.storage.previews import Previews
from hoithi_scoring.storage.rankings import Rankings
from hoithi_scoring.storage.reminders import Reminders
from hoithi_scoring.storage.reports import Reports
from hoithi_scoring.storage.rounds import Rounds
from hoithi_scoring.storage.standings import Standings
from hoithi_scoring.storage.units import Units
from hoithi_scoring.storage.winners import Winners
from hoithi_store import UNAVAILABLE, Audit, Lease, Outbox, Proposals, Shelf, connect, require_right_clock

__all__ = ["UNAVAILABLE", "Storage", "open_outbox", "open_storage"]

WITH_OUTBOX = ["rounds", "reminders", "complaints", "contests", "reports", "award_lists", "proposals"]
# Names stand in what is printed: it is kept only as long as somebody may ask for it again.
PAPERS_KEPT, PRINTS_KEPT = timedelta(days=1), timedelta(days=3)


class Storage:
    """Everything scoring keeps."""

    def __init__(self, database):
        self.database = database
        self.audit = Audit(database)
        self.rounds = Rounds(database["rounds"], self.audit)
        self.contests = Contests(database["contests"])
        self.attempts = Attempts(database["attempts"])
        self.decisions = Decisions(database["decisions"], self.audit)
        self.items = ItemPages(database["items"])
        self.people = People(database["people"])
        self.units = Units(database["units"], database["rosters"])
        self.rankings = Rankings(database["rankings"])
        self.standings = Standings(database["standings"], database["standings_owed"])
        self.reminders = Reminders(database["reminders"])
        self.proposals = Proposals(database)
        self.previews = Previews(database["previews"])
        self.complaints = Complaints(database)
        self.flags = Flags(database, self.audit)
        self.winners = Winners(database, self.audit)
        self.pools = Pools(database["pools"], self.audit)
        self.award_lists = AwardLists(database["award_lists"])
        self.officers = Officers(database["officers"])
        self.reports = Reports(database["reports"])
        self.certificates = Certificates(database["certificates"])
        self.print_jobs = PrintJobs(database["print_jobs"], database["print_pieces"], PRINTS_KEPT)
        self.papers = Shelf(database["papers"], PAPERS_KEPT, personal=True)
        self.lease = Lease(database)

    def ensure_indexes(self):
        """Make what is missing; several processes may do so at once."""
        kept_here = (self.attempts, self.decisions, self.items, self.people, self.units, self.rankings, self.standings)
        judged = (self.complaints, self.flags, self.winners, self.audit, self.proposals)
        for kept in (*kept_here, *judged, self.previews, self.print_jobs, self.papers):
            kept.ensure_indexes()
        self.officers.ensure_indexes()
        self.reports.ensure_indexes()
        Outbox(self.database, WITH_OUTBOX).ensure_indexes()

    def ping(self):
        """Raises while the database is away."""
        self.database.command("ping")

    def require_right_clock(self, now: datetime):
        """Raises hoithi_store.WrongClock when `now` is far from the database's clock."""
        require_right_clock(self.database, now)

    def beat(self, name: str, owner: str, seconds: float):
        """A function that prolongs a lease; it answers False when another process has it now."""
        return partial(self.lease.hold, name, owner, seconds)


def open_storage(config: dict) -> Storage:
    storage = Storage(connect(config["MONGO_URI"], "hoithi-scoring"))
    storage.ensure_indexes()
    return storage


def open_outbox(config: dict) -> Outbox:
    return Outbox(connect(config["MONGO_URI"], "hoithi-scoring-relay"), WITH_OUTBOX)
