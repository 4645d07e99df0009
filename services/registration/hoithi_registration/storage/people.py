"""People, with their consents, roles and history; state and event in one write."""

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime

from pymongo import ASCENDING
from pymongo.client_session import ClientSession
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from hoithi_contracts.event import envelope
from hoithi_contracts.registration import ErasureAnnounced, OfficerChanged, OrganiserChanged
from hoithi_registration.domain.consent import Consent
from hoithi_registration.domain.marks import Marks
from hoithi_registration.domain.person import HISTORY_KEPT, AccountGone, Change, Guardian, IdentifierTaken, Notice, Person
from hoithi_registration.domain.refusal import ChangedMeanwhile, Missing
from hoithi_registration.domain.role import Grant, Role
from hoithi_store import Audit, Entry, in_one_step

IDENTIFIERS = ("phone", "email")
# What `save` writes; password, roles and history have writes of their own.
PROFILE = (
    "revision",
    "name",
    "birth_date",
    "division",
    "unit_id",
    "party_unit_id",
    "phone",
    "email",
    "language",
    "guardian",
    "consents",
)


class People:
    def __init__(self, database: Database, marks: Marks | None = None):
        self.database, self.marks = database, marks
        self.people = database["people"]
        self.sessions = database["sessions"]
        self.second_factors, self.invitations = database["second_factors"], database["invitations"]
        self.password_resets = database["password_resets"]
        self.audit = Audit(database)

    def ensure_indexes(self) -> None:
        for name in IDENTIFIERS:
            # Not {"$type": "string"}: MongoDB does not see that an equality implies that, and would read everybody.
            only_texts = {name: {"$gt": ""}}
            self.people.create_index([(name, ASCENDING)], name=name, unique=True, partialFilterExpression=only_texts)
        self.people.create_index([("active_at", ASCENDING), ("_id", ASCENDING)], name="active")
        has_roles = {"grants.role": {"$exists": True}}
        self.people.create_index([("grants.role", ASCENDING), ("_id", ASCENDING)], partialFilterExpression=has_roles)

    def get(self, user_id: str) -> Person:
        """Raises AccountGone for an erased or unknown account."""
        found = self.people.find_one({"_id": user_id, "erased_at": None})
        if found is None:
            raise AccountGone()
        return person_of(found)

    def knows(self, user_id: str) -> bool:
        """True for an account, also for an erased one."""
        return self.people.find_one({"_id": user_id}, {"_id": 1}) is not None

    def find(self, identifier: str) -> Person | None:
        """By phone number or e-mail address in their kept form."""
        found = self.people.find_one({"email" if "@" in identifier else "phone": identifier})
        return person_of(found) if found else None

    def refuse_taken(self, person: Person) -> None:
        """Raise IdentifierTaken early; the unique indexes decide in the end."""
        wanted = {name: getattr(person, name) for name in IDENTIFIERS if getattr(person, name)}
        taken = [
            name
            for name, value in wanted.items()
            if self.people.find_one({name: value, "_id": {"$ne": person.user_id}}, {"_id": 1})
        ]
        if taken:
            raise IdentifierTaken(dict.fromkeys(taken, "taken"))

    def add(self, person: Person, now: datetime) -> Person:
        """Keep a new person, with the event. Raises IdentifierTaken."""
        try:
            self.people.insert_one(_document(person) | {"outbox": _envelopes(person.facts(self.marks), now)})
        except DuplicateKeyError as error:
            raise _taken(error) from error
        return person

    def save(self, person: Person, now: datetime) -> Person:
        """Keep a change of the profile, with the event. Raises ChangedMeanwhile, IdentifierTaken."""
        document = _document(person)
        changes = {
            "$set": {name: document[name] for name in PROFILE},
            "$push": {**_last_history(document), **_outgoing(person, self.marks, now)},
        }
        try:
            saved = self.people.update_one({"_id": person.user_id, "revision": person.revision - 1, "erased_at": None}, changes)
        except DuplicateKeyError as error:
            raise _taken(error) from error
        if not saved.matched_count:
            raise ChangedMeanwhile()
        return person

    def replace_hash(self, person: Person, password_hash: str) -> None:
        """The same password under newer parameters; quietly nothing when it was changed meanwhile."""
        same = {"_id": person.user_id, "password_hash": person.password_hash}
        self.people.update_one(same, {"$set": {"password_hash": password_hash}})

    def change_password(self, person: Person, password_hash: str, kept_session: str, now: datetime) -> None:
        """A new password; every other session ends with the same step. Raises ChangedMeanwhile."""
        changes = {"$set": {"password_hash": password_hash}, "$push": _history(Change(now, "password-changed"))}

        def work(session):
            same = {"_id": person.user_id, "password_hash": person.password_hash}
            if not self.people.update_one(same, changes, session=session).matched_count:
                raise ChangedMeanwhile()
            self.sessions.delete_many({"user_id": person.user_id, "_id": {"$ne": kept_session}}, session=session)

        in_one_step(self.database, work)

    def erase(self, person: Person, now: datetime) -> None:
        """Leave only id and time, with the event; unsent events and sessions go with the rest. Quiet when done before."""
        self._forget({"_id": person.user_id, "erased_at": None}, person, now)

    def expire(self, person: Person, now: datetime) -> bool:
        """The same for somebody whose time is over; False when the person came back, got a role or agreed to stay."""
        unchanged = {"revision": person.revision, "active_at": person.active_at, "grants": []}
        return self._forget({"_id": person.user_id, "erased_at": None, **unchanged}, person, now)

    def _forget(self, found: Mapping, person: Person, now: datetime) -> bool:
        tombstone = {"erased_at": now, "outbox": _envelopes(person.erased(now), now)}

        def work(session):
            erased = self.people.replace_one(found, tombstone, session=session).matched_count == 1
            if erased:
                self._forget_around(person.user_id, session)
            return erased

        return in_one_step(self.database, work)

    def _forget_around(self, user_id: str, session: ClientSession) -> None:
        self.sessions.delete_many({"user_id": user_id}, session=session)
        self.second_factors.delete_one({"_id": user_id}, session=session)
        self.password_resets.delete_many({"user_id": user_id}, session=session)
        self.invitations.update_many({"by": user_id}, {"$set": {"by_name": "", "outbox": []}}, session=session)
        self.audit.blank(user_id, session)

    # Who was active when

    def note_activity(self, person: Person, now: datetime) -> None:
        """The person was here; written once a day."""
        if person.comes_back(now):
            self.people.update_one({"_id": person.user_id, "erased_at": None}, {"$max": {"active_at": now}})

    def begin_counting(self, now: datetime) -> None:
        """Accounts from before activity was noted count from now on: rather kept too long than too short."""
        unknown = {"active_at": None, "registered_at": {"$lte": now}}
        self.people.update_many(unknown, {"$set": {"active_at": now, "notice": None}}, hint="active")

    def inactive(self, since: datetime, after: Person | None, limit: int) -> list[Person]:
        """People last active then or before, the longest away first, those after the given one."""
        wanted = {"active_at": {"$lte": since}}
        if after:
            later = {"active_at": after.active_at, "_id": {"$gt": after.user_id}}
            wanted = {"$or": [{"active_at": {"$gt": after.active_at, "$lte": since}}, later]}
        found = self.people.find(wanted, {"outbox": 0}).sort([("active_at", ASCENDING), ("_id", ASCENDING)])
        return [person_of(document) for document in found.limit(limit)]

    def announce_erasure(self, person: Person, notice: Notice, now: datetime) -> None:
        """Keep that the person is told, with the event; not when the person came back meanwhile."""
        notice_id = f"{person.user_id}.{notice.erase_at:%Y%m%d}"
        fact = ErasureAnnounced(notice_id=notice_id, user_id=person.user_id, erase_at=notice.erase_at)
        same = {"_id": person.user_id, "active_at": person.active_at}
        told = {"$set": {"notice": dataclasses.asdict(notice)}, "$push": {"outbox": envelope(fact, now)}}
        self.people.update_one(same, told)

    def give_role(self, user_id: str, grant: Grant, reason: str = "", session: ClientSession | None = None) -> bool:
        """Add the role and its audit entry; False when the person has it. In the transaction of `session`, or one of its own."""
        without = {"_id": user_id, "erased_at": None, "grants": {"$not": {"$elemMatch": dataclasses.asdict(grant.role)}}}
        told = _told(role_changed(user_id, grant.role, True, grant.granted_at), grant.granted_at)
        changes = {"$push": {"grants": _grant_document(grant), **_history(Change(grant.granted_at, "role-given")), **told}}
        by, at, role = grant.granted_by, grant.granted_at, grant.role
        entry = _about_role("role-given", by, at, user_id, role, reason, after=str(role))
        return self._change_role(without, changes, entry, session)

    def take_role(self, user_id: str, role: Role, actor_id: str, now: datetime, reason: str = "") -> None:
        """Remove the role, with its audit entry. Raises Missing when the person does not have it."""
        held = {"_id": user_id, "grants": {"$elemMatch": dataclasses.asdict(role)}}
        told = _told(role_changed(user_id, role, False, now), now)
        changes = {"$pull": {"grants": dataclasses.asdict(role)}, "$push": {**_history(Change(now, "role-taken")), **told}}
        entry = _about_role("role-taken", actor_id, now, user_id, role, reason, before=str(role))
        if not self._change_role(held, changes, entry):
            raise Missing()

    def phones(self, unit_id: str, user_ids: list[str]) -> list[tuple[str, str]]:
        """(name, phone number) of those of the people who are in the unit, in either tree, and gave a number; by name."""
        here = {"$or": [{"unit_id": unit_id}, {"party_unit_id": unit_id}]}
        asked = {"_id": {"$in": user_ids}, "phone": {"$gt": ""}, **here}
        return sorted((found["name"], found["phone"]) for found in self.people.find(asked, {"name": 1, "phone": 1}))

    def with_roles(self, after: str, limit: int) -> list[Person]:
        """People who hold a role, by id, those after the given id."""
        held = {"grants.role": {"$exists": True}, "_id": {"$gt": after}}
        return [person_of(document) for document in self.people.find(held).sort("_id", ASCENDING).limit(limit)]

    def _change_role(self, wanted, changes, entry: Entry, within: ClientSession | None = None) -> bool:
        def work(session):
            return self.people.update_one(wanted, changes, session=session).modified_count == 1

        if within is None:
            return self.audit.with_change(work, entry)
        done = work(within)
        if done:
            self.audit.note(entry, within)
        return done


