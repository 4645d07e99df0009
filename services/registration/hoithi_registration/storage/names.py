"""Names of people who hold a role, or held one: who did what the log tells."""

from collections import defaultdict
from dataclasses import dataclass

from pymongo.database import Database


@dataclass(frozen=True)
class Named:
    """`roles`: those of now, and those that the log says were given once."""

    user_id: str
    name: str
    roles: frozenset[str]


class Names:
    """Reads by ids alone: needs no index that people and audit do not have."""

    def __init__(self, database: Database):
        self.people, self.entries = database["people"], database["audit"]

    def of(self, user_ids: list[str]) -> list[Named]:
        """Those of the people who are known and not erased; of somebody without any role too, then `roles` is empty."""
        once = self._given(user_ids)
        found = self.people.find({"_id": {"$in": user_ids}, "erased_at": None}, {"name": 1, "grants": 1})
        return [Named(each["_id"], each["name"], frozenset(_held(each["grants"]) | once[each["_id"]])) for each in found]

    def _given(self, user_ids: list[str]) -> dict[str, set[str]]:
        given: dict[str, set[str]] = defaultdict(set)
        wanted = {"subject": {"$in": user_ids}, "what": "role-given"}
        for each in self.entries.find(wanted, {"subject": 1, "after": 1}):
            given[each["subject"]].add(each.get("after", {}).get("role", ""))
        return given


def _held(grants: list[dict]) -> set[str]:
    return {f"{each['role']}:{each['kind']}:{each['id']}" for each in grants}
