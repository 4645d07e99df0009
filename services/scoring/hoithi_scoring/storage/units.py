"""Units of both trees, and the headcounts that became official."""

from dataclasses import asdict

from pymongo import ASCENDING

from hoithi_contracts.registration import RosterFrozen, UnitsChanged
from hoithi_scoring.domain.refusals import UnitUnknown
from hoithi_scoring.domain.units import Unit
from hoithi_scoring.storage.newest import replace_older

FIELDS = ("name", "kind", "tree", "parent_id", "valid_from", "valid_to")


class Units:
    def __init__(self, units, rosters):
        self.units = units
        self.rosters = rosters

    def ensure_indexes(self):
        self.rosters.create_index([("contest_id", ASCENDING)], name="contest")

    def keep(self, event: UnitsChanged):
        """Upsert the units; of two changes of one unit the higher revision stays."""
        writes = []
        for unit in event.units:
            kept = asdict(unit)
            writes.append(replace_older({"_id": kept.pop("id"), **kept, "revision": event.revision}))
        if writes:
            self.units.bulk_write(writes, ordered=False)

    def freeze(self, event: RosterFrozen):
        kept = {"_id": event.roster_id, "revision": event.revision, "contest_id": event.contest_id,
                "unit_id": event.unit_id, "headcount": event.headcount}  # fmt: skip
        self.rosters.bulk_write([replace_older(kept)])

    def all(self) -> dict[str, Unit]:
        return {found["_id"]: _unit(found) for found in self.units.find({})}

    def upwards(self, unit_id: str) -> dict[str, Unit]:
        """The unit and those above it: a handful, where all are thousands. Empty when it is unknown."""
        found, wanted = {}, unit_id
        while wanted is not None and wanted not in found:
            kept = self.units.find_one({"_id": wanted})
            if kept is None:
                break
            found[wanted] = _unit(kept)
            wanted = found[wanted].parent_id
        return found

    def get(self, unit_id: str) -> Unit:
        found = self.units.find_one({"_id": unit_id})
        if found is None:
            raise UnitUnknown(unit_id)
        return _unit(found)

    def names(self, unit_ids) -> dict[str, str]:
        found = self.units.find({"_id": {"$in": list(set(unit_ids))}}, {"name": 1})
        return {unit["_id"]: unit["name"] for unit in found}

    def headcounts(self, contest_id: str) -> dict[str, int]:
        """unit -> headcount of itself, without the units below."""
        return {found["unit_id"]: found["headcount"] for found in self.rosters.find({"contest_id": contest_id})}


def _unit(found: dict) -> Unit:
    return Unit(id=found["_id"], **{name: found.get(name) for name in FIELDS})
