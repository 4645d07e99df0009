"""Results: look at them, take them home."""

import hashlib
from pathlib import Path
from typing import Annotated

import typer

from hoithi_cli.front_door import FrontDoor, Person, refusal
from hoithi_cli.running import Run, command
from hoithi_cli.trouble import CheckFailed

app = typer.Typer(no_args_is_help=True, help="Results of rounds and contests, and their public files.")

FILES = ("results.json", "results.csv", "attempts.csv", "rules.json", "units.csv", "prizes.csv")
KEYS = "/results/keys"


@command(app)
def show(
    run: Run,
    which: Annotated[str, typer.Argument(metavar="CONTEST|ROUND", help="A contest's rounds, or one round's results.")],
    most: Annotated[int, typer.Option("-n", min=1, help="How many places of each division.")] = 10,
):
    """The rounds of a contest with their counts, or the results of a round."""
    return _round(run, which, most) if is_round(which) else _contest(run, which)


@command(app)
def export(
    run: Run,
    round_id: Annotated[str, typer.Argument(metavar="ROUND")],
    to: Annotated[Path, typer.Option("--to", file_okay=False, help="Folder for the files; made when missing.")],
):
    """Save everything needed to recompute a round's results, with the SHA-256 of each file."""
    to.mkdir(parents=True, exist_ok=True)
    files = [download(run.door, f"/rounds/{round_id}/{name}", to / name) for name in FILES]
    files.append(download(run.door, f"/rounds/{round_id}/signature", to / "signature.json"))
    files.append(download(run.door, KEYS, to / "keys.json"))
    run.table(round_id, ["file", "bytes#", "SHA-256"], [each.values() for each in files])
    document = {"round_id": round_id, "files": files, "digest": _published_digest(run, round_id)}
    if files[0]["sha256"] != document["digest"]:
        raise CheckFailed(
            f"results.json is not the published one ({document['digest']}): it changed meanwhile, export again", document
        )
    return document


def _published_digest(run: Run, round_id: str) -> str:
    """The SHA-256 the platform announced for results.json."""
    return run.door.call("GET", "scoring", f"/rounds/{round_id}").get("results", {}).get("digest", "")


def is_round(text: str) -> bool:
    """Round ids end in -w<number>."""
    return text.rpartition("-w")[2].isdecimal() and "-w" in text


def download(door: FrontDoor | Person, path: str, file: Path, service: str = "scoring", **request) -> dict:
    """Stream an answer into a file that appears only when it is whole; gives name, bytes and SHA-256."""
    digest, size, part = hashlib.sha256(), 0, file.with_name(file.name + ".part")
    with door.stream(service, path, **request) as answer:
        if not answer.is_success:
            answer.read()
            raise refusal(answer)
        with part.open("wb") as target:
            for piece in answer.iter_bytes():
                digest.update(piece)
                size += target.write(piece)
    part.replace(file)
    return {"file": str(file), "bytes": size, "sha256": digest.hexdigest()}


def _contest(run: Run, contest_id: str) -> dict:
    found = run.door.call("GET", "scoring", f"/contests/{contest_id}/rounds")
    rows = [[each["round_id"], each["state"], *_counts(each), each["closes_at"]] for each in found["rounds"]]
    run.table(found.get("title") or contest_id, ["round", "state", "attempts#", "people#", "closes at"], rows)
    return found


def _round(run: Run, round_id: str, most: int) -> dict:
    round_ = run.door.call("GET", "scoring", f"/rounds/{round_id}")
    attempts, people = _counts(round_)
    run.show(f"{round_id}: {round_['state']}, {attempts} attempts, {people} people")
    divisions = sorted(round_.get("results", {}).get("divisions", {}))
    return {"round": round_, "results": {division: _division(run, round_id, division, most) for division in divisions}}


def _division(run: Run, round_id: str, division: str, most: int) -> list[dict]:
    params = {"division": division, "limit": min(most, 500)}
    found = run.door.call("GET", "scoring", f"/rounds/{round_id}/results", params=params)["rows"]
    columns = ("division_place", "name", "unit", "points", "duration_ms", "prediction", "prize")
    headings = ["place#", "name", "unit", "points#", "ms#", "prediction#", "prize"]
    run.table(division, headings, [[each.get(column) for column in columns] for each in found])
    return found


def _counts(round_: dict) -> tuple:
    counts = round_.get("counts", {})
    return counts.get("attempts"), counts.get("participants")
