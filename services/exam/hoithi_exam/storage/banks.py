"""Bank versions as documents: written once; only the approval is added, each step with its entry in the audit log."""

import hashlib
from dataclasses import asdict, replace
from datetime import datetime
from functools import partial

from pymongo import ASCENDING, DESCENDING
from pymongo.errors import DuplicateKeyError

from hoithi_exam.domain.bank import Bank, Question
from hoithi_exam.domain.bank.search import Catalogue
from hoithi_exam.domain.receipt import canonical
from hoithi_exam.domain.versions import APPROVED, DRAFT, BankVersion, NewerVersion, UnknownBank, UseChanged
from hoithi_exam.storage.memory import Memory
from hoithi_store import Audit, Entry, changed

HEAD = {"questions": 0}
OPTIONAL = {"practice", "picture", "alt"}


class Banks:
    """One document per version: some hundred questions are some hundred kilobytes, far below 16 MB."""

    def __init__(self, database):
        self.collection, self.audit = database["banks"], Audit(database)
        self.memory, self.catalogues = Memory(most=20), Memory(most=5)

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

    def newest(self, bank_id: str, approved: bool = False) -> BankVersion | None:
        """The latest imported version, or the latest of those that were approved."""
        wanted = {"bank_id": bank_id, **({"state": {"$ne": DRAFT}} if approved else {})}
        found = self.collection.find_one(wanted, HEAD, sort=[("version", DESCENDING)])
        return _version(found) if found else None

    def approved_before(self, version: BankVersion) -> BankVersion | None:
        """The newest approved version with a lower number."""
        wanted = {"bank_id": version.bank_id, "version": {"$lt": version.version}, "state": {"$ne": DRAFT}}
        found = self.collection.find_one(wanted, HEAD, sort=[("version", DESCENDING)])
        return _version(found) if found else None

    def catalogue(self, reference: str) -> Catalogue:
        """A version's questions to be searched; raises UnknownBank."""
        return self.catalogues.get(reference, lambda: Catalogue(self.get(reference)))

    def pictures(self) -> set[str]:
        """References of what any version of any bank shows."""
        return set(self.collection.distinct("questions.picture"))

    def all(self) -> list[BankVersion]:
        """Every version of every bank."""
        found = self.collection.find({}, HEAD).sort([("bank_id", ASCENDING), ("version", DESCENDING)])
        return [_version(document) for document in found]

    def add(
        self, bank: Bank, by: str, now: datetime, state: str = APPROVED, what: str = "bank-imported", after: int | None = None
    ) -> BankVersion:
        """Keep a bank as its next version, with the audit's entry; the same content as the newest one is that version.

        Raises UseChanged; NewerVersion unless the newest one is `after`, where that is given.
        """
        digest = hashlib.sha256(canonical(_plain(bank))).hexdigest()
        while True:
            newest = self.newest(bank.id)
            if after is not None and newest.version != after:
                raise NewerVersion(newest.version)
            if newest and newest.digest == digest:
                return newest
            self.require_same_use(bank)
            document = _document(bank, newest.version + 1 if newest else 1, digest, by, now) | {"state": state}
            try:
                self.audit.with_change(partial(self._insert, document), _imported(what, newest, document))
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

    def _insert(self, document: dict, session) -> bool:
        return self.collection.insert_one(document, session=session).acknowledged

    def approve(self, before: BankVersion, after: BankVersion) -> bool:
        """Keep an approval with the audit's entry; False when somebody was quicker."""
        fields = {name: getattr(after, name) for name in ("state", "approved_by", "approved_at", "note")}
        draft = {"_id": before.reference, "state": DRAFT}

        def write(session) -> bool:
            return self.collection.update_one(draft, {"$set": fields}, session=session).matched_count == 1

        return self.audit.with_change(write, _approved(before, after))

    def log(self, bank_id: str) -> list[Entry]:
        """Who imported, changed and approved what of a bank, oldest first."""
        return self.audit.about(_subject(bank_id))

    def _load(self, reference: str) -> Bank | None:
        found = self.collection.find_one({"_id": reference})
        return _bank(found) if found else None


def _subject(bank_id: str) -> str:
    return f"bank:{bank_id}"


def _imported(what: str, before: BankVersion | None, document: dict) -> Entry:
    names = ("version", "digest", "size", "title", "state")
    was = {name: getattr(before, name) for name in names} if before else {}
    by, at, bank_id = (document[name] for name in ("imported_by", "imported_at", "bank_id"))
    return Entry(what, by, at, bank_id, _subject(bank_id), "", *changed(was, {name: document[name] for name in names}))


def _approved(before: BankVersion, after: BankVersion) -> Entry:
    sides = ({"version": each.version, "state": each.state} for each in (before, after))
    return Entry(
        "bank-approved", after.approved_by, after.approved_at, after.bank_id, _subject(after.bank_id), after.note, *sides
    )


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
    """As dictionaries, without the files of pictures.

    What a question has not it says nothing of: versions made before there was any of it stay the same.
    """
    made = asdict(replace(bank, pictures={}))
    made.pop("pictures")
    made["questions"] = [_without_nothing(question) for question in made["questions"]]
    return made


def _without_nothing(question: dict) -> dict:
    return {name: value for name, value in question.items() if value or name not in OPTIONAL}


def _version(found: dict) -> BankVersion:
    names = ("bank_id", "version", "title", "language", "size", "digest", "imported_at", "imported_by")
    later = {name: found[name] for name in ("state", "approved_by", "approved_at", "note") if name in found}
    return BankVersion(found["_id"], **{name: found[name] for name in names}, **later)


def _bank(found: dict) -> Bank:
    questions = tuple(Question(**{**question, "options": tuple(question["options"])}) for question in found["questions"])
    return Bank(found["bank_id"], found["title"], found["language"], found["topics"], questions)
