"""Evidence files, one document each (at most 5 MB), apart from the assessments that name them."""

from bson import Binary
from pymongo import ASCENDING

from hoithi_emulation.domain.refusals import EvidenceUnknown


class Files:
    def __init__(self, files):
        self.files = files

    def ensure_indexes(self):
        self.files.create_index([("assessment_id", ASCENDING)], name="assessment")

    def keep(self, assessment_id: str, file_id: str, body: bytes) -> None:
        self.files.insert_one({"_id": file_id, "assessment_id": assessment_id, "body": Binary(body)})

    def get(self, assessment_id: str, file_id: str) -> bytes:
        """Raises EvidenceUnknown."""
        found = self.files.find_one({"_id": file_id, "assessment_id": assessment_id})
        if found is None:
            raise EvidenceUnknown()
        return bytes(found["body"])

    def drop(self, assessment_id: str, file_id: str) -> None:
        self.files.delete_one({"_id": file_id, "assessment_id": assessment_id})

    def drop_all(self, assessment_id: str) -> None:
        self.files.delete_many({"assessment_id": assessment_id})
