"""Building rankings and season tables beside the doors: one replica at a time, readers undisturbed."""

import gc
import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from time import perf_counter, process_time
from typing import NamedTuple

from hoithi_scoring.domain import export, prizes, units, winners
from hoithi_scoring.domain.ranking import Attempt, rank
from hoithi_scoring.domain.refusals import Outpaced
from hoithi_scoring.domain.rounds import Round, published
from hoithi_scoring.domain.score import score
from hoithi_scoring.domain.season import season
from hoithi_scoring.domain.snapshot import Snapshot
from hoithi_scoring.handlers import analysing, awarding, charting, flagging, previewing, running, unit_tables
from hoithi_scoring.handlers.beating import beating
from hoithi_scoring.handlers.season_prizes import contest_of_season, prizes_from, season_prizes, season_scope, sources

log = logging.getLogger(__name__)

LEASE_S = 60
# Attempts, or rows of a season. Sorting and writing up to here holds up the worker's listeners for some 0.1 s at most.
LARGE = 20_000
# A running round rests this many times as long as its tables take, so they cost a fiftieth of a core. Its ranking does not
# wait for them (see running).
REST = 49
# Tables nobody points to any more stay this long, for readers who are in the middle of one.
KEPT_FOR = timedelta(minutes=10)


class Built(NamedTuple):
    """A finished ranking: seconds it took, attempts it read."""

    round_id: str
    seconds: float
    attempts: int


class Task(NamedTuple):
    """One thing to find out, by its id: "ranking", "units", "items" or "flags" of a round, the "season" of a contest, a
    "preview", the "awards" of pools and collectives, or the "charts", of a scope (a round, or a contest's season)."""

    kind: str
    id: str

    @property
    def lease(self) -> str:
        return f"{self.kind}:{self.id}"


class _Read(NamedTuple):
    """What was met while attempts went by."""

    users: dict[str, str]
    counts: dict[str, int]


def _nothing_read() -> _Read:
    return _Read({}, {"scored": 0, "unscored": 0})


Elsewhere = Callable[[Task, datetime], Built | None]
"""Carries out a large task where it holds up nobody (see hoithi_scoring.builder); without one all is done here."""


def rank_due(storage, owner: str, cooldown_s: float, now: datetime, elsewhere: Elsewhere | None = None) -> list[Built]:
    """Rebuild every ranking that is out of date. What fails is tried again."""
    due = [Task("ranking", round.round_id) for round in storage.rounds.all() if _is_due(storage, round, cooldown_s, now)]
    return [built for task in due if (built := _done(storage, task, owner, now, elsewhere))]


def follow_up(storage, owner: str, cooldown_s: float, now: datetime, elsewhere: Elsewhere | None = None) -> None:
    """Make anew what is out of date of all that is made from rankings or beside them. What fails is tried again."""
    for task in _follow_ups_due(storage, storage.rounds.all(), cooldown_s, now):
        _done(storage, task, owner, now, elsewhere)


def _follow_ups_due(storage, rounds: list[Round], cooldown_s: float, now: datetime) -> list[Task]:
    contests = storage.contests.all()
    due = [*_seasons_due(contests, rounds), *(Task("preview", preview_id) for preview_id in storage.previews.waiting())]
    due += [Task("units", round.round_id) for round in rounds if unit_tables.are_due(round, LARGE, REST, cooldown_s, now)]
    due += [Task("items", round_id) for round_id in analysing.due(storage, rounds)]
    due += [Task("awards", scope) for scope in awarding.due(storage, contests, rounds)]
    due += [Task("charts", scope) for scope in charting.due(storage, contests, rounds)]
    return due + [Task("flags", round_id) for round_id in flagging.due(storage, rounds)]


def _done(storage, task: Task, owner: str, now: datetime, elsewhere) -> Built | None:
    if elsewhere is None or not _is_large(storage, task):
        return carry_out(storage, task, owner, now)
    # Its process holds the lease under the same owner; asked for here, so that no other replica starts one in vain.
    return elsewhere(task, now) if storage.beat(task.lease, owner, LEASE_S)() else None


