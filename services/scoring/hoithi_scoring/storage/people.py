"""People as results show them: name, division, units, the end of the phone number. Nothing else is kept."""

from collections.abc import Iterable, Iterator

from pymongo import ASCENDING, UpdateOne

from hoithi_contracts.names import folded
from hoithi_contracts.registration import UserRegistered
from hoithi_scoring.domain.pieces import chunks
from hoithi_scoring.domain.privacy import masked
from hoithi_scoring.storage.newest import replace_older

FIELDS = {"administrative": "unit_id", "party": "party_unit_id"}
BY_UNIT = {"administrative": "unit_names", "party": "party_unit_names"}
CHUNK = 500
START = ("", "")


class People:
    def __init__(self, people):
        self.people = people

    def ensure_indexes(self):
        for tree, field in FIELDS.items():
            lists = [(field, ASCENDING), ("folded", ASCENDING), ("_id", ASCENDING)]
            self.people.create_index(lists, name=BY_UNIT[tree], partialFilterExpression={field: {"$gt": ""}})
        self._fold()

    def _fold(self):
        """Names kept before lists could be searched; as quick as there are units when there are none."""
        unfolded = self.people.find({"unit_id": {"$gt": ""}, "folded": None}, {"name": 1}, hint="unit_names")
        for some in chunks(unfolded, CHUNK):
            named = [UpdateOne({"_id": each["_id"]}, {"$set": {"folded": folded(each.get("name", ""))}}) for each in some]
            self.people.bulk_write(named, ordered=False)

    def keep(self, event: UserRegistered):
        """Store the newest state; who was erased stays erased."""
        person = {"_id": event.user_id, "revision": event.revision, "name": event.name, "division": event.division,
                  "unit_id": event.unit_id, "phone": masked(event.phone), "folded": folded(event.name)}  # fmt: skip
        if event.party_unit_id is not None:
            person["party_unit_id"] = event.party_unit_id
        self.people.bulk_write([replace_older(person)])

    def erase(self, user_id: str):
        """Forget all but the fact, so that an older event that comes later cannot bring the name back."""
        self.people.bulk_write([replace_older({"_id": user_id, "revision": 2**53, "erased": True})])

    def is_erased(self, user_id: str) -> bool:
        return self.people.find_one({"_id": user_id, "erased": True}, {"_id": 1}) is not None

    def own(self, user_id: str) -> dict | None:
        """All that is kept of a person."""
        return self.people.find_one({"_id": user_id, "erased": {"$ne": True}}, {"_id": 0, "revision": 0, "folded": 0})

    def shown(self, user_ids: Iterable[str]) -> dict[str, dict]:
        """user id -> {name, phone}; who is unknown or erased is missing."""
        asked = {"_id": {"$in": list(user_ids)}, "erased": {"$ne": True}}
        return {found["_id"]: found for found in self.people.find(asked, {"name": 1, "phone": 1})}

    def named_in(self, unit_ids: Iterable[str]) -> Iterator[tuple[str, str, str]]:
        """(user id, name, unit) of everybody in these administrative units."""
        asked = {"unit_id": {"$in": sorted(unit_ids)}, "erased": {"$ne": True}}
        for found in self.people.find(asked, {"name": 1, "unit_id": 1}):
            yield found["_id"], found["name"], found["unit_id"]

    def units_of(self, user_ids: Iterable[str]) -> set[str]:
        """The administrative units of these people."""
        found = self.people.find({"_id": {"$in": list(user_ids)}, "erased": {"$ne": True}}, {"unit_id": 1})
        return {person["unit_id"] for person in found}

    def in_units(self, tree: str, unit_ids: Iterable[str]) -> Iterator[str]:
        """Ids of the people of these units."""
        found = self.people.find({FIELDS[tree]: {"$in": list(unit_ids)}}, {"_id": 1}, hint=BY_UNIT[tree])
        return (person["_id"] for person in found)

    def counts(self, tree: str, unit_ids: Iterable[str]) -> dict[str, int]:
        """unit -> how many people are in it now, without the units below."""
        field = FIELDS[tree]
        counted = [{"$match": {field: {"$in": list(unit_ids)}}}, {"$group": {"_id": f"${field}", "people": {"$sum": 1}}}]
        return {found["_id"]: found["people"] for found in self.people.aggregate(counted, hint=BY_UNIT[tree])}

    def count(self) -> int:
        """How many people have an account now; counted in the index."""
        return self.people.count_documents({"unit_id": {"$gt": ""}}, hint=BY_UNIT["administrative"])

    def listed(self, tree: str, unit_id: str, words: list[str], after: tuple[str, str] = START) -> Iterator[dict]:
        """People of one unit by name, those after (folded name, id); `words`: beginnings of words of the name."""
        field = FIELDS[tree]
        # The first condition is implied by the second, but only by it the index is entered at the place.
        place = [{"folded": {"$gt": after[0]}}, {"folded": after[0], "_id": {"$gt": after[1]}}]
        later = {"folded": {"$gte": after[0]}, "$or": place}
        beginnings = [{"folded": {"$regex": f"(^| ){word}"}} for word in words]
        wanted = {"$and": [{field: unit_id}, *beginnings, *([later] if after != START else [])]}
        order = [("folded", ASCENDING), ("_id", ASCENDING)]
        shown = {"name": 1, "folded": 1, "phone": 1, "division": 1}
        return self.people.find(wanted, shown, sort=order, hint=BY_UNIT[tree], batch_size=CHUNK)
