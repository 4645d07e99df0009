"""One write that lets only a newer revision replace a document: events may come in any order."""

from pymongo import UpdateOne


def replace_older(document: dict) -> UpdateOne:
    """Insert the document, or replace the stored one when its `revision` is lower; else change nothing."""
    is_newer = {"$lt": [{"$ifNull": ["$revision", -1]}, document["revision"]]}
    chosen = {"$cond": [is_newer, {"$literal": document}, "$$ROOT"]}
    return UpdateOne({"_id": document["_id"]}, [{"$replaceWith": chosen}], upsert=True)
