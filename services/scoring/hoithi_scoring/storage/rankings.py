"""Finished tables in pages. A table is written whole under its `build`, then a header elsewhere points to it.

Nobody sees a build before the header does, and a build never changes: readers have one consistent copy.
Lists of people are cut into pages by position; units lie together with the others of the same parent.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from pymongo import ASCENDING, ReplaceOne

from hoithi_scoring.domain.charts import Chart
from hoithi_scoring.domain.pieces import chunks
from hoithi_scoring.domain.ranking import Row
from hoithi_scoring.domain.season import SeasonRow
from hoithi_scoring.domain.units import UnitRow

PAGE = 500
TOGETHER = 20
EVERYBODY = "all"
WHOLE = "chart days"


class Rankings:
    def __init__(self, rankings):
        self.rankings = rankings

    def ensure_indexes(self):
        self.rankings.create_index([("scope", ASCENDING), ("made_at", ASCENDING), ("build", ASCENDING)], name="build")

    # Writing

    def write_people(self, scope: str, build: str, rows: list, users: dict[str, str], now: datetime):
        """The rows overall and per division, and where each person stands. `users`: pseudonym -> user id."""
        self._write(scope, build, now, self._people(rows, users))

    def write_units(self, scope: str, build: str, rows: list[UnitRow], now: datetime):
        self._write(scope, build, now, _units(rows))

    def replace_units(self, scope: str, build: str, rows: list[UnitRow], now: datetime):
        """The same over an earlier table: each family is whole at any moment, the table may be half the old one."""
        self._put(scope, build, now, _units(rows))

    def write_days(self, scope: str, build: str, rows: list[tuple], now: datetime):
        """`rows`: (parent id, unit id, day, people who took part for the first time that day)."""
        families = defaultdict(list)
        for parent_id, *row in rows:
            families[parent_id or ""].append(row)
        self._put(scope, build, now, ((f"days|{parent}", {"rows": family}) for parent, family in families.items()))

    def write_firsts(self, scope: str, build: str, firsts: Iterable[tuple[int, bool]], now: datetime):
        """(number of the day of the first attempt, handed a paper in oneself) of everybody, in the order of the table."""
        pages = ((f"firsts|{number}", {"rows": page}) for number, page in enumerate(chunks(firsts, PAGE)))
        self._put(scope, build, now, pages)

    def write_charts(self, scope: str, build: str, charts: list[Chart], whole: dict, now: datetime):
        """`whole`: what is told of everybody together, written last: where it is, everything of the charts is."""
        families = defaultdict(list)
        for chart in charts:
            families[chart.parent_id or ""].append([getattr(chart, name) for name in Chart.__dataclass_fields__])
        pages = ((f"charts|{parent}", {"rows": family}) for parent, family in families.items())
        self._put(scope, build, now, [*pages, (WHOLE, {**whole, "complete": True})])

    def _people(self, rows, users):
        lists = defaultdict(list)
        for row in rows:
            lists[row.division].append(row)
        for name, members in [(EVERYBODY, rows), *((f"division {division}", own) for division, own in lists.items())]:
            for number, page in enumerate(chunks(members, PAGE)):
                yield f"{name}|{number}", {"rows": [[*row, users[row.person]] for row in page]}
        places = defaultdict(dict)
        for position, row in enumerate(rows):
            places[row.person[:2]][row.person] = position
        yield from ((f"places|{start}", {"places": found}) for start, found in places.items())

    def _write(self, scope, build, now, pages: Iterable[tuple[str, dict]]):
        whole = {"scope": scope, "build": build, "made_at": now}
        for some in chunks(pages, TOGETHER):
            self.rankings.insert_many([{"_id": _id(scope, build, name), **whole, **page} for name, page in some], ordered=False)

    def _put(self, scope, build, now, pages: Iterable[tuple[str, dict]]):
        """As `_write`, in order, where some of it may be there: charts are counted again when a process stopped midway."""
        whole = {"scope": scope, "build": build, "made_at": now}
        for some in chunks(pages, TOGETHER):
            made = [(_id(scope, build, name), {**whole, **page}) for name, page in some]
            self.rankings.bulk_write([ReplaceOne({"_id": id}, page, upsert=True) for id, page in made])

    def sweep(self, scope: str, keep: Iterable[str], before: datetime) -> int:
        """Remove tables made before `before` that nothing points to any more."""
        old = {"scope": scope, "made_at": {"$lt": before}, "build": {"$nin": list(keep)}}
        return self.rankings.delete_many(old).deleted_count

    # Reading

    def people(self, scope: str, build: str, division: str | None, after: int, limit: int) -> list[tuple[Row, str]]:
        """(row, user id) from position `after`, at most `limit`."""
        found, number = [], after // PAGE
        while len(found) < limit + after % PAGE:
            page = self._page(scope, build, f"{_list(division)}|{number}")
            if not page:
                break
            found += page
            number += 1
        return [_row(cells) for cells in found[after % PAGE : after % PAGE + limit]]

    def everybody(self, scope: str, build: str) -> Iterator[list[tuple[Row, str]]]:
        """All rows in order, page by page."""
        number = 0
        while page := self._page(scope, build, f"{EVERYBODY}|{number}"):
            yield [_row(cells) for cells in page]
            number += 1

    def of_person(self, scope: str, build: str, person: str) -> Row | None:
        found = self.rankings.find_one({"_id": _id(scope, build, f"places|{person[:2]}")}, {f"places.{person}": 1})
        position = (found or {}).get("places", {}).get(person)
        return None if position is None else self.people(scope, build, None, position, 1)[0][0]

    def units(self, scope: str, build: str, tree: str, parent_id: str | None) -> list[UnitRow]:
        """The units right below a parent (None: the roots), by id."""
        return [UnitRow(*cells) for cells in self._page(scope, build, f"units|{tree}|{parent_id or ''}")]

    def days(self, scope: str, build: str, parent_id: str | None, unit_id: str) -> list[tuple[str, int]]:
        """(day, newcomers) of a unit; nothing for a table from before days were counted."""
        return [(day, people) for unit, day, people in self._page(scope, build, f"days|{parent_id or ''}") if unit == unit_id]

    def firsts(self, scope: str, build: str) -> Iterator[tuple[str, int, bool]]:
        """(person, number of the day of the first attempt, handed a paper in oneself) of everybody."""
        for number, page in enumerate(self.everybody(scope, build)):
            found = self._page(scope, build, f"firsts|{number}")
            yield from ((row.person, day, by_self) for (row, _), (day, by_self) in zip(page, found, strict=True))

    def whole(self, scope: str, build: str) -> dict | None:
        """What `write_charts` was told of everybody; None for a table from before charts were counted."""
        return self.rankings.find_one({"_id": _id(scope, build, WHOLE)}, {"first": 1, "days": 1, "width": 1})

    def counted(self, builds: Mapping[str, str]) -> set[str]:
        """The scopes, of scope -> build, whose charts are complete."""
        wanted = {_id(scope, build, WHOLE): scope for scope, build in builds.items()}
        there = self.rankings.find({"_id": {"$in": list(wanted)}, "complete": True}, {"_id": 1})
        return {wanted[found["_id"]] for found in there}

    def chart(self, scope: str, build: str, parent_id: str | None, unit_id: str) -> Chart | None:
        found = (cells for cells in self._page(scope, build, f"charts|{parent_id or ''}") if cells[0] == unit_id)
        return next((Chart(*cells[:-1], tuple(map(tuple, cells[-1]))) for cells in found), None)

    def parents(self, scope: str, build: str, tree: str, unit_ids: Iterable[str]) -> set[str]:
        """Those of the units that have some below them."""
        wanted = {_id(scope, build, f"units|{tree}|{unit_id}"): unit_id for unit_id in unit_ids}
        return {wanted[found["_id"]] for found in self.rankings.find({"_id": {"$in": list(wanted)}}, {"_id": 1})}

    def families(self, scope: str, build: str, tree: str) -> Iterator[list[UnitRow]]:
        """All units of a tree, siblings together."""
        start = _id(scope, build, f"units|{tree}|")
        for page in self.rankings.find({"_id": {"$gte": start, "$lt": start[:-1] + "}"}}).sort("_id", ASCENDING):
            yield [UnitRow(*cells) for cells in page["rows"]]

    def _page(self, scope, build, name) -> list:
        found = self.rankings.find_one({"_id": _id(scope, build, name)}, {"rows": 1})
        return found["rows"] if found else []


def _id(scope, build, name):
    """Identifiers hold no "|", so that two names never meet."""
    return f"{scope}|{build}|{name}"


def _units(rows: list[UnitRow]) -> Iterator[tuple[str, dict]]:
    """Pages of units: siblings together."""
    families = defaultdict(list)
    for row in rows:
        families[row.tree, row.parent_id or ""].append(_flat(row))
    return ((f"units|{tree}|{parent}", {"rows": family}) for (tree, parent), family in families.items())


def _list(division):
    return EVERYBODY if division is None else f"division {division}"


def _flat(row: UnitRow) -> list:
    return [getattr(row, name) for name in UnitRow.__dataclass_fields__]


def _row(cells) -> tuple[Row | SeasonRow, str]:
    kind = Row if len(cells) == len(Row._fields) + 1 else SeasonRow
    return kind(*cells[:-1]), cells[-1]
