"""What officers do with rosters and with the people of their own unit."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from hoithi_registration.domain import roster_sheet
from hoithi_registration.domain.calendar import day_of
from hoithi_registration.domain.refusal import Missing, Refused
from hoithi_registration.domain.roster import Roster, RosterIsFrozen
from hoithi_registration.domain.roster_sheet import RosterSheet
from hoithi_registration.domain.unit import Forest, is_valid
from hoithi_registration.handlers.again import again_if_changed
from hoithi_store import Entry, changed


class NotYourUnit(Refused):
    """The caller is not officer of the unit, nor of one above it."""


class NotYourOwnUnit(Refused):
    """Phone numbers are for officers of exactly this unit."""


@dataclass(frozen=True)
class Imported:
    """A sheet with what it says and the headcounts there were before; `saved`: whether the draft has them now."""

    sheet: RosterSheet
    before: Mapping[str, int]
    names: Mapping[str, str]
    saved: bool = False


def read_roster(storage, claims, contest_id: str, unit_id: str | None, rows: Mapping[int, list[str]], now: datetime) -> Imported:
    """What the rows say, within the units the caller may speak for. Raises NotYourUnit, RosterIsFrozen."""
    forest, roster = storage.units.forest(), storage.rosters.get(contest_id)
    reach = _reach(claims, contest_id, unit_id, forest)
    if roster.frozen_at:
        raise RosterIsFrozen(frozen_at=roster.frozen_at)
    units = {each.id: each for each in reach.values() if is_valid(each, day_of(now))}
    sheet = roster_sheet.read(rows, units, unit_id)
    return Imported(sheet, roster.headcounts or {}, {each: forest.units[each].name for each in sheet.headcounts})


@again_if_changed
def keep_roster(storage, claims, contest_id: str, imported: Imported, now: datetime) -> Imported:
    """The draft with the sheet's headcounts, and an entry in the log; nothing when the sheet is wrong or changes nothing."""
    before: Roster = storage.rosters.get(contest_id)
    if not (imported.sheet.is_right and imported.sheet.headcounts):
        return imported
    after = before.merged(imported.sheet.headcounts, claims.user_id, now)
    if after is not before:
        sides = changed(before.headcounts or {}, after.headcounts)
        entry = Entry("roster-imported", claims.user_id, now, contest_id, contest_id, "", *sides)
        storage.rosters.save(after, now, entry)
    return replace(imported, saved=True)


def _reach(claims, contest_id: str, unit_id: str | None, forest: Forest) -> dict:
    """The units below `unit_id` (all, when None), if the caller may speak for them."""
    if unit_id is not None and unit_id not in forest.units:
        raise Missing()
    organises = claims.holds("operator") or claims.holds("organiser", "contest", contest_id)
    if not organises and not _is_officer(claims, unit_id, forest):
        raise NotYourUnit()
    return forest.units if unit_id is None else forest.below(unit_id)


def _is_officer(claims, unit_id: str | None, forest: Forest) -> bool:
    """Of the unit or of one above it."""
    line = [] if unit_id is None else [unit_id, *forest.above(unit_id)]
    return any(claims.holds("officer", "unit", each) for each in line)


def phone_list(storage, claims, unit_id: str, user_ids: list[str], reason: str, now: datetime) -> list[tuple[str, str]]:
    """(name, phone) of those people of the own unit who gave a number; noted in the log before it is handed out.

    Raises NotYourOwnUnit, also for an officer of the unit above.
    """
    if f"officer:unit:{unit_id}" not in claims.roles:
        raise NotYourOwnUnit()
    found = storage.people.phones(unit_id, user_ids)
    sides = {}, {"asked": len(user_ids), "listed": len(found)}
    entry = Entry("phone-list-exported", claims.user_id, now, f"unit:{unit_id}", unit_id, reason, *sides)
    storage.audit.with_change(lambda session: True, entry)
    return found
