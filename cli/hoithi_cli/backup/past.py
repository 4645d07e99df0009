"""MongoDB keeps no history (docs/decisions/0076), except while a backup is read."""

from collections.abc import Iterator
from contextlib import contextmanager

from pymongo import MongoClient

WINDOW = "minSnapshotHistoryWindowInSeconds"
KEPT_S = 1800
"""Longer than any backup is read: a quarter of a gigabyte takes six seconds."""


@contextmanager
def kept(admin_uri: str | None) -> Iterator[None]:
    """The primary keeps what is replaced for KEPT_S, then again as long as before; without an administrator's URI as it is."""
    if not admin_uri:
        yield
        return
    with MongoClient(admin_uri, appname="hoithi-backup", serverSelectionTimeoutMS=5000) as client:
        before = client.admin.command({"getParameter": 1, WINDOW: 1})[WINDOW]
        client.admin.command({"setParameter": 1, WINDOW: max(before, KEPT_S)})
        try:
            yield
        finally:
            client.admin.command({"setParameter": 1, WINDOW: before})
