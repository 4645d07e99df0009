"""Units: two trees (administrative, party) whose units begin and end on a day."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from hoithi_contracts.names import folded
from hoithi_contracts.registration import Unit, UnitsChanged
from hoithi_registration.domain.refusal import refuse_if

__all__ = ["Forest", "UnitsChange", "check_known", "check_place", "folded", "is_valid"]

TREES = ("administrative", "party")
ADMINISTRATIVE, PARTY = TREES
EVENT_HOLDS = 500
FOREVER = "9999-12-31"


def is_valid(unit: Unit, on: date) -> bool:
    """True from `valid_from` up to the day before `valid_to`."""
    return unit.valid_from <= on.isoformat() < (unit.valid_to or FOREVER)


def check_place(wanted: dict[str, str | None], units: dict[str, Unit], on: date) -> None:
    """Refuse a person's units (`unit_id`, `party_unit_id`) that do not exist that day in their tree."""
    trees = {"unit_id": ADMINISTRATIVE, "party_unit_id": PARTY}
    chosen = {field: unit_id for field, unit_id in wanted.items() if unit_id is not None}
    reasons = {field: _misplaced(units.get(unit_id), trees[field], on) for field, unit_id in chosen.items()}
    refuse_if({field: reason for field, reason in reasons.items() if reason})


def _misplaced(unit: Unit | None, tree: str, on: date) -> str | None:
    if unit is None or unit.tree != tree:
        return "unknown-unit"
    return None if is_valid(unit, on) else f"unit-not-valid:{on.isoformat()}"


@dataclass(frozen=True)
class UnitsChange:
    """Units that are new or different, and the revision the trees have with them."""

    revision: int
    units: tuple[Unit, ...]

    def facts(self) -> list[UnitsChanged]:
        """One event per EVENT_HOLDS units."""
        starts = range(0, len(self.units), EVENT_HOLDS)
        return [self._fact(number, list(self.units[start : start + EVENT_HOLDS])) for number, start in enumerate(starts, 1)]

    def _fact(self, number: int, units: list[Unit]) -> UnitsChanged:
        return UnitsChanged(change_id=f"units-{self.revision}-{number}", revision=self.revision, units=units)


@dataclass(frozen=True)
class Forest:
    """All units of both trees, and how often they were changed."""

    revision: int
    units: dict[str, Unit]

    def change(self, rows: list[Unit]) -> UnitsChange:
        """The change these rows make. NotAcceptable names every wrong row ("units.17.parent_id")."""
        after = self.units | {row.id: row for row in rows}
        refuse_if(_doubles(rows))
        refuse_if(self._moved(rows) | _wrong_dates(rows) | _wrong_parents(rows, after))
        refuse_if(_cycles(rows, after))
        refuse_if(_outliving(rows, after))
        return UnitsChange(self.revision + 1, tuple(row for row in rows if self.units.get(row.id) != row))

    def below(self, unit_id: str) -> dict[str, Unit]:
        """The unit and everything below it."""
        children = defaultdict(list)
        for unit in self.units.values():
            children[unit.parent_id].append(unit.id)
        found, waiting = {}, [unit_id] if unit_id in self.units else []
        while waiting:
            current = waiting.pop()
            if current not in found:
                found[current] = self.units[current]
                waiting += children[current]
        return found

    def above(self, unit_id: str) -> list[str]:
        """The units above a unit, nearest first; none for an unknown one."""
        way, here = [], self.units.get(unit_id)
        while here is not None and here.parent_id is not None:
            way.append(here.parent_id)
            here = self.units.get(here.parent_id)
        return way

    def is_within(self, unit_id: str, tops: set[str]) -> bool:
        """True for one of the units `tops` and everything below them."""
        return not tops.isdisjoint((unit_id, *self.above(unit_id)))

    def _moved(self, rows: list[Unit]) -> dict[str, str]:
        known = [(at, self.units.get(row.id), row) for at, row in enumerate(rows)]
        return {f"units.{at}.tree": f"tree-fixed:{old.tree}" for at, old, row in known if old and old.tree != row.tree}


def _doubles(rows: list[Unit]) -> dict[str, str]:
    reasons, seen = {}, set()
    for at, row in enumerate(rows):
        if row.id in seen:
            reasons[f"units.{at}.id"] = f"twice:{row.id}"
        seen.add(row.id)
    return reasons


def _wrong_dates(rows: list[Unit]) -> dict[str, str]:
    wrong = [at for at, row in enumerate(rows) if row.valid_to is not None and row.valid_to <= row.valid_from]
    return {f"units.{at}.valid_to": "not-after-valid-from" for at in wrong}


def _wrong_parents(rows: list[Unit], after: dict[str, Unit]) -> dict[str, str]:
    reasons = {f"units.{at}.parent_id": _wrong_parent(row, after) for at, row in enumerate(rows) if row.parent_id is not None}
    return {field: reason for field, reason in reasons.items() if reason}


def _wrong_parent(row: Unit, after: dict[str, Unit]) -> str | None:
    parent = after.get(row.parent_id)
    if parent is None:
        return f"unknown-parent:{row.parent_id}"
    return f"parent-in-other-tree:{parent.tree}" if parent.tree != row.tree else None


def _cycles(rows: list[Unit], after: dict[str, Unit]) -> dict[str, str]:
    """Every row whose way up never reaches a root; each unit is walked once."""
    ends_well: dict[str, bool] = {}
    for row in rows:
        _walk_up(row.id, after, ends_well)
    return {f"units.{at}.parent_id": "cycle" for at, row in enumerate(rows) if not ends_well[row.id]}


def _walk_up(unit_id: str, after: dict[str, Unit], ends_well: dict[str, bool]) -> None:
    way, here = {}, unit_id
    while here is not None and here not in way and here not in ends_well:
        way[here] = True
        here = after[here].parent_id
    well = here is None or ends_well.get(here, False)
    ends_well.update(dict.fromkeys(way, well))


def _outliving(rows: list[Unit], after: dict[str, Unit]) -> dict[str, str]:
    """No unit exists while its parent does not."""
    asked = {row.id: at for at, row in enumerate(rows)}
    children = defaultdict(list)
    for unit in after.values():
        children[unit.parent_id].append(unit)
    reasons = {}
    for at, row in enumerate(rows):
        if row.parent_id is not None and not _lies_within(row, after[row.parent_id]):
            reasons[f"units.{at}.valid_from"] = f"outside-parent:{row.parent_id}"
        for child in children[row.id]:
            if child.id not in asked and not _lies_within(child, row):
                reasons[f"units.{at}.valid_to"] = f"child-outlives:{child.id}"
    return reasons


def _lies_within(unit: Unit, parent: Unit) -> bool:
    return parent.valid_from <= unit.valid_from and (unit.valid_to or FOREVER) <= (parent.valid_to or FOREVER)


def check_known(unit_ids: list[str], known: set[str], field: str) -> None:
    """Refuse unknown units: {field.format(row): reason}."""
    refuse_if({field.format(at): "unknown-unit" for at, unit_id in enumerate(unit_ids) if unit_id not in known})
