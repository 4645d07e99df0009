"""What people read: rounds, results, own scores, units, the season, the files."""

from collections.abc import Iterator
from datetime import datetime

from hoithi_scoring.domain import export, units
from hoithi_scoring.domain.levels import Levels
from hoithi_scoring.domain.privacy import Pseudonyms
from hoithi_scoring.domain.ranking import Figures
from hoithi_scoring.domain.rounds import Round
from hoithi_scoring.domain.season import SeasonRow
from hoithi_scoring.domain.units import UnitRow
from hoithi_scoring.handlers import rights, running
from hoithi_scoring.handlers.building import head
from hoithi_scoring.handlers.complaining import possible
from hoithi_scoring.handlers.season_prizes import season_scope

WINDOW = ("round_id", "contest_id", "number", "title", "opens_at", "closes_at", "state")


def rounds_of(storage, claims, contest_id: str) -> dict:
    contest = storage.contests.get(contest_id)
    rounds = [round for round in storage.rounds.all() if round.contest_id == contest_id]
    shown = [show_round(claims, round) for round in sorted(rounds, key=lambda round: round.number)]
    return {"contest_id": contest_id, "title": contest["title"], "rounds": shown}


def round_of(storage, claims, round_id: str) -> dict:
    return show_round(claims, storage.rounds.get(round_id))


def show_round(claims, round: Round) -> dict:
    """State and figures, as far as the caller may know them now."""
    shown = {name: getattr(round, name) for name in WINDOW}
    everything = rights.sees_all(claims, round.contest_id)
    if everything or rights.counts_are_open(round):
        shown["counts"] = _counts(round, everything or round.is_public)
    if round.is_public or (everything and round.snapshot):
        shown["results"] = _about(round)
    return shown


def _counts(round: Round, with_perfect: bool) -> dict:
    shot, live = round.snapshot, round.live
    latest = live or shot
    # Invalid attempts are in the whole table's figure only.
    attempts = max(shot.attempts if shot else 0, live.attempts if live else 0)
    counts = {"attempts": attempts, "participants": latest.participants if latest else 0,
              "expected": round.expected, "unscored": round.unscored}  # fmt: skip
    return {**counts, "perfect": latest.perfect if latest else 0} if with_perfect else counts


def _about(round: Round) -> dict:
    shot = round.snapshot
    return {"revision": shot.revision, "digest": shot.digest, "built_at": shot.built_at, "official_at": round.official_at,
            "valid_attempts": shot.valid, "actual": shot.actual, "divisions": shot.divisions}  # fmt: skip


# Tables of people


def results_page(storage, claims, round_id: str, now: datetime, division: str | None, after: int, limit: int) -> dict:
    """Some rows from position `after`; `next` is the position to go on from, None at the end.

    Of a running round as it stands `now`; its digest is that of the tables made last.
    """
    round = storage.rounds.get(round_id)
    rights.check_results(claims, round)
    if levels := running.levels(storage, round):
        found = running.page(storage, round, levels, division, after, limit)
        total = levels.figures.participants if division is None else levels.divisions.get(division, 0)
        shown = _as_it_stands(show_round(claims, round), levels, now)
        return {**shown, **_page(named(storage, found, _won(round)), total, after)}
    found = storage.rankings.people(round_id, round.snapshot.build, division, after, limit)
    total = round.snapshot.participants if division is None else round.snapshot.divisions.get(division, 0)
    return {**show_round(claims, round), **_page(named(storage, found, _won(round)), total, after)}


def _as_it_stands(shown: dict, levels: Levels, now: datetime) -> dict:
    figures, counts = levels.figures, shown["counts"]
    attempts = max(counts["attempts"], figures.attempts)
    live = {"participants": figures.participants, "perfect": figures.perfect, "attempts": attempts}
    about = {"built_at": now, "valid_attempts": figures.attempts, "actual": levels.actual, "divisions": levels.divisions}
    return {**shown, "counts": {**counts, **live}, "results": {**shown["results"], **about}}


def season_page(storage, contest_id: str, division: str | None, after: int, limit: int) -> dict:
    contest = storage.contests.get(contest_id)
    header = contest.get("season") or {"build": "", "rounds": 0, "participants": 0, "built_at": None}
    found = storage.rankings.people(season_scope(contest_id), header["build"], division, after, limit)
    about = {"contest_id": contest_id, "title": contest["title"], "rounds": header["rounds"], "built_at": header["built_at"]}
    rows, total = named(storage, found, {}), header["participants"]
    return {**about, "participants": total, "rows": rows, "next": after + len(rows) if len(rows) == limit else None}


