"""Units: importing, searching."""

from dataclasses import dataclass
from datetime import date, datetime

from hoithi_contracts.registration import Unit
from hoithi_registration.domain.calendar import day_of
from hoithi_registration.domain.unit import Forest, UnitsChange, folded
from hoithi_registration.handlers.again import again_if_changed


@dataclass(frozen=True)
class Shown:
    """A unit and the name of the unit above it: names alone are not unique."""

    unit: Unit
    parent_name: str | None


@again_if_changed
def import_units(storage, rows: list[dict], actor_id: str, now: datetime) -> UnitsChange:
    """All rows or none. A list that changes nothing is not saved."""
    forest: Forest = storage.units.forest()
    change = forest.change([Unit(**row) for row in rows])
    return storage.units.save(change, actor_id, now) if change.units else UnitsChange(forest.revision, ())


def search_units(storage, wishes: dict, now: datetime) -> list[Shown]:
    """Units valid on the wished day, today when none is given; none for a text without letters or digits."""
    if "q" in wishes and not folded(wishes["q"]):
        return []
    on: date = wishes.get("on", day_of(now))
    return _shown(storage, storage.units.search(wishes, on, wishes["limit"]))


def show_unit(storage, unit_id: str) -> Shown:
    """Also one that is not valid any more."""
    return _shown(storage, [storage.units.get(unit_id)])[0]


def _shown(storage, units: list[Unit]) -> list[Shown]:
    parents = storage.units.some(list({unit.parent_id for unit in units} - {None}))
    return [Shown(unit, parents[unit.parent_id].name if unit.parent_id else None) for unit in units]
