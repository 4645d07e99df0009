"""Prizes beside the contest's own: pools of committees and units, prizes of collectives."""

import json
from pathlib import Path
from typing import Annotated

import typer

from hoithi_cli.commands.judging import Season, Where, base_of
from hoithi_cli.running import Run, command
from hoithi_cli.trouble import WrongUsage

pools = typer.Typer(no_args_is_help=True, help="Prizes that committees and units give to their own people.")
unit_prizes = typer.Typer(no_args_is_help=True, help="Prizes of collectives: chosen before a round opens, verified after it.")

ContestId = Annotated[str, typer.Argument(metavar="CONTEST")]
PoolId = Annotated[str, typer.Argument(metavar="POOL")]
PersonId = Annotated[str, typer.Argument(metavar="PERSON", help="The pseudonym that `winners` shows.")]
UnitId = Annotated[str, typer.Argument(metavar="UNIT")]
InRound = Annotated[str | None, typer.Option("--round", help="Of this round; else over all rounds.")]
Reason = Annotated[str, typer.Option(help="Kept in the log.")]
PRIZES = "NAME=COUNT, best first, for example first=1; may be given again."


@command(pools, "list")
def list_pools(run: Run, contest_id: ContestId):
    """All pools of a contest; `fixed`: a round they are for has opened."""
    found = run.person("organiser").call("GET", "scoring", f"/contests/{contest_id}/pools")
    run.table(contest_id, ["pool", "title", "unit", "prizes", "rounds", "fixed"], map(_pool_row, found["pools"]))
    return found


def _pool_row(pool: dict) -> list:
    prizes = ", ".join(f"{prize['name']} {prize['count']}" for prize in pool["prizes"])
    rounds = ", ".join([*pool["rounds"], *(["season"] if pool["season"] else [])])
    return [pool["pool_id"], pool["title"], pool["unit"], prizes, rounds, pool["fixed"]]


@command(pools)
def define(
    run: Run,
    contest_id: ContestId,
    pool_id: PoolId,
    unit: Annotated[str, typer.Option(help="Of either tree; its people and those of all units below take part.")],
    title: Annotated[str, typer.Option()],
    prize: Annotated[list[str], typer.Option(help=PRIZES)],
    round: Annotated[list[str] | None, typer.Option(help="May be given again.")] = None,
    season: Annotated[bool, typer.Option("--season", help="Prizes over all rounds, too.")] = False,
    division: Annotated[list[str] | None, typer.Option(help="May be given again; all when none is.")] = None,
    sponsor: Annotated[str, typer.Option()] = "",
    notice: Annotated[str, typer.Option(help="Plain text for everybody.")] = "",
    not_both: Annotated[bool, typer.Option("--not-both", help="Winners of the contest's prizes win nothing here.")] = False,
):
    """Make or change a pool, before the first round it is for opens."""
    body = {
        "unit_id": unit, "title": title, "prizes": [_prize(text) for text in prize], "rounds": round or [], "season": season,
        "divisions": division or [], "sponsor": sponsor, "notice": notice, "also_main": not not_both,
    }  # fmt: skip
    path = f"/contests/{contest_id}/pools/{pool_id}"
    answer = run.person("organiser").call("PUT", "scoring", path, json=body, idempotent=True)
    run.show(f"{pool_id} is defined, revision {answer['revision']}")
    return answer


def _prize(text: str) -> dict:
    name, _, count = text.rpartition("=")
    if not name or not count.isdigit():
        raise WrongUsage("--prize is NAME=COUNT, for example first=1")
    return {"name": name, "count": int(count)}


@command(pools)
def withdraw(run: Run, contest_id: ContestId, pool_id: PoolId, reason: Reason):
    """Before the first round it is for opens; what was promised then is kept."""
    path = f"/contests/{contest_id}/pools/{pool_id}/withdrawal"
    run.person("organiser").call("POST", "scoring", path, json={"reason": reason})
    run.show(f"{pool_id} is withdrawn")
    return {"pool_id": pool_id, "withdrawn": True}