def _about_role(what: str, by: str, at: datetime, user_id: str, role: Role, reason: str, **sides: str) -> Entry:
    held = {side: {"role": text} for side, text in sides.items()}
    return Entry(what, by, at, role.scope, user_id, reason, **held)


def role_changed(user_id: str, role: Role, holds: bool, at: datetime) -> list[OfficerChanged | OrganiserChanged]:
    """What the others are told of a role: whom scoring sends reports, whom notify tells of proposals."""
    known = {"user_id": user_id, "holds": holds, "changed_at": at}
    if role.role == "officer":
        return [OfficerChanged(officer_id=f"{role.id}:{user_id}", unit_id=role.id, **known)]
    if role.role == "organiser":
        change_id = f"{role.id}:{user_id}:{int(at.timestamp() * 1000)}"
        return [OrganiserChanged(change_id=change_id, contest_id=role.id, **known)]
    return []


def _told(facts: list, now: datetime) -> dict:
    return {"outbox": {"$each": _envelopes(facts, now)}} if facts else {}


def _taken(error: DuplicateKeyError) -> IdentifierTaken:
    return IdentifierTaken(dict.fromkeys(error.details["keyPattern"], "taken"))


def _envelopes(facts: list, now: datetime) -> list[dict]:
    return [envelope(fact, now) for fact in facts]


