"""Connection to a service's own database."""

from datetime import datetime

from pymongo import MongoClient
from pymongo.database import Database
from pymongo.errors import ConnectionFailure, WaitQueueTimeoutError, WTimeoutError

from hoithi_store.together import Interrupted

UNAVAILABLE: tuple[type[Exception], ...] = (ConnectionFailure, WaitQueueTimeoutError, WTimeoutError, Interrupted)
"""The database is away or cannot confirm now. The outcome of a write is unknown: repeat it."""


def connect(uri: str, owner: str = "") -> Database:
    """The database named in the URI.

    The URI carries user, replicaSet, w=majority and journal=true. `owner` is shown in MongoDB's
    logs. Raises pymongo's ConfigurationError when the URI names no database.
    """
    client = MongoClient(uri, tz_aware=True, appname=owner or None, retryWrites=True)
    return client.get_default_database()


MOST_CLOCK_ERROR_S = 5
"""More than that, and a process must decide nothing by its clock that cannot be taken back."""


class WrongClock(Exception):
    """This process's clock and the database's differ too much."""


def require_right_clock(database: Database, now: datetime) -> None:
    """Raises WrongClock when `now` is more than MOST_CLOCK_ERROR_S away from MongoDB's clock."""
    error_s = _ahead_s(database, now)
    if abs(error_s) > MOST_CLOCK_ERROR_S:
        raise WrongClock(f"the clock of this process is {error_s:+.0f} s away from the database's")


def require_come(database: Database, instant: datetime) -> None:
    """Raises WrongClock when by MongoDB's clock the instant is more than MOST_CLOCK_ERROR_S away in the future."""
    ahead_s = _ahead_s(database, instant)
    if ahead_s > MOST_CLOCK_ERROR_S:
        raise WrongClock(f"by the database's clock {instant.isoformat()} comes in {ahead_s:.0f} s")


def _ahead_s(database: Database, instant: datetime) -> float:
    answer = database.command("hello", codec_options=database.codec_options)
    return (instant - answer["localTime"]).total_seconds()
