"""The collections of notify: contacts, organisers, contests, rounds, occasions, deliveries. The only room that knows MongoDB."""

from pymongo.database import Database

from hoithi_notify.storage.contacts import Contacts, Organisers
from hoithi_notify.storage.deliveries import Deliveries
from hoithi_notify.storage.occasions import Occasions
from hoithi_notify.storage.rounds import Rounds
from hoithi_store import connect


def open_storage(uri: str) -> "Storage":
    """The storage with its indexes made; any number of processes may do this at the same time."""
    storage = Storage(connect(uri, "notify"))
    storage.ensure_indexes()
    return storage


class Storage:
    """All of notify's state."""

    def __init__(self, database: Database):
        self.database = database
        self.contacts = Contacts(database["contacts"])
        self.organisers = Organisers(database["organisers"])
        self.rounds = Rounds(database["contests"], database["rounds"])
        self.occasions = Occasions(database["occasions"])
        self.deliveries = Deliveries(database["deliveries"])

    def ensure_indexes(self):
        """Exactly the indexes that are used, each beside its use."""
        self.organisers.ensure_indexes()
        self.occasions.ensure_indexes()
        self.deliveries.ensure_indexes()

    def ping(self):
        """Raises when the database is away."""
        self.database.command("ping")
