"""Second factors, one document per person; the secret lies in it encrypted."""

import dataclasses

from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from hoithi_registration.domain.refusal import ChangedMeanwhile
from hoithi_registration.domain.second_factor import FactorIsOff, FactorIsOn, SecondFactor
from hoithi_store import Audit, Entry, in_one_step


class SecondFactors:
    """Needs no index but _id."""

    def __init__(self, database: Database):
        self.database = database
        self.factors, self.sessions = database["second_factors"], database["sessions"]
        self.audit = Audit(database)

    def get(self, user_id: str) -> SecondFactor | None:
        found = self.factors.find_one({"_id": user_id})
        return _factor(found) if found else None

    def on(self, user_ids: list[str]) -> set[str]:
        """Those of the people who have one."""
        found = self.factors.find({"_id": {"$in": user_ids}, "confirmed_at": {"$ne": None}}, {"_id": 1})
        return {each["_id"] for each in found}

    def begin(self, factor: SecondFactor) -> None:
        """Instead of one that was begun and never confirmed. Raises FactorIsOn."""
        try:
            self.factors.replace_one({"_id": factor.user_id, "confirmed_at": None}, _document(factor), upsert=True)
        except DuplicateKeyError as error:
            raise FactorIsOn() from error

    def confirm(self, before: SecondFactor, after: SecondFactor, kept_session: str, entry: Entry) -> None:
        """On from now on: this session has it, all others end. Raises ChangedMeanwhile."""
        same = {"_id": before.user_id, "sealed": before.sealed, "confirmed_at": None}

        def work(session):
            if not self.factors.replace_one(same, _document(after), session=session).matched_count:
                raise ChangedMeanwhile()
            self._sessions(before.user_id, kept_session, True, session)
            self.audit.note(entry, session)

        in_one_step(self.database, work)

    def use(self, before: SecondFactor, after: SecondFactor) -> None:
        """A code was used: conditional, so that of two uses at the same moment one counts. Raises ChangedMeanwhile."""
        same = {"_id": before.user_id, "last_step": before.last_step, "recovery": list(before.recovery)}
        changes = {"$set": {"last_step": after.last_step, "recovery": list(after.recovery)}}
        if not self.factors.update_one(same, changes).matched_count:
            raise ChangedMeanwhile()

    def remove(self, user_id: str, kept_session: str | None, entry: Entry) -> None:
        """Off from now on; all sessions end but the kept one, which has no second factor any more. Raises FactorIsOff."""

        def work(session):
            if not self.factors.delete_one({"_id": user_id}, session=session).deleted_count:
                raise FactorIsOff()
            self._sessions(user_id, kept_session, False, session)
            self.audit.note(entry, session)

        in_one_step(self.database, work)

    def _sessions(self, user_id, kept, second_factor, session):
        self.sessions.delete_many({"user_id": user_id, "_id": {"$ne": kept}}, session=session)
        self.sessions.update_one({"_id": kept}, {"$set": {"second_factor": second_factor}}, session=session)


def _document(factor: SecondFactor) -> dict:
    document = dataclasses.asdict(factor)
    return {"_id": document.pop("user_id"), **document, "recovery": list(factor.recovery)}


def _factor(document: dict) -> SecondFactor:
    return SecondFactor(user_id=document.pop("_id"), **{**document, "recovery": tuple(document["recovery"])})
