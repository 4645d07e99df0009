"""What officers see: how the own unit and those below stand, who has not taken part yet."""

from itertools import islice

from hoithi_contracts.names import folded
from hoithi_scoring.domain.pieces import chunks
from hoithi_scoring.domain.privacy import Pseudonyms
from hoithi_scoring.domain.refusals import NamesAreTheUnits, NotYourUnit
from hoithi_scoring.domain.rounds import Round
from hoithi_scoring.domain.standing import Standing, among_peers, empty_row, points_are_open, upwards
from hoithi_scoring.domain.units import Unit, UnitRow, below
from hoithi_scoring.handlers import rights

SOME = 500


def check_unit(storage, claims, contest_id: str, unit_id: str) -> None:
    """Raises UnitUnknown, and NotYourUnit unless the caller is officer of this one or of one above, or organises."""
    storage.units.get(unit_id)
    if not (rights.sees_all(claims, contest_id) or rights.is_officer_of(storage, claims, unit_id)):
        raise NotYourUnit()


def standing(storage, claims, round_id: str, unit_id: str) -> dict:
    """The unit and those right below it, in one round."""
    round = storage.rounds.get(round_id)
    check_unit(storage, claims, round.contest_id, unit_id)
    return figures(storage, round, storage.units.all(), unit_id)


def figures(storage, round: Round, units: dict[str, Unit], unit_id: str) -> dict:
    """As `standing`, without asking who wants to know."""
    unit = units[unit_id]
    registered = upwards(storage.people.counts(unit.tree, sorted(below(unit_id, units))), units)
    shows, own = points_are_open(round), _row(storage, round, unit)
    lower = [Standing(row, registered.get(row.unit_id, 0), shows).shown() for row in _rows(storage, round, unit.tree, unit_id)]
    place, peers = among_peers(own, _rows(storage, round, unit.tree, unit.parent_id)) if unit.parent_id else (None, 0)
    return {
        "round_id": round.round_id, "title": round.title, "state": round.state, "tree": unit.tree,
        "built_at": round.units_at, "unit": Standing(own, registered.get(unit_id, 0), shows).shown(),
        "place": place, "peers": peers, "below": lower, "days": _days(storage, round, unit),
    }  # fmt: skip


def trend(storage, claims, contest_id: str, unit_id: str) -> dict:
    """The unit through the rounds that have opened."""
    storage.contests.get(contest_id)
    check_unit(storage, claims, contest_id, unit_id)
    rounds = rounds_of_unit(storage, contest_id, storage.units.get(unit_id))
    return {"contest_id": contest_id, "unit_id": unit_id, "rounds": rounds}


def rounds_of_unit(storage, contest_id: str, unit: Unit) -> list[dict]:
    found = [round for round in storage.rounds.all() if round.contest_id == contest_id and round.opened]
    return [_of_round(storage, round, unit) for round in sorted(found, key=lambda round: round.number)]


def _of_round(storage, round: Round, unit: Unit) -> dict:
    row = _row(storage, round, unit)
    place, peers = among_peers(row, _rows(storage, round, unit.tree, unit.parent_id)) if unit.parent_id else (None, 0)
    shown = Standing(row, 0, points_are_open(round)).shown()
    names = ("participants", "roster", "rate_percent", "mean_points", "attempts")
    about = {"round_id": round.round_id, "number": round.number, "title": round.title, "state": round.state}
    return {**about, **{name: shown[name] for name in names}, "place": place, "peers": peers}


def _rows(storage, round: Round, tree: str, parent_id: str | None) -> list[UnitRow]:
    return storage.rankings.units(round.round_id, round.units_build, tree, parent_id) if round.snapshot else []


def _row(storage, round: Round, unit: Unit) -> UnitRow:
    siblings = _rows(storage, round, unit.tree, unit.parent_id)
    return next((row for row in siblings if row.unit_id == unit.id), empty_row(unit))


def _days(storage, round: Round, unit: Unit) -> list[dict]:
    if round.snapshot is None:
        return []
    found = storage.rankings.days(round.round_id, round.snapshot.build, unit.parent_id, unit.id)
    return [{"day": day, "newcomers": people} for day, people in found]


def not_yet(storage, pseudonyms: Pseudonyms, claims, round_id: str, unit_id: str, q: str, after: str, limit: int) -> dict:
    """People of exactly this unit without an attempt in the round, by name. Raises NamesAreTheUnits for officers above it."""
    round, unit = storage.rounds.get(round_id), storage.units.get(unit_id)
    check_unit(storage, claims, round.contest_id, unit_id)
    if f"officer:unit:{unit_id}" not in claims.roles:
        raise NamesAreTheUnits()
    listed = storage.people.listed(unit.tree, unit_id, folded(q).split(), _place(after))
    some = list(islice(_missing(storage, pseudonyms, round, listed), limit + 1))
    names = ("name", "phone", "division")
    shown = [{"user_id": each["_id"], **{name: each.get(name) for name in names}} for each in some[:limit]]
    last = some[limit - 1] if len(some) > limit else None
    return {"round_id": round_id, "unit_id": unit_id, "people": shown, "next": last and f"{last['folded']}~{last['_id']}"}


def _place(after: str) -> tuple[str, str]:
    name, _, user_id = after.partition("~")
    return name, user_id


def _missing(storage, pseudonyms: Pseudonyms, round: Round, people):
    """Those of the people who have no attempt in the round, wherever they were when others made theirs."""
    for some in chunks(people, SOME):
        person_of = {each["_id"]: pseudonyms.of(round.contest_id, each["_id"]) for each in some}
        taken = storage.attempts.taken_part(round.round_id, person_of.values())
        yield from (each for each in some if person_of[each["_id"]] not in taken)


def report_of(storage, round: Round, units: dict[str, Unit], unit_id: str) -> dict:
    """What a report holds: the table and the way through the rounds."""
    return {**figures(storage, round, units, unit_id), "rounds": rounds_of_unit(storage, round.contest_id, units[unit_id])}
