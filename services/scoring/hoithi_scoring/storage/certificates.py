"""The register of certificates, and the pieces of those that are printed all together."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, timedelta

from pymongo import ASCENDING, UpdateOne
from pymongo.errors import DuplicateKeyError

from hoithi_scoring.domain.certificates import Certificate, Issue, Standing

NAMES = ("scope", "contest_id", "round_id", "person", "user_id")


class Certificates:
    """One document per certificate: who, about what, and every content it was printed with."""

    def __init__(self, certificates):
        self.certificates = certificates

    def get(self, code: str) -> Certificate | None:
        found = self.certificates.find_one({"_id": code})
        return found and _certificate(found)

    def known(self, codes: Iterable[str]) -> dict[str, Certificate]:
        """Code -> certificate of those that were printed before."""
        return {found["_id"]: _certificate(found) for found in self.certificates.find({"_id": {"$in": list(codes)}})}

    def save(self, changes: Iterable[tuple[Certificate, Certificate]]) -> None:
        """(before, after) of each; who was quicker stays, for it printed the same results."""
        writes = [write for before, after in changes for write in _writes(before, after)]
        if writes:
            self.certificates.bulk_write(writes, ordered=True)


def _writes(before: Certificate, after: Certificate) -> list[UpdateOne]:
    if before == after:
        return []
    new = asdict(after.issues[-1])
    about = {name: getattr(after, name) for name in NAMES}
    made = UpdateOne({"_id": after.code}, {"$setOnInsert": {**about, "issues": []}}, upsert=True)
    added = UpdateOne({"_id": after.code, "issues": {"$size": len(before.issues)}}, {"$push": {"issues": new}})
    return [made, added]


def _certificate(found: dict) -> Certificate:
    issues = tuple(Issue(issue["at"], Standing(**issue["standing"])) for issue in found["issues"])
    return Certificate(found["_id"], **{name: found[name] for name in NAMES}, issues=issues)


class PrintJobs:
    """Certificates of many people: the job, and each finished piece. A piece that is missing is made (again)."""

    def __init__(self, jobs, pieces, kept_for: timedelta):
        self.jobs, self.pieces, self.kept_for = jobs, pieces, kept_for

    def ensure_indexes(self):
        self.jobs.create_index([("until", ASCENDING)], name="until", expireAfterSeconds=0)
        self.pieces.create_index([("until", ASCENDING)], name="until", expireAfterSeconds=0)
        self.pieces.create_index([("job", ASCENDING), ("number", ASCENDING)], name="job")
        self.pieces.create_index([("users", ASCENDING)], name="users")

    def add(self, job: dict, now: datetime) -> dict:
        """Keep a job; one that was asked for before stays as it is."""
        with suppress(DuplicateKeyError):
            self.jobs.insert_one({**job, "until": now + self.kept_for})
        return self.get(job["_id"]) or job

    def get(self, job_id: str) -> dict | None:
        return self.jobs.find_one({"_id": job_id})

    def all(self) -> list[dict]:
        """The latest are first; a platform has few."""
        return list(self.jobs.find({}).sort("requested_at", -1))

    def made(self, job_id: str) -> list[int]:
        """Numbers of the finished pieces."""
        return [found["number"] for found in self.pieces.find({"job": job_id}, {"_id": 0, "number": 1}, hint="job")]

    def put(self, job: dict, number: int, content: bytes, users: list[str]) -> None:
        """Keep a piece as long as its job."""
        piece = {"job": job["_id"], "number": number, "content": content, "users": users, "until": job["until"]}
        self.pieces.replace_one({"_id": f"{job['_id']}|{number:05d}"}, piece, upsert=True)

    def content(self, job_id: str, number: int) -> bytes | None:
        found = self.pieces.find_one({"_id": f"{job_id}|{number:05d}"}, {"content": 1})
        return found and bytes(found["content"])

    def drop(self, job_id: str, number: int) -> None:
        self.pieces.delete_one({"_id": f"{job_id}|{number:05d}"})

    def forget(self, user_id: str) -> None:
        """Every piece that names the person; the worker makes it again without."""
        self.pieces.delete_many({"users": user_id})