def _is_large(storage, task: Task) -> bool:
    if task.kind == "units":
        return False  # the database adds up
    if task.kind == "preview":
        return storage.attempts.are_more_than(storage.previews.get(task.id).round_id, LARGE)
    contest_id = task.id if task.kind == "season" else contest_of_season(task.id)
    if contest_id is None:
        return storage.attempts.are_more_than(task.id, LARGE)
    return sum(round.snapshot.participants for round in published(storage.rounds.all(), contest_id)) > LARGE


def carry_out(storage, task: Task, owner: str, now: datetime) -> Built | None:
    """Build it under its lease; the ranking, or None: something else, another replica has the lease, or it failed."""
    work = {"season": build_season, "items": analysing.analyse, "flags": flagging.find, "preview": build_preview,
            "awards": awarding.award, "charts": charting.count, "units": unit_tables.make_live}  # fmt: skip
    return _alone(storage, task.lease, owner, partial(work.get(task.kind, build), storage, task.id, now=now))


def _is_due(storage, round: Round, cooldown_s: float, now: datetime) -> bool:
    """Corrections at once; a closed round as soon as all is there; else after the cooldown."""
    if not round.is_stale or not round.opened:
        return False
    if round.is_being_corrected or round.built_at is None:
        return True
    if round.state == "closed" and storage.attempts.count(round.round_id) == round.expected:
        return True
    rest_s = round.snapshot.seconds * REST if round.snapshot else 0
    return now - round.built_at >= timedelta(seconds=max(cooldown_s, rest_s))


def _alone(storage, name: str, owner: str, work: Callable):
    """What `work` returns, done under the lease `name`; None when another replica has it or the work failed."""
    beat = storage.beat(name, owner, LEASE_S)
    if not beat():
        return None
    try:
        with _collector_at_rest():
            return work(beat=beat)
    except Outpaced as error:
        log.info("%s: another replica was quicker: %r", name, error)
    except Exception:
        log.exception("%s failed; tried again", name)
    finally:
        storage.lease.release(name, owner)
    return None


@contextmanager
def _collector_at_rest():
    """No search for cycles while millions of plain values are made: it finds none and doubles the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def build(storage, round_id: str, beat: Callable[[], bool], now: datetime) -> Built:
    """Score what is unscored, rank, write the tables, then flip the round's header to them."""
    started, worked, round = perf_counter(), process_time(), storage.rounds.get(round_id)
    rescored = _rescore(storage, round_id, beat)
    read, invalid = _nothing_read(), storage.decisions.invalidated(round_id)
    sketch = charting.sketch(round, invalid)
    ranking = rank(sketch.passing(_to_rank(storage, round, read, beat)), round.rules, invalid)
    if round.state == "running":
        running.catch_up(storage, round, rescored, ranking.rows, beat)
    table = unit_tables.roll_up(storage, round, units.grouped(ranking.rows))
    refused = winners.refused(storage.winners.of(round_id))
    snapshot = _snapshot(round, ranking, table, read, refused, beat, now)
    if not round.shows(snapshot):
        storage.rankings.write_people(round_id, snapshot.build, ranking.rows, read.users, now)
        storage.rankings.write_units(round_id, snapshot.build, table, now)
        charting.keep_round(storage, round, snapshot.build, ranking.rows, sketch, now)
    _flip(storage, round, _with(snapshot, process_time() - worked), beat, now)
    return Built(round_id, perf_counter() - started, snapshot.attempts)


def _rescore(storage, round_id, beat) -> set[str]:
    """Whose attempts were scored."""
    version, table = storage.rounds.key_tables([round_id])[round_id]
    persons: set[str] = set()
    for some in storage.attempts.rescore(round_id, version, lambda questions, answers: score(questions, answers, table)):
        persons |= some
        if not beat():
            raise Outpaced(round_id)
    return persons


def _to_rank(storage, round: Round, read: _Read, beat) -> Iterator[tuple[str, Attempt]]:
    """(by whom submitted, attempt) of the scored attempts of a round; counts them and collects who is behind which pseudonym."""
    users, scored, unscored = read.users, 0, 0
    for version, user_id, by, attempt in beating(storage.attempts.to_rank(round.round_id), round.round_id, beat):
        if version != round.keys_version:
            unscored += 1
            continue
        scored += 1
        users[attempt.person] = user_id
        yield by, attempt
    read.counts.update(scored=scored, unscored=unscored)


