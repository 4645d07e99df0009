"""Connection to a service's own database."""

from pymongo import MongoClient
from pymongo.database import Database
from pymongo.errors import ConnectionFailure, PyMongoError, WaitQueueTimeoutError, WTimeoutError

UNAVAILABLE: tuple[type[PyMongoError], ...] = (ConnectionFailure, WaitQueueTimeoutError, WTimeoutError)
"""The database is away or cannot confirm now. The outcome of a write is unknown: repeat it."""


def connect(uri: str, owner: str = "") -> Database:
    """The database named in the URI.

    The URI carries user, replicaSet, w=majority and journal=true. `owner` is shown in MongoDB's
    logs. Raises pymongo's ConfigurationError when the URI names no database.
    """
    client = MongoClient(uri, tz_aware=True, appname=owner or None, retryWrites=True)
    return client.get_default_database()