@command(pools)
def officers(run: Run, contest_id: ContestId, allowed: Annotated[bool, typer.Option("--allow/--forbid")]):
    """Choose whether officers run pools of their units and those below."""
    path = f"/contests/{contest_id}/pool-rights"
    answer = run.person("organiser").call("PUT", "scoring", path, json={"officers": allowed}, idempotent=True)
    run.show(f"officers {'run' if answer['officers'] else 'do not run'} pools")
    return answer


@command(pools, "winners")
def pool_winners(run: Run, contest_id: ContestId, pool_id: PoolId, round_id: InRound = None):
    """Winners with what was found about them, those refused, and who would move up."""
    path = f"/contests/{contest_id}/pools/{pool_id}/candidates"
    params = {"round_id": round_id} if round_id else {}
    found = run.person("organiser").call("GET", "scoring", path, params=params)
    for title in ("winners", "refused", "reserves"):
        run.table(title, ["division", "prize", "place#", "name", "unit", "state", "person"], map(_winner_row, found[title]))
    return found


def _winner_row(row: dict) -> list:
    state = (row["check"] or {}).get("state", "unverified")
    return [row["division"], row["prize"], row["place"], row["name"], row["unit"], state, row["person"]]


@command(pools)
def verify(run: Run, contest_id: ContestId, pool_id: PoolId, person: PersonId, round_id: InRound = None):
    """This is who they say they are, and may have the prize."""
    return _check(run, contest_id, pool_id, person, {"outcome": "verified", "round_id": round_id})


@command(pools)
def refuse(run: Run, contest_id: ContestId, pool_id: PoolId, person: PersonId, reason: Reason, round_id: InRound = None):
    """No prize of this pool for this person; the next in order moves up."""
    return _check(run, contest_id, pool_id, person, {"outcome": "refused", "reason": reason, "round_id": round_id})


def _check(run: Run, contest_id: str, pool_id: str, person: str, body: dict) -> dict:
    path = f"/contests/{contest_id}/pools/{pool_id}/candidates/{person}/check"
    answer = run.person("organiser").call("POST", "scoring", path, json=body, idempotent=True)
    run.show(f"{person} is {answer['state']}")
    return answer


@command(unit_prizes)
def choose(
    run: Run,
    contest_id: ContestId,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help='JSON: {"rounds": [...], "blocks": [...]}')],
):
    """Choose what units can win, by block, before the first of these rounds opens (with "season": true also over all)."""
    try:
        body = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise WrongUsage(f"{file} is not JSON: {error}") from error
    path = f"/contests/{contest_id}/collective-prizes"
    answer = run.person("organiser").call("PUT", "scoring", path, json=body, idempotent=True)
    run.show(f"{len(answer['blocks'])} blocks, revision {answer['revision']}")
    return answer


@command(unit_prizes, "list")
def list_units(run: Run, where: Where, season: Season = False):
    """Units that win something in a round or over all rounds, those excluded, and which would move up."""
    found = run.person("organiser").call("GET", "scoring", f"{base_of(where, season)}/unit-prizes")
    for title in ("winners", "refused", "reserves"):
        run.table(title, ["block", "prize", "place#", "unit", "people#", "rate", "id"], map(_unit_row, found.get(title, ())))
    return found


def _unit_row(row: dict) -> list:
    return [row["block"], row["prize"], row["place"], row["unit"], row["participants"], row["rate_percent"], row["unit_id"]]


@command(unit_prizes, "verify")
def verify_unit(run: Run, where: Where, unit_id: UnitId, season: Season = False):
    """The unit may have its prize."""
    return _check_unit(run, base_of(where, season), unit_id, {"outcome": "verified"})


@command(unit_prizes)
def exclude(run: Run, where: Where, unit_id: UnitId, reason: Reason, season: Season = False):
    """No prize for this unit; the next in order moves up. Places stay as they are."""
    return _check_unit(run, base_of(where, season), unit_id, {"outcome": "refused", "reason": reason})


def _check_unit(run: Run, base: str, unit_id: str, body: dict) -> dict:
    path = f"{base}/unit-prizes/{unit_id}/check"
    answer = run.person("organiser").call("POST", "scoring", path, json=body, idempotent=True)
    run.show(f"{unit_id} is {answer['state']}")
    return answer
