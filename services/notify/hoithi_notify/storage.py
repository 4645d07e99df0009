"""The collections of notify: contacts, contests, rounds, occasions, deliveries. The only room that knows MongoDB."""

import uuid
from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import datetime, timedelta

from pymongo import ASCENDING, InsertOne, ReturnDocument, UpdateOne
from pymongo.collection import Collection
from pymongo.database import Database
from pymongo.errors import BulkWriteError

from hoithi_contracts.registration import OrganiserChanged
from hoithi_notify.domain.deliveries import Delivery
from hoithi_notify.domain.occasions import Occasion
from hoithi_notify.domain.people import Contact
from hoithi_notify.domain.rounds import Contest, Extension, Round, Window
from hoithi_store import connect

DUPLICATE_KEY = 11000
KEPT = timedelta(days=365)  # personal records go a year after they were made; a contest is long over by then


def open_storage(uri: str) -> "Storage":
    """The storage with its indexes made; any number of processes may do this at the same time."""
    storage = Storage(connect(uri, "notify"))
    storage.ensure_indexes()
    return storage


class Storage:
    """All of notify's state."""

    def __init__(self, database: Database):
        self.database = database
        self.contacts = Contacts(database["contacts"])
        self.organisers = Organisers(database["organisers"])
        self.rounds = Rounds(database["contests"], database["rounds"])
        self.occasions = Occasions(database["occasions"])
        self.deliveries = Deliveries(database["deliveries"])

    def ensure_indexes(self):
        """Exactly the indexes that are used, each beside its use."""
        self.organisers.ensure_indexes()
        self.occasions.ensure_indexes()
        self.deliveries.ensure_indexes()

    def ping(self):
        """Raises when the database is away."""
        self.database.command("ping")


class Contacts:
    """People by id. Needs no index but _id: the audience is read in the order of ids."""

    def __init__(self, collection: Collection):
        self.collection = collection

    def note(self, people: Iterable[Contact]):
        """Keep what is newer than what is known; who was erased stays erased."""
        self._write([UpdateOne({"_id": person.user_id}, _if_newer(person), upsert=True) for person in people])

    def forget(self, user_id: str, erased_at: datetime):
        """Leave a tombstone, so that an older event that comes later does not bring the person back."""
        self.collection.replace_one({"_id": user_id}, {"erased_at": erased_at}, upsert=True)

    def get(self, user_id: str) -> Contact | None:
        """The person, or None."""
        return self.among([user_id]).get(user_id)

    def among(self, user_ids: Iterable[str]) -> dict[str, Contact]:
        """Those of the people who are known, by id."""
        return {document["_id"]: _contact(document) for document in self.collection.find({"_id": {"$in": list(set(user_ids))}})}

    def page(self, after: str, registered_before: datetime, most: int) -> list[Contact]:
        """People who had registered by then, in the order of their ids."""
        found = self.collection.find({"_id": {"$gt": after}, "registered_at": {"$lte": registered_before}})
        return [_contact(document) for document in found.sort("_id", ASCENDING).limit(most)]

    def _write(self, writes: list):
        if writes:
            self.collection.bulk_write(writes, ordered=False)


def _if_newer(value, key: str = "user_id") -> list:
    """An update that replaces the document if this value is newer. A filter would make concurrent upserts collide."""
    document = asdict(value)
    document["_id"] = document.pop(key)
    newer = {"$and": [{"$lt": [{"$ifNull": ["$revision", -1]}, value.revision]}, {"$not": ["$erased_at"]}]}
    # $literal: a name that begins with "$" is a name, not an expression.
    return [{"$replaceWith": {"$cond": [newer, {"$literal": document}, "$$ROOT"]}}]


def _contact(document: dict) -> Contact:
    return Contact(**_named(Contact, document, user_id=document["_id"], revision=document.get("revision", 0)))


