"""One instant of a database: every collection as it was at the same cluster time."""

from collections.abc import Iterator

from bson.codec_options import CodecOptions
from bson.raw_bson import RawBSONDocument
from bson.timestamp import Timestamp
from pymongo.database import Database
from pymongo.errors import OperationFailure

from hoithi_cli.backup.swapping import OLD, is_ours
from hoithi_cli.backup.trouble import InUse, SnapshotLost

PAGE = 2000
RAW = CodecOptions(document_class=RawBSONDocument)
SNAPSHOT_TOO_OLD, SNAPSHOT_UNAVAILABLE = 239, 246


def describe(database: Database) -> dict[str, dict]:
    """Collection -> its identity, options and indexes, without the collections of a restore."""
    found = [each for each in database.list_collections() if each["type"] == "collection"]
    if any(each["name"].startswith(OLD) for each in found):
        raise InUse(f"a restore of {database.name} was interrupted: run it again before a backup is made")
    ours = sorted((each for each in found if not is_ours(each["name"])), key=lambda each: each["name"])
    return {each["name"]: _description(database, each) for each in ours}


def _description(database: Database, found: dict) -> dict:
    indexes = [_index(each) for each in database[found["name"]].list_indexes()]
    return {"uuid": bytes(found["info"]["uuid"]), "options": found["options"], "indexes": indexes}


def _index(found) -> dict:
    """As createIndexes takes it."""
    return {name: value for name, value in found.items() if name not in ("ns", "v")}


def cluster_time(database: Database) -> Timestamp:
    """Now, in MongoDB's own count; reads at it wait until a majority has everything before it."""
    return database.command("ping")["operationTime"]


def pages(database: Database, name: str, at: Timestamp) -> Iterator[list[RawBSONDocument]]:
    """All documents of a collection at that time, in the order of their ids; raises SnapshotLost."""
    wanted = {"hint": {"_id": 1}, "sort": {"_id": 1}, "limit": PAGE, "singleBatch": True}
    concern = {"level": "snapshot", "atClusterTime": at}
    after: dict = {}
    # A page may be cut short by its size, so only an empty one is the end. `min` compares ids of every type.
    while page := _page(database, {"find": name, **wanted, "readConcern": concern, **after}):
        yield page
        after = {"min": {"_id": page[-1]["_id"]}, "skip": 1}


def _page(database: Database, command: dict) -> list[RawBSONDocument]:
    try:
        return database.command(command, codec_options=RAW)["cursor"]["firstBatch"]
    except OperationFailure as failure:
        if failure.code in (SNAPSHOT_TOO_OLD, SNAPSHOT_UNAVAILABLE):
            raise SnapshotLost(f"{database.name}: MongoDB no longer has the state of the beginning of the backup") from failure
        raise
