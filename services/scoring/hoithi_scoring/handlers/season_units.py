"""Units over all published rounds: how they stand, and how many of their people took part, each once."""

from collections.abc import Iterator

from hoithi_scoring.domain import units
from hoithi_scoring.domain.units import Unit, UnitRow
from hoithi_scoring.handlers import rights
from hoithi_scoring.handlers.results import show_unit, taking_part, unit_lines
from hoithi_scoring.handlers.season_prizes import season_scope


def page(storage, claims, contest_id: str, tree: str, parent_id: str | None) -> dict:
    """The units right below `parent_id` (none: the top of the tree). Raises ContestUnknown, NotYet."""
    contest = _published(storage, contest_id)
    rows = _children(storage, contest, tree, parent_id, rights.sees_all(claims, contest_id))
    parents = _parents(storage, contest, tree, rows)
    shown = [{**show_unit(row), "below": row.unit_id in parents} for row in rows]
    return {**_about(contest), "tree": tree, "parent_id": parent_id, "rows": shown}


def participation(storage, claims, contest_id: str, unit_id: str | None, tree: str) -> dict:
    """Who took part: officers see the small groups of their own units. Raises ContestUnknown, UnitUnknown, NotYet."""
    contest = _published(storage, contest_id)
    unit = storage.units.get(unit_id) if unit_id is not None else None
    full = rights.sees_all(claims, contest_id) or rights.is_officer_of(storage, claims, unit_id)
    tree = unit.tree if unit else tree
    rows, own = _children(storage, contest, tree, unit_id, full), _own(storage, contest, unit, full)
    parents = _parents(storage, contest, tree, rows)
    shown = [{**taking_part(row), "below": row.unit_id in parents} for row in rows]
    return {**_about(contest), "tree": tree, "unit_id": unit_id, "unit": own and taking_part(own), "rows": shown}


def file(storage, claims, contest_id: str, bom: bool) -> Iterator[bytes]:
    """All units of both trees. Raises ContestUnknown, NotYet."""
    build = _published(storage, contest_id)["season"]["build"]
    return unit_lines(storage, season_scope(contest_id), build, rights.sees_all(claims, contest_id), bom)


def _published(storage, contest_id: str) -> dict:
    contest = storage.contests.get(contest_id)
    rights.check_season(contest)
    return contest


def _about(contest: dict) -> dict:
    season = contest["season"]
    return {"contest_id": contest["_id"], "title": contest["title"], "rounds": season["rounds"], "built_at": season["built_at"]}


def _children(storage, contest: dict, tree: str, parent_id: str | None, full: bool) -> list[UnitRow]:
    rows = storage.rankings.units(season_scope(contest["_id"]), contest["season"]["build"], tree, parent_id)
    return rows if full else units.public(rows)


def _own(storage, contest: dict, unit: Unit | None, full: bool) -> UnitRow | None:
    """The unit's own row, as it stands among its siblings."""
    siblings = _children(storage, contest, unit.tree, unit.parent_id, full) if unit else []
    return next((row for row in siblings if row.unit_id == unit.id), None)


def _parents(storage, contest: dict, tree: str, rows: list[UnitRow]) -> set[str]:
    unit_ids = (row.unit_id for row in rows)
    return storage.rankings.parents(season_scope(contest["_id"]), contest["season"]["build"], tree, unit_ids)
