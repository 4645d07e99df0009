"""MongoDB: people, sessions, units, rosters, throttles, contests, audit. The only room that knows pymongo."""

from datetime import datetime

from hoithi_registration.domain.marks import Marks
from hoithi_registration.storage.contests import Contests
from hoithi_registration.storage.invitations import Invitations
from hoithi_registration.storage.names import Names
from hoithi_registration.storage.password_resets import PasswordResets
from hoithi_registration.storage.people import People
from hoithi_registration.storage.retelling import Retelling
from hoithi_registration.storage.rosters import Rosters
from hoithi_registration.storage.second_factors import SecondFactors
from hoithi_registration.storage.sessions import Sessions
from hoithi_registration.storage.throttles import Throttles
from hoithi_registration.storage.units import Units
from hoithi_store import UNAVAILABLE, Audit, Lease, Outbox, connect, require_right_clock

__all__ = ["UNAVAILABLE", "Storage", "open_outbox", "open_storage"]

WITH_OUTBOX = ("people", "unit_changes", "rosters", "invitations", "password_resets")


class Storage:
    """Everything registration keeps."""

    def __init__(self, database, marks: Marks | None = None):
        self.database = database
        self.people = People(database, marks)
        self.sessions = Sessions(database)
        self.names = Names(database)
        self.units = Units(database)
        self.rosters = Rosters(database)
        self.throttles = Throttles(database)
        self.audit = Audit(database)
        self.second_factors = SecondFactors(database)
        self.invitations = Invitations(database)
        self.password_resets = PasswordResets(database)
        self.contests = Contests(database)
        self.lease = Lease(database)
        self.retelling = Retelling(database, marks)

    def ensure_indexes(self) -> None:
        """Make every index; quiet when it exists, safe in several processes at once."""
        parts = (self.people, self.sessions, self.units, self.throttles, self.audit, self.invitations, self.password_resets)
        for part in parts:
            part.ensure_indexes()

    def ping(self) -> None:
        """Raise when the database does not answer."""
        self.database.command("ping")

    def require_right_clock(self, now: datetime) -> None:
        """Raises hoithi_store.WrongClock when `now` is far from the database's clock."""
        require_right_clock(self.database, now)

    def close(self) -> None:
        """End the connections."""
        self.database.client.close()


def open_storage(config: dict) -> Storage:
    """The storage of a process, its indexes made. Marks need the service's key, which the doors have: they tell of people."""
    secret = str(config.get("SECOND_FACTOR_KEY") or "")
    storage = Storage(connect(config["MONGO_URI"], "registration"), Marks(secret.encode()) if secret else None)
    storage.ensure_indexes()
    return storage


def open_outbox(config: dict) -> Outbox:
    """What the relay publishes from."""
    outbox = Outbox(connect(config["MONGO_URI"], "registration-relay"), WITH_OUTBOX)
    outbox.ensure_indexes()
    return outbox
