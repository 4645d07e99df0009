"""Inserting what may be there already: cheaper than upserts, which cost MongoDB thrice as much (docs/decisions/0074)."""

from pymongo.collection import Collection
from pymongo.errors import BulkWriteError

DUPLICATE = 11000


def insert_new(collection: Collection, documents: list[dict]) -> list[dict]:
    """Insert in one go; returns those whose id was taken, which are left as they are. Raises for everything else."""
    try:
        if documents:
            collection.insert_many(documents, ordered=False)
    except BulkWriteError as error:
        return [documents[place] for place in taken(error)]
    return []


def taken(error: BulkWriteError) -> list[int]:
    """The places of writes whose id is taken; raises `error` when something else went wrong."""
    failed = error.details["writeErrors"]
    if any(each["code"] != DUPLICATE for each in failed) or error.details["writeConcernErrors"]:
        raise error
    return [each["index"] for each in failed]