def _page(rows, total, after):
    return {"rows": rows, "total": total, "next": after + len(rows) if rows and after + len(rows) < total else None}


def _won(round: Round) -> dict[str, str]:
    return {award.person: award.prize for award in round.snapshot.awards}


def named(storage, found: list, won: dict[str, str]) -> list[dict]:
    """Rows with what may be shown of the person; an erased or unknown one has no name."""
    people = storage.people.shown(user_id for _, user_id in found)
    names = storage.units.names(row.unit_id for row, _ in found)
    return [_person(row, people.get(user_id, {}), names.get(row.unit_id), won) for row, user_id in found]


def _person(row, person: dict, unit: str | None, won: dict[str, str]) -> dict:
    shown = row._asdict()
    shown["submitted_at"] = export.instant(shown.pop("submitted_ms"))
    shown["prediction_error"] = shown.pop("error")
    shown.pop("registered_ms")
    extra = {} if isinstance(row, SeasonRow) else {"prize": won.get(row.person)}
    return {**shown, "name": person.get("name"), "phone": person.get("phone"), "unit": unit, **extra}


def mine(storage, pseudonyms: Pseudonyms, claims, round_id: str, now: datetime) -> dict:
    """Own attempts with their scores; the place once results are provisional, and until when one may complain."""
    round = storage.rounds.get(round_id)
    person = pseudonyms.of(round.contest_id, claims.user_id)
    attempts = [_own(found) for found in storage.attempts.of_person(round_id, person)]
    scored = [attempt for attempt in attempts if attempt["points"] is not None]
    best = min(scored, key=lambda attempt: (-attempt["points"], attempt["duration_ms"], attempt["number"]), default=None)
    shown = {"round_id": round_id, "state": round.state, "person": person, "attempts": attempts, "best": best and best["number"]}
    if not round.is_public:
        return shown
    return {
        **shown,
        "result": _own_result(storage, round, person, claims.user_id),
        "invalidated": [_own_decision(found) for found in storage.decisions.among(found["attempt_id"] for found in attempts)],
        "complaints": possible(storage, round, now),
    }


def _own_decision(found: dict) -> dict:
    return {"number": found["number"], "reason": found["reason"], "at": found["at"]}


def _own(found: dict) -> dict:
    names = ("number", "right", "points", "perfect", "duration_ms", "started_at", "submitted_at", "by", "late", "prediction")
    return {"attempt_id": found["_id"], **{name: found[name] for name in names}}


def _own_result(storage, round, person, user_id):
    row = storage.rankings.of_person(round.round_id, round.snapshot.build, person)
    return row and named(storage, [(row, user_id)], _won(round))[0]


# Units


def units_page(storage, claims, round_id: str, tree: str, parent_id: str | None) -> dict:
    """The units right below `parent_id` (none: the top of the tree)."""
    round = storage.rounds.get(round_id)
    rights.check_results(claims, round)
    rows = storage.rankings.units(round_id, round.units_build, tree, parent_id)
    if not rights.sees_all(claims, round.contest_id):
        rows = units.public(rows)
    about = {
        "round_id": round_id,
        "state": round.state,
        "revision": round.snapshot.revision,
        "tree": tree,
        "parent_id": parent_id,
    }
    parents = storage.rankings.parents(round_id, round.units_build, tree, (row.unit_id for row in rows))
    return {**about, "rows": [{**show_unit(row), "below": row.unit_id in parents} for row in rows]}


def show_unit(row: UnitRow) -> dict:
    return dict(zip(export.UNIT_COLUMNS, export.unit_cells(row), strict=True))


def participation(storage, claims, round_id: str, unit_id: str | None, tree: str) -> dict:
    """Who takes part, while the round runs: officers see their own units, the public what gives nothing away."""
    round = storage.rounds.get(round_id)
    full = rights.sees_all(claims, round.contest_id) or rights.is_officer_of(storage, claims, unit_id)
    if not full:
        rights.check_participation(round)
    unit = storage.units.get(unit_id) if unit_id is not None else None
    tree = unit.tree if unit else tree
    rows, own = _children(storage, round, tree, unit_id, full), _unit(storage, round, unit, full)
    about = {"round_id": round_id, "state": round.state, "tree": tree, "unit_id": unit_id, "built_at": round.units_at}
    parents = storage.rankings.parents(round_id, round.units_build, tree, (row.unit_id for row in rows)) if rows else set()
    return {**about, "unit": own, "rows": [{**taking_part(row), "below": row.unit_id in parents} for row in rows]}


