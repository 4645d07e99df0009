"""Bank versions as documents: written once, never changed."""

import hashlib
from dataclasses import asdict
from datetime import datetime

from pymongo import ASCENDING, DESCENDING
from pymongo.errors import DuplicateKeyError

from hoithi_exam.domain.bank import Bank, Question
from hoithi_exam.domain.receipt import canonical
from hoithi_exam.domain.versions import BankVersion, UnknownBank, UseChanged
from hoithi_exam.storage.memory import Memory

HEAD = {"questions": 0}


class Banks:
    """One document per version: some hundred questions are some hundred kilobytes, far below 16 MB."""

    def __init__(self, database):
        self.collection = database["banks"]
        self.memory = Memory(most=20)

    def ensure_indexes(self) -> None:
        self.collection.create_index([("bank_id", ASCENDING), ("version", DESCENDING)], name="versions", unique=True)

    def get(self, reference: str) -> Bank:
        """A version's bank, "bank:version"; raises UnknownBank."""
        bank = self.memory.get(reference, lambda: self._load(reference))
        if bank is None:
            raise UnknownBank()
        return bank

    def version(self, bank_id: str, version: int) -> BankVersion:
        """What is known of a version; raises UnknownBank."""
        found = self.collection.find_one({"_id": f"{bank_id}:{version}"}, HEAD)
        if found is None:
            raise UnknownBank()
        return _version(found)

    def newest(self, bank_id: str) -> BankVersion | None:
        """The latest imported version."""
        found = self.collection.find_one({"bank_id": bank_id}, HEAD, sort=[("version", DESCENDING)])
        return _version(found) if found else None

    def all(self) -> list[BankVersion]:
        """Every version of every bank."""
        found = self.collection.find({}, HEAD).sort([("bank_id", ASCENDING), ("version", DESCENDING)])
        return [_version(document) for document in found]

    def add(self, bank: Bank, by: str, now: datetime) -> BankVersion:
        """Keep a bank as its next version; the same content as the newest one is that version. Raises UseChanged."""
        digest = hashlib.sha256(canonical(_plain(bank))).hexdigest()
        while True:
            newest = self.newest(bank.id)
            if newest and newest.digest == digest:
                return newest
            self.require_same_use(bank)
            document = _document(bank, newest.version + 1 if newest else 1, digest, by, now)
            try:
                self.collection.insert_one(document)
            except DuplicateKeyError:
                continue  # somebody imported at the same time: look again
            return _version(document)

    def require_same_use(self, bank: Bank) -> None:
        """Raises UseChanged when a practice question is a real one in any kept version, or a real one practice."""
        use = {question.id: question.practice for question in bank.questions}
        found = self.collection.aggregate(
            [
                {"$match": {"bank_id": bank.id}},
                {"$project": {"questions.id": 1, "questions.practice": 1}},
                {"$unwind": "$questions"},
                {"$group": {"_id": {"id": "$questions.id", "practice": {"$ifNull": ["$questions.practice", False]}}}},
            ]
        )
        changed = {each["_id"]["id"] for each in found if use.get(each["_id"]["id"]) is (not each["_id"]["practice"])}
        if changed:
            raise UseChanged(changed)

    def _load(self, reference: str) -> Bank | None:
        found = self.collection.find_one({"_id": reference})
        return _bank(found) if found else None


def _document(bank: Bank, version: int, digest: str, by: str, now: datetime) -> dict:
    return {
        "_id": f"{bank.id}:{version}",
        "bank_id": bank.id,
        "version": version,
        "digest": digest,
        "imported_at": now,
        "imported_by": by,
        "size": len(bank.questions),
        "title": bank.title,
        "language": bank.language,
        "topics": bank.topics,
        "questions": _plain(bank)["questions"],
    }


def _plain(bank: Bank) -> dict:
    """As dictionaries. What is no practice question says nothing of it: versions made before there were any stay the same."""
    made = asdict(bank)
    for question in made["questions"]:
        if not question["practice"]:
            del question["practice"]
    return made


def _version(found: dict) -> BankVersion:
    names = ("bank_id", "version", "title", "language", "size", "digest", "imported_at", "imported_by")
    return BankVersion(found["_id"], **{name: found[name] for name in names})


def _bank(found: dict) -> Bank:
    questions = tuple(Question(**{**question, "options": tuple(question["options"])}) for question in found["questions"])
    return Bank(found["bank_id"], found["title"], found["language"], found["topics"], questions)
