"""Files of banks on their way, one document each; MongoDB deletes them after a day."""

from dataclasses import asdict

from bson import Binary
from pymongo import ASCENDING, ReturnDocument

from hoithi_exam.domain.uploads import KEPT_FOR, WAITING, UnknownUpload, Upload

ABOUT = {"file": 0}


class Uploads:
    def __init__(self, database):
        self.collection = database["uploads"]

    def ensure_indexes(self) -> None:
        self.collection.create_index([("at", ASCENDING)], name="over", expireAfterSeconds=int(KEPT_FOR.total_seconds()))
        waiting = {"partialFilterExpression": {"state": WAITING}}
        self.collection.create_index([("state", ASCENDING), ("at", ASCENDING)], name="waiting", **waiting)

    def add(self, upload: Upload, raw: bytes) -> Upload:
        self.collection.insert_one({**_document(upload), "file": Binary(raw)})
        return upload

    def get(self, bank_id: str, upload_id: str) -> Upload:
        """Raises UnknownUpload."""
        return _upload(self._require(self.collection.find_one({"_id": upload_id, "bank_id": bank_id}, ABOUT)))

    def file(self, bank_id: str, upload_id: str) -> bytes:
        """Raises UnknownUpload."""
        return bytes(self._require(self.collection.find_one({"_id": upload_id, "bank_id": bank_id}, {"file": 1}))["file"])

    def are_waiting(self) -> bool:
        """A read of the small index: asked every second, whether or not anybody ever uploads."""
        return self.collection.find_one({"state": WAITING}, {"_id": 1}) is not None

    def begin(self) -> Upload | None:
        """The one that waits longest, begun once more; None when none waits."""
        update = {"$inc": {"tries": 1}}
        how = {"projection": ABOUT, "sort": [("at", ASCENDING)], "return_document": ReturnDocument.AFTER}
        found = self.collection.find_one_and_update({"state": WAITING}, update, **how)
        return _upload(found) if found else None

    def step(self, upload: Upload, step: str) -> None:
        self.collection.update_one({"_id": upload.upload_id}, {"$set": {"step": step}})

    def change(self, before: Upload, after: Upload) -> bool:
        """False when somebody was quicker."""
        was = {"_id": before.upload_id, "state": before.state, "keep": before.keep}
        return self.collection.update_one(was, {"$set": _document(after)}).matched_count == 1

    def _require(self, found: dict | None) -> dict:
        if found is None:
            raise UnknownUpload()
        return found


def _document(upload: Upload) -> dict:
    made = asdict(upload)
    return {"_id": made.pop("upload_id"), **made}


def _upload(found: dict) -> Upload:
    return Upload(found.pop("_id"), **found)