class Organisers:
    """Who organises which contest ("*": all), by ids alone; whom proposals are told."""

    def __init__(self, collection: Collection):
        self.collection = collection

    def ensure_indexes(self):
        """`contest` for a proposal's audience, `user` for erasure."""
        self.collection.create_index([("contest_id", ASCENDING)], name="contest")
        self.collection.create_index([("user_id", ASCENDING)], name="user")

    def note(self, event: OrganiserChanged):
        """The later change stays; a role that was taken is kept as such, so that an older event cannot bring it back."""
        key = f"{event.contest_id}:{event.user_id}"
        known = {name: getattr(event, name) for name in ("user_id", "contest_id", "holds", "changed_at")}
        newer = {"$lt": ["$changed_at", event.changed_at]}  # a missing instant is less than every other
        update = [{"$replaceWith": {"$cond": [newer, {"$literal": {"_id": key, **known}}, "$$ROOT"]}}]
        self.collection.update_one({"_id": key}, update, upsert=True)

    def forget(self, user_id: str):
        """An erased person organises nothing."""
        self.collection.delete_many({"user_id": user_id})

    def of(self, contest_id: str) -> list[str]:
        """Ids of the organisers of a contest, those of all contests among them."""
        found = self.collection.find({"contest_id": {"$in": [contest_id, "*"]}, "holds": True}, {"user_id": 1})
        return [each["user_id"] for each in found]


class Rounds:
    """Contests and rounds by id. Each event writes its own part of a round."""

    def __init__(self, contests: Collection, rounds: Collection):
        self.contests, self.rounds = contests, rounds

    def note_contest(self, contest: Contest):
        """Keep the newest title."""
        self.contests.update_one({"_id": contest.contest_id}, _if_newer(contest, "contest_id"), upsert=True)

    def note(self, round_: Round):
        """Keep the parts this round has; of plan and extension only the newest."""
        changes: dict = {"contest_id": {"$literal": round_.contest_id}}
        for part in ("plan", "extension"):
            if getattr(round_, part):
                changes[part] = _newest(part, getattr(round_, part))
        if round_.opening:
            changes["opening"] = {"$literal": asdict(round_.opening)}
        if round_.closed_at:
            changes["closed_at"] = {"$literal": round_.closed_at}
        self.rounds.update_one({"_id": round_.round_id}, [{"$set": changes}], upsert=True)

    def contests_among(self, contest_ids: Iterable[str]) -> dict[str, Contest]:
        """Those of the contests that are known, by id."""
        found = self.contests.find({"_id": {"$in": list(contest_ids)}})
        return {document["_id"]: Contest(document["_id"], document["revision"], document["title"]) for document in found}

    def among(self, round_ids: Iterable[str]) -> dict[str, Round]:
        """Those of the rounds that are known, by id."""
        return {document["_id"]: _round(document) for document in self.rounds.find({"_id": {"$in": list(round_ids)}})}


def _newest(part: str, value) -> dict:
    newer = {"$lt": [{"$ifNull": [f"${part}.revision", -1]}, value.revision]}
    return {"$cond": [newer, {"$literal": asdict(value)}, f"${part}"]}


def _round(document: dict) -> Round:
    parts = {"plan": Window, "opening": Window, "extension": Extension}
    made = {part: cls(**document[part]) for part, cls in parts.items() if document.get(part)}
    return Round(document["_id"], document["contest_id"], closed_at=document.get("closed_at"), **made)


class Occasions:
    """Facts with their audiences; few documents, however many people."""

    def __init__(self, collection: Collection):
        self.collection = collection

    def ensure_indexes(self):
        """`next` for the worker; `noted` for latecomers, people's own messages and the list."""
        self.collection.create_index([("state", ASCENDING), ("due_at", ASCENDING)], name="next")
        self.collection.create_index([("noted_at", ASCENDING)], name="noted")

    def note(self, occasion: Occasion):
        """Keep the occasion; a known one changes only by a higher revision, which is then spread anew."""
        document = {**_plain(occasion), "due_at": occasion.noted_at, "claim": None}
        document["_id"] = occasion.occasion_id
        newer = {"$lt": [{"$ifNull": ["$revision", -1]}, occasion.revision]}
        update = [{"$replaceWith": {"$cond": [newer, {"$literal": document}, "$$ROOT"]}}]
        self.collection.update_one({"_id": occasion.occasion_id}, update, upsert=True)

    def claim(self, now: datetime, seconds: float) -> tuple[Occasion, str] | None:
        """One that is to be spread, for `seconds`; with the proof of the claim."""
        claim = uuid.uuid4().hex
        document = self.collection.find_one_and_update(
            {"state": "spreading", "due_at": {"$lte": now}},
            {"$set": {"due_at": now + timedelta(seconds=seconds), "claim": claim}},
            sort=[("due_at", ASCENDING)],
            return_document=ReturnDocument.AFTER,
        )
        return (_occasion(document), claim) if document else None

    def advance(self, occasion: Occasion, claim: str, due_at: datetime) -> bool:
        """Save how far it was spread; False when the claim was lost to another worker."""
        changes = {name: getattr(occasion, name) for name in ("state", "cursor", "made", "without_address", "ended")}
        found = {"_id": occasion.occasion_id, "claim": claim, "revision": occasion.revision}
        return self.collection.update_one(found, {"$set": {**changes, "due_at": due_at}}).matched_count == 1

    def among(self, occasion_ids: Iterable[str]) -> dict[str, Occasion]:
        """Those of the occasions that are known, by id."""
        found = self.collection.find({"_id": {"$in": list(set(occasion_ids))}})
        return {document["_id"]: _occasion(document) for document in found}

    def to_everybody_since(self, since: datetime) -> list[Occasion]:
        """Occasions with everybody as audience that became known since then, newest first."""
        found = self.collection.find({"noted_at": {"$gte": since}, "audience_before": {"$ne": None}})
        return [_occasion(document) for document in found.sort("noted_at", -1).limit(100)]

    def newest(self, contest_ids: list[str] | None, most: int) -> list[Occasion]:
        """Newest first; only of these contests unless None."""
        wanted = {} if contest_ids is None else {"contest_id": {"$in": contest_ids}}
        return [_occasion(document) for document in self.collection.find(wanted).sort("noted_at", -1).limit(most)]