def _outgoing(person: Person, marks: Marks | None, now: datetime) -> dict:
    return {"outbox": {"$each": _envelopes(person.facts(marks), now)}}


def _history(entry: Change) -> dict:
    return {"history": {"$each": [_change_document(entry)], "$slice": -HISTORY_KEPT}}


def _last_history(document: dict) -> dict:
    return {"history": {"$each": document["history"][-1:], "$slice": -HISTORY_KEPT}}


def _document(person: Person) -> dict:
    document = dataclasses.asdict(person)
    document["_id"] = document.pop("user_id")
    document["birth_date"] = person.birth_date.isoformat() if person.birth_date else None
    document["consents"] = [dataclasses.asdict(consent) for consent in person.consents]
    document["grants"] = [_grant_document(grant) for grant in person.grants]
    document["history"] = [_change_document(entry) for entry in person.history]
    return document


def _grant_document(grant: Grant) -> dict:
    return dataclasses.asdict(grant.role) | {"granted_by": grant.granted_by, "granted_at": grant.granted_at}


def _change_document(entry: Change) -> dict:
    return {"at": entry.at, "what": entry.what, "fields": list(entry.fields)}


def person_of(document: dict) -> Person:
    """The person in a document of somebody who was not erased."""
    known = {field.name: document[field.name] for field in dataclasses.fields(Person) if field.name in document}
    return Person(
        **known
        | {
            "user_id": document["_id"],
            "birth_date": date.fromisoformat(document["birth_date"]) if document["birth_date"] else None,
            "guardian": Guardian(**document["guardian"]) if document["guardian"] else None,
            "notice": Notice(**document["notice"]) if document.get("notice") else None,
            "consents": tuple(Consent(**consent) for consent in document["consents"]),
            "grants": tuple(_grant(grant) for grant in document["grants"]),
            "history": tuple(Change(entry["at"], entry["what"], tuple(entry["fields"])) for entry in document["history"]),
        }
    )


def _grant(document: dict) -> Grant:
    return Grant(Role(document["role"], document["kind"], document["id"]), document["granted_by"], document["granted_at"])
