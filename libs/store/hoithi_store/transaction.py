"""Several documents in one durable step."""

from collections.abc import Callable

from pymongo.client_session import ClientSession
from pymongo.database import Database


def in_one_step(database: Database, work: Callable[[ClientSession], object]):
    """Run `work(session)` in a transaction; a passing trouble repeats it, so it must only touch the database."""
    with database.client.start_session() as session:
        return session.with_transaction(work)