def _snapshot(round, ranking, table, read, refused, beat, now) -> Snapshot:
    revision = round.snapshot.revision + 1 if round.snapshot else 1
    divisions = {}
    for row in ranking.rows:
        divisions[row.division] = divisions.get(row.division, 0) + 1
    pieces = export.results(head(round), ranking.figures, ranking.actual, ranking.rows)
    return Snapshot(
        revision=revision, build=f"{revision:06d}-{secrets.token_hex(4)}",
        digest=export.digest(beating(pieces, round.round_id, beat)),
        units_digest=export.digest(export.table((), map(export.unit_cells, table))),
        attempts=sum(read.counts.values()), valid=ranking.figures.attempts, participants=ranking.figures.participants,
        perfect=ranking.figures.perfect, unscored=read.counts["unscored"], actual=ranking.actual, divisions=divisions,
        awards=tuple(prizes.awards(round.round_id, ranking.rows, round.rules, read.users, refused)), built_at=now,
    )  # fmt: skip


def _with(snapshot: Snapshot, seconds: float) -> Snapshot:
    return Snapshot(**{**vars(snapshot), "seconds": round(seconds, 3)})


def head(round: Round) -> dict:
    """The start of the canonical results file, and the whole of rules.json."""
    return export.rules_file(round.round_id, round.contest_id, round.number, round.rules)


def _flip(storage, seen: Round, snapshot: Snapshot, beat, now):
    if not beat():
        raise Outpaced(seen.round_id)
    after = storage.rounds.change(seen.round_id, lambda round: round.ranked(snapshot, seen.changes, now), now)
    keep = {*after.history, after.snapshot.build} if after.snapshot else set()
    storage.rankings.sweep(seen.round_id, keep, now - KEPT_FOR)
    if after.is_public:
        storage.standings.drop(seen.round_id)


def build_preview(storage, preview_id: str, beat: Callable[[], bool], now: datetime) -> None:
    """Answer what another key would change."""

    def attempts(round: Round):
        read = _nothing_read()
        return (attempt for _, attempt in _to_rank(storage, round, read, beat)), read.users

    previewing.find_out(storage, preview_id, beat, attempts, now)


# The season


def _seasons_due(contests: list[dict], rounds: list[Round]) -> list[Task]:
    """The table of each contest whose published rounds changed."""
    return [Task("season", contest["_id"]) for contest in contests if _is_stale(contest, rounds)]


def _is_stale(contest: dict, rounds: list[Round]) -> bool:
    season, public = contest.get("season", {}), published(rounds, contest["_id"])
    wanted = (sources(public), prizes_from(contest, public))
    return wanted != (season.get("sources", []), season.get("prizes_from", []))


def build_season(storage, contest_id: str, beat: Callable[[], bool], now: datetime) -> None:
    """Add up the published rounds of a contest, write the table, then flip the contest's header to it."""
    contest, public = storage.contests.get(contest_id), published(storage.rounds.all(), contest_id)
    scope, users = season_scope(contest_id), {}
    tables = [(round.number, beating(_rows(storage, round, users), round.round_id, beat)) for round in public]
    latest = max(public, key=lambda round: round.number, default=None)
    rows = season(tables, latest.rules.tie_break) if latest else []
    build_id = f"{len(public):03d}-{secrets.token_hex(4)}"
    storage.rankings.write_people(scope, build_id, rows, users, now)
    if latest:
        storage.rankings.write_units(scope, build_id, unit_tables.roll_up(storage, latest, units.grouped(rows)), now)
    shown = {
        "build": build_id,
        "sources": sources(public),
        "prizes_from": prizes_from(contest, public),
        "participants": len(rows),
        "rounds": len(public),
        "built_at": now,
    }
    prized, events = season_prizes(storage, contest, public, rows, users, now)
    if storage.contests.show_season(contest_id, contest.get("season", {}).get("build"), shown | prized, events, now):
        storage.rankings.sweep(scope, [build_id], now - KEPT_FOR)


def _rows(storage, round, users):
    for page in storage.rankings.everybody(round.round_id, round.snapshot.build):
        for row, user_id in page:
            users[row.person] = user_id
            yield row