def _children(storage, round, tree, unit_id, full):
    if round.snapshot is None:
        return []
    rows = storage.rankings.units(round.round_id, round.units_build, tree, unit_id)
    return rows if full else units.public(rows)


def _unit(storage, round, unit, full):
    """The unit's own row, as it stands among its siblings."""
    siblings = _children(storage, round, unit.tree, unit.parent_id, full) if unit else []
    return next((taking_part(row) for row in siblings if row.unit_id == unit.id), None)


def taking_part(row: UnitRow) -> dict:
    """Without points: the number of perfect papers may be what is to be predicted."""
    shown = show_unit(row)
    names = ("unit_id", "name", "kind", "parent_id", "participants", "roster", "rate_percent", "attempts", "suppressed")
    return {name: shown[name] for name in names}


# Files


def rules_file(storage, round_id: str) -> dict:
    round = storage.rounds.get(round_id)
    if round.rules is None:
        rights.check_published(round)
    window = {"opens_at": round.opens_at, "closes_at": round.closes_at}
    return {**head(round), "rules_version": round.rules_version, **window}


def results_json(storage, claims, round_id: str) -> tuple[str, Iterator[bytes]]:
    """(digest, pieces) of the canonical file."""
    round = storage.rounds.get(round_id)
    rights.check_results(claims, round)
    shot = round.snapshot
    figures = Figures(shot.valid, shot.participants, shot.perfect)
    rows = (row for page in storage.rankings.everybody(round_id, shot.build) for row, _ in page)
    return shot.digest, export.results(head(round), figures, shot.actual, rows)


def results_csv(storage, claims, round_id: str, bom: bool) -> Iterator[bytes]:
    round = storage.rounds.get(round_id)
    rights.check_results(claims, round)
    pages = storage.rankings.everybody(round_id, round.snapshot.build)
    return export.table(export.RESULT_COLUMNS, _result_lines(storage, pages, _won(round), export.RESULT_COLUMNS), bom)


def season_csv(storage, contest_id: str, bom: bool) -> Iterator[bytes]:
    build = (storage.contests.get(contest_id).get("season") or {"build": ""})["build"]
    pages = storage.rankings.everybody(season_scope(contest_id), build)
    return export.table(export.SEASON_COLUMNS, _result_lines(storage, pages, {}, export.SEASON_COLUMNS), bom)


def _result_lines(storage, pages, won, columns):
    for page in pages:
        for shown in named(storage, page, won):
            yield [shown[column] for column in columns]


def attempts_csv(storage, round_id: str, bom: bool) -> Iterator[bytes]:
    """Everything a ranking is made of, under pseudonyms; for everybody, once results are provisional."""
    round = storage.rounds.get(round_id)
    rights.check_settled(round)
    invalid = storage.decisions.invalidated(round_id)
    lines = (_attempt_line(found, invalid) for found in storage.attempts.to_export(round_id))
    return export.table(export.ATTEMPT_COLUMNS, lines, bom)


def _attempt_line(found: dict, invalid) -> list:
    cells = {name: found.get(name) for name in export.ATTEMPT_COLUMNS}
    for name in ("started_at", "submitted_at", "registered_at"):
        cells[name] = export.instant(int(cells[name]))
    cells["invalidated"] = (found["person"], found["number"]) in invalid
    return list(cells.values())


def units_csv(storage, claims, round_id: str, bom: bool) -> Iterator[bytes]:
    round = storage.rounds.get(round_id)
    rights.check_results(claims, round)
    return unit_lines(storage, round_id, round.snapshot.build, rights.sees_all(claims, round.contest_id), bom)


def unit_lines(storage, scope: str, build: str, everything: bool, bom: bool) -> Iterator[bytes]:
    """The units of both trees of a table; small groups hidden unless `everything` is wanted."""
    shown = (lambda rows: rows) if everything else units.public
    families = (family for tree in units.TREES for family in storage.rankings.families(scope, build, tree))
    return export.table(export.UNIT_COLUMNS, (export.unit_cells(row) for family in families for row in shown(family)), bom)