def _occasion(document: dict) -> Occasion:
    user_ids = document.get("user_ids")
    return Occasion(**_named(Occasion, document, user_ids=None if user_ids is None else tuple(user_ids)))


class Deliveries:
    """Letters, one document each; `_id` is made of occasion and person, so there is never a second one."""

    def __init__(self, collection: Collection):
        self.collection = collection

    def ensure_indexes(self):
        """`due` for the worker, `state` and `contest` for the list, `user` for a person's own and for erasure."""
        self.collection.create_index(
            [("state", ASCENDING), ("priority", ASCENDING), ("due_at", ASCENDING)],
            name="due",
            partialFilterExpression={"state": "queued"},
        )
        self.collection.create_index([("state", ASCENDING), ("_id", ASCENDING)], name="state")
        self.collection.create_index([("contest_id", ASCENDING), ("_id", ASCENDING)], name="contest")
        self.collection.create_index([("user_id", ASCENDING), ("noted_at", ASCENDING)], name="user")
        self.collection.create_index([("noted_at", ASCENDING)], name="kept", expireAfterSeconds=int(KEPT.total_seconds()))

    def add(self, deliveries: Iterable[Delivery]) -> list[Delivery]:
        """Insert those that are not there yet, and return them."""
        deliveries = list(deliveries)
        try:
            if deliveries:
                self.collection.bulk_write([InsertOne(_delivery_document(each)) for each in deliveries], ordered=False)
        except BulkWriteError as error:
            known = _already_there(error)
            return [each for number, each in enumerate(deliveries) if number not in known]
        return deliveries

    def claim(self, most: int, now: datetime, seconds: float) -> list[Delivery]:
        """Up to `most` due ones, urgent and old ones first, for `seconds`: then they are due again."""
        due = {"state": "queued", "priority": {"$in": [0, 1]}, "due_at": {"$lte": now}}
        order = [("priority", ASCENDING), ("due_at", ASCENDING)]
        wanted = [document["_id"] for document in self.collection.find(due, {"_id": 1}).sort(order).limit(most)]
        if not wanted:
            return []
        claim = uuid.uuid4().hex
        until = now + timedelta(seconds=seconds)
        # Another worker may have taken some of them in between: the filter is checked again, document by document.
        self.collection.update_many({"_id": {"$in": wanted}, **due}, {"$set": {"claim": claim, "due_at": until}})
        mine = self.collection.find({"_id": {"$in": wanted}, "claim": claim})
        return sorted(map(_delivery, mine), key=lambda each: (each.priority, each.delivery_id))

    def settle(self, delivery: Delivery, claim: str) -> bool:
        """Save what became of a claimed delivery; False when the claim was lost (taken over, or cancelled)."""
        return self._change({"_id": delivery.delivery_id, "state": "queued", "claim": claim}, delivery)

    def release(self, deliveries: Iterable[Delivery], now: datetime):
        """Give claimed deliveries back untouched."""
        for each in deliveries:
            found = {"_id": each.delivery_id, "state": "queued", "claim": each.claim}
            self.collection.update_one(found, {"$set": {"due_at": now, "claim": None}})

    def requeue(self, delivery: Delivery, from_state: str) -> bool:
        """Queue it again if it is still as it was; False when somebody else was faster."""
        return self._change({"_id": delivery.delivery_id, "state": from_state}, delivery)

    def _change(self, found: dict, delivery: Delivery) -> bool:
        document = {**_delivery_document(delivery), "claim": None}
        del document["_id"]
        return self.collection.update_one(found, {"$set": document}).modified_count == 1

    def forget(self, user_id: str, now: datetime):
        """An erased person: nothing more is sent, no address is kept. The last letter goes its own way."""
        theirs = {"user_id": user_id, "occasion": {"$ne": "data-erased"}}
        cancelled = {"state": "cancelled", "reason": "erased", "ended_at": now, "claim": None}
        self.collection.update_many({**theirs, "state": {"$in": ["queued", "no-address", "failed"]}}, {"$set": cancelled})
        self.collection.update_many({**theirs, "to": {"$ne": None}}, {"$set": {"to": None}})

    def drop(self, occasion: str, noted_before: datetime, now: datetime) -> int:
        """Cancel what still waits of an occasion since then, and forget its addresses; how many."""
        late = {"state": "queued", "priority": 0, "occasion": occasion, "noted_at": {"$lt": noted_before}}
        ended = {"state": "cancelled", "reason": "too-late", "to": None, "facts": None, "claim": None, "ended_at": now}
        return self.collection.update_many(late, {"$set": ended}).modified_count

    def get(self, delivery_id: str) -> Delivery | None:
        """The delivery, or None."""
        document = self.collection.find_one({"_id": delivery_id})
        return _delivery(document) if document else None

    def of(self, user_ids: Iterable[str], states: Iterable[str] | None = None) -> list[Delivery]:
        """Deliveries to these people, newest first."""
        wanted: dict = {"user_id": {"$in": list(user_ids)}}
        if states:
            wanted["state"] = {"$in": list(states)}
        return [_delivery(document) for document in self.collection.find(wanted).sort("noted_at", -1).limit(1000)]

    def page(self, state: str | None, occasion: str | None, contest_ids: list[str] | None, after: str, most: int) -> list:
        """Deliveries in the order of ids, which begin with the occasion."""
        wanted: dict = {"_id": {"$gt": after}}
        if occasion:
            wanted["_id"] = {"$gt": max(after, f"{occasion}:"), "$lt": f"{occasion};"}
        if state:
            wanted["state"] = state
        if contest_ids is not None:
            wanted["contest_id"] = {"$in": contest_ids}
        return [_delivery(document) for document in self.collection.find(wanted).sort("_id", ASCENDING).limit(most)]

    def queued(self) -> int:
        """How many letters wait or are on their way."""
        return self.collection.count_documents({"state": "queued"}, hint="due")

    def oldest_due(self, now: datetime) -> datetime | None:
        """Since when the longest waiting due letter has been due."""
        firsts = [
            self.collection.find_one(
                {"state": "queued", "priority": priority, "due_at": {"$lte": now}}, {"due_at": 1}, sort=[("due_at", ASCENDING)]
            )
            for priority in (0, 1)
        ]
        return min((first["due_at"] for first in firsts if first), default=None)


def _already_there(error: BulkWriteError) -> set[int]:
    """Positions of the duplicates; any other failure is raised."""
    failed = error.details["writeErrors"]
    if any(each["code"] != DUPLICATE_KEY for each in failed) or error.details["writeConcernErrors"]:
        raise error
    return {each["index"] for each in failed}


def _delivery_document(delivery: Delivery) -> dict:
    return {"_id": delivery.delivery_id, **_plain(delivery), "priority": delivery.priority}


def _delivery(document: dict) -> Delivery:
    return Delivery(**_named(Delivery, document))


def _plain(value) -> dict:
    """The fields of a flat dataclass as MongoDB takes them."""
    plain = {field.name: getattr(value, field.name) for field in fields(value)}
    return {name: list(each) if isinstance(each, tuple) else each for name, each in plain.items()}


def _named(cls, document: dict, **given) -> dict:
    """The document's fields that the dataclass has."""
    names = {field.name for field in fields(cls)}
    return {**{name: value for name, value in document.items() if name in names}, **given}
