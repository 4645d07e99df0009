"""Flags and winners of a round, and its official minutes: what organisers do between provisional and official results."""

from pathlib import Path
from typing import Annotated

import typer

from hoithi_cli.running import Run, command
from hoithi_cli.trouble import WrongUsage

flags = typer.Typer(no_args_is_help=True, help="What looks wrong about a closed round; a person decides.")
winners = typer.Typer(no_args_is_help=True, help="Who would win something: verified, refused, moved up.")

PAGE = 200
RoundId = Annotated[str, typer.Argument(metavar="ROUND")]
Where = Annotated[str, typer.Argument(metavar="ROUND|CONTEST", help="A round; with --season a contest.")]
Season = Annotated[bool, typer.Option("--season", help="The prizes over all rounds of a contest.")]
PersonId = Annotated[str, typer.Argument(metavar="PERSON", help="The pseudonym that `list` shows.")]


@command(flags, "list")
def list_flags(
    run: Run,
    round_id: RoundId,
    state: Annotated[str | None, typer.Option(help="open or decided; both when not said.")] = None,
):
    """All flags of a round with their figures, open ones first."""
    found, after = [], ""
    while after is not None:
        params = {"after": after, "limit": PAGE, **({"state": state} if state else {})}
        page = run.person("organiser").call("GET", "scoring", f"/rounds/{round_id}/flags", params=params)
        found, after = found + page["flags"], page["next"]
    run.table(round_id, ["flag", "unit", "people", "figures", "decision"], map(_flag_row, found))
    return {"round_id": round_id, "open": page["open"], "decided": page["decided"], "flags": found}


def _flag_row(flag: dict) -> list:
    people = ", ".join(each["name"] or each["person"] for each in flag["people"])
    figures = ", ".join(f"{name} {value}" for name, value in flag["facts"].items())
    return [flag["flag_id"], flag["unit"], people, figures, (flag["decision"] or {}).get("outcome")]


@command(flags)
def dismiss(run: Run, round_id: RoundId, flag_id: str, reason: Annotated[str, typer.Option(help="Kept in the log.")]):
    """Nothing is wrong: no result changes. Decided for good."""
    return _decide(run, round_id, flag_id, {"outcome": "dismissed", "reason": reason})


@command(flags)
def invalidate(
    run: Run,
    round_id: RoundId,
    flag_id: str,
    reason: Annotated[str, typer.Option(help="Read by the people concerned.")],
    attempt: Annotated[list[str] | None, typer.Option(help="Only this one of the flag's attempts; may be given again.")] = None,
):
    """Declare the flag's attempts invalid; the ranking is built anew without them."""
    return _decide(run, round_id, flag_id, {"outcome": "invalidated", "reason": reason, "attempt_ids": attempt or []})


def _decide(run: Run, round_id: str, flag_id: str, body: dict) -> dict:
    path = f"/rounds/{round_id}/flags/{flag_id}/decision"
    answer = run.person("organiser").call("POST", "scoring", path, json=body, idempotent=True)
    run.show(f"{flag_id} is {answer['decision']['outcome']}")
    return answer


@command(winners, "list")
def list_winners(run: Run, where: Where, season: Season = False):
    """Winners with what was found about them, those refused, and who would move up."""
    found = run.person("organiser").call("GET", "scoring", f"{base_of(where, season)}/winners")
    columns = ["division", "prize", "place#", "name", "unit", "state", "person"]
    for title in ("winners", "refused", "reserves"):
        run.table(title, columns, map(_winner_row, found[title]))
    return found


def _winner_row(row: dict) -> list:
    state = (row["check"] or {}).get("state", "unverified")
    return [row["division"], row["prize"], row["division_place"], row["name"], row["unit"], state, row["person"]]


@command(winners)
def verify(run: Run, where: Where, person: PersonId, season: Season = False):
    """This is who they say they are, and may have the prize."""
    return _check(run, where, season, person, {"outcome": "verified"})


@command(winners)
def refuse(
    run: Run,
    where: Where,
    person: PersonId,
    reason: Annotated[str, typer.Option(help="Kept in the log.")],
    season: Season = False,
):
    """No prize for this person; the next in order moves up. Places stay as they are."""
    return _check(run, where, season, person, {"outcome": "refused", "reason": reason})


def _check(run: Run, where: str, season: bool, person: str, body: dict) -> dict:
    path = f"{base_of(where, season)}/winners/{person}/check"
    answer = run.person("organiser").call("POST", "scoring", path, json=body, idempotent=True)
    run.show(f"{person} is {answer['state']}")
    return answer


def base_of(where: str, season: bool) -> str:
    """The path of a round, or of a contest's season."""
    return f"/contests/{where}/season" if season else f"/rounds/{where}"


def minutes(
    run: Run,
    where: Where,
    out: Annotated[Path, typer.Option("--out", dir_okay=False, help="The file to write: .pdf or .docx.")],
    number: Annotated[str | None, typer.Option(help="Number and sign, for example 12/BB-BTC.")] = None,
    place: Annotated[str | None, typer.Option()] = None,
    chair: Annotated[str | None, typer.Option()] = None,
    secretary: Annotated[str | None, typer.Option()] = None,
    basis: Annotated[list[str] | None, typer.Option(help="Căn cứ ...; may be given again.")] = None,
    receiver: Annotated[list[str] | None, typer.Option(help="Nơi nhận; may be given again.")] = None,
    season: Annotated[bool, typer.Option("--season", help="Of all rounds of a contest together.")] = False,
):
    """Save the official minutes of a round's results, or of all rounds'; before they are official it is a draft."""
    if out.suffix not in (".pdf", ".docx"):
        raise WrongUsage("--out ends in .pdf or .docx")
    told = {"number": number, "place": place, "chair": chair, "secretary": secretary, "bases": basis, "receivers": receiver}
    body = {"format": out.suffix[1:], **{name: value for name, value in told.items() if value}}
    answer = run.person("organiser").send("POST", "scoring", f"{base_of(where, season)}/minutes", json=body, idempotent=True)
    out.write_bytes(answer.content)
    run.show(f"{out}: {len(answer.content)} bytes")
    return {"contest_id" if season else "round_id": where, "file": str(out), "bytes": len(answer.content)}
