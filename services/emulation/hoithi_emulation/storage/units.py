"""Units of both trees, headcounts that became official, and who is officer of which unit: as registration tells."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, fields

from pymongo import ASCENDING

from hoithi_contracts.registration import OfficerChanged, RosterFrozen, UnitsChanged
from hoithi_emulation.domain.refusals import UnitUnknown
from hoithi_emulation.domain.units import Unit
from hoithi_store import replace_older


class Units:
    def __init__(self, database):
        self.units, self.rosters, self.officers = database["units"], database["rosters"], database["officers"]

    def ensure_indexes(self):
        self.officers.create_index([("user_id", ASCENDING)], name="person")

    def keep(self, event: UnitsChanged):
        """Of two changes of one unit the higher revision stays."""
        documents = [asdict(unit) for unit in event.units]
        writes = [replace_older({"_id": each.pop("id"), **each, "revision": event.revision}) for each in documents]
        if writes:
            self.units.bulk_write(writes, ordered=False)

    def freeze(self, event: RosterFrozen):
        names = ("revision", "contest_id", "unit_id", "headcount")
        kept = {name: getattr(event, name) for name in names}
        self.rosters.bulk_write([replace_older({"_id": event.roster_id, **kept})])

    def appoint(self, event: OfficerChanged):
        """The later change stays."""
        revision = int(event.changed_at.timestamp() * 1000)
        kept = {"user_id": event.user_id, "unit_id": event.unit_id, "holds": event.holds}
        self.officers.bulk_write([replace_older({"_id": event.officer_id, "revision": revision, **kept})])

    def forget_officer(self, user_id: str):
        self.officers.update_many({"user_id": user_id}, {"$set": {"holds": False}})

    def all(self) -> dict[str, Unit]:
        """A province has some hundreds: they are read whole."""
        return {found["_id"]: _unit(found) for found in self.units.find({})}

    def get(self, unit_id: str) -> Unit:
        """Raises UnitUnknown."""
        found = self.units.find_one({"_id": unit_id})
        if found is None:
            raise UnitUnknown()
        return _unit(found)

    def headcounts(self) -> dict[str, dict[str, int]]:
        """contest -> unit -> headcount of the unit itself."""
        found: dict = defaultdict(dict)
        for each in self.rosters.find({}):
            found[each["contest_id"]][each["unit_id"]] = each["headcount"]
        return dict(found)

    def officers_of(self, unit_ids: Iterable[str]) -> list[str]:
        """Ids of the officers of these units."""
        found = self.officers.find({"holds": True, "unit_id": {"$in": sorted(unit_ids)}}, {"user_id": 1})
        return sorted({each["user_id"] for each in found})


NAMES = [field.name for field in fields(Unit) if field.name != "id"]


def _unit(found: dict) -> Unit:
    return Unit(id=found["_id"], **{name: found.get(name) for name in NAMES})
