"""Counts that are worth knowing and not worth a write each: kept in memory, flushed in groups.

A crash loses what was not flushed; a flush whose outcome is unknown is not repeated, so that nothing is counted twice.
For figures of that kind only, never for anything a person was promised (docs/decisions/0093).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pymongo import ASCENDING, UpdateOne
from pymongo.collection import Collection

OTHER = "other"
MOST_CODES = 100
MOST_KEPT = 2000
"""Different counts a process keeps between two flushes: more than that is somebody playing, and goes to OTHER."""


@dataclass(frozen=True)
class DayCount:
    """How often something of a subject was counted under a code on one day."""

    day: str
    code: str
    what: str
    count: int


class Tally:
    """Counts by subject, code, day and kind; `most_codes` codes a subject, everything beyond is counted as OTHER.

    One document per subject and day: `{_id: "subject|day", subject, day, counts: {code: {what: n}}}`, and one per subject
    that holds the codes: `{_id: subject, codes: [...]}`. Neither holds "|" or "." in a name: `count` wants plain ones.
    """

    def __init__(self, collection: Collection, most_codes: int = MOST_CODES, most_kept: int = MOST_KEPT):
        self.collection, self.most_codes, self.most_kept = collection, most_codes, most_kept
        self.kept: Counter[tuple[str, str, str, str]] = Counter()

    def ensure_indexes(self) -> None:
        self.collection.create_index([("subject", ASCENDING), ("day", ASCENDING)], name="days", sparse=True)

    def count(self, subject: str, code: str, what: str, day: date) -> None:
        """One more. Touches memory only."""
        key = (subject, code, what, day.isoformat())
        if key not in self.kept and len(self.kept) >= self.most_kept:
            key = (subject, OTHER, what, day.isoformat())
        self.kept[key] += 1

    def flush(self) -> int:
        """Write what is kept; returns how many documents changed. Raises what the database raises; then those counts are lost."""
        taken, self.kept = self.kept, Counter()
        writes = [_write(subject, day, found) for (subject, day), found in self._by_day(taken)]
        if writes:
            self.collection.bulk_write(writes, ordered=False)
        return len(writes)

    def days(self, subject: str) -> list[DayCount]:
        """Everything that was flushed of a subject, by day and code."""
        found = self.collection.find({"subject": subject}).sort("day", ASCENDING)
        return [each for document in found for each in _counts(document)]

    def _by_day(self, taken: Counter) -> Iterable[tuple[tuple[str, str], Counter]]:
        codes = defaultdict(set)
        for subject, code, _, _ in taken:
            codes[subject].add(code)
        known = {subject: self._known(subject, wanted) for subject, wanted in codes.items()}
        days: dict[tuple[str, str], Counter] = defaultdict(Counter)
        for (subject, code, what, day), number in taken.items():
            days[subject, day][code if code in known[subject] else OTHER, what] += number
        return days.items()

    def _known(self, subject: str, wanted: set[str]) -> set[str]:
        """Those of the wanted codes that have a line of their own; a new one gets it while there is room."""
        found = self.collection.find_one({"_id": subject}) or {"codes": []}
        known = set(found["codes"])
        return {code for code in sorted(wanted) if code in known or self._admit(subject, code)}

    def _admit(self, subject: str, code: str) -> bool:
        """In one conditional write, so that many processes together keep to the limit."""
        self.collection.update_one({"_id": subject}, {"$setOnInsert": {"codes": []}}, upsert=True)
        room = {"_id": subject, f"codes.{self.most_codes - 1}": {"$exists": False}}
        return self.collection.update_one(room, {"$addToSet": {"codes": code}}).matched_count == 1


def _write(subject: str, day: str, found: Counter) -> UpdateOne:
    added = {f"counts.{code}.{what}": number for (code, what), number in found.items()}
    return UpdateOne({"_id": f"{subject}|{day}"}, {"$inc": added, "$setOnInsert": {"subject": subject, "day": day}}, upsert=True)


def _counts(document: dict) -> list[DayCount]:
    return [
        DayCount(document["day"], code, what, number)
        for code, kinds in sorted(document["counts"].items())
        for what, number in sorted(kinds.items())
    ]
