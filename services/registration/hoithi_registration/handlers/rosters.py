"""Rosters: drafting, freezing."""

from dataclasses import replace
from datetime import datetime

from hoithi_registration.domain import role
from hoithi_registration.domain.refusal import Missing
from hoithi_registration.domain.role import NotYours
from hoithi_registration.domain.roster import Roster
from hoithi_registration.domain.unit import check_known
from hoithi_registration.handlers.again import again_if_changed


@again_if_changed
def draft_roster(storage, contest_id: str, rows: list[dict], actor_id: str, now: datetime) -> Roster:
    """These rows instead of the former draft."""
    drafted = storage.rosters.get(contest_id).drafted(rows, actor_id, now)
    unit_ids = [row["unit_id"] for row in rows]
    check_known(unit_ids, set(storage.units.some(unit_ids)), "rows.{}.unit_id")
    return storage.rosters.save(drafted, now)


@again_if_changed
def freeze_roster(storage, contest_id: str, actor_id: str, now: datetime) -> Roster:
    """The official roster; quietly the same one when it already is."""
    found = show_roster(storage, contest_id)
    frozen = found.frozen(actor_id, now)
    return found if frozen is found else storage.rosters.save(frozen, now)


def visible_roster(storage, claims, contest_id: str) -> Roster:
    """All of it for operators and organisers of the contest; officers see their units and what lies below. Raises NotYours."""
    if claims.holds("operator") or claims.holds("organiser", "contest", contest_id):
        return show_roster(storage, contest_id)
    own = role.officer_units(claims.roles)
    if not own:
        raise NotYours()
    found, forest = show_roster(storage, contest_id), storage.units.forest()
    seen = {unit_id: count for unit_id, count in (found.headcounts or {}).items() if forest.is_within(unit_id, own)}
    return replace(found, headcounts=seen)


def show_roster(storage, contest_id: str) -> Roster:
    """Raises Missing when none was drafted."""
    found = storage.rosters.get(contest_id)
    if not found.revision:
        raise Missing()
    return found
