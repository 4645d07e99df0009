"""What waits for a second person: official results, corrected keys."""

from typing import Annotated

import typer

from hoithi_cli.running import Run, command
from hoithi_cli.trouble import Refused

app = typer.Typer(no_args_is_help=True, help="Four eyes: what one organiser proposed and another one confirms.")

RoundId = Annotated[str, typer.Argument(metavar="ROUND", help="The round's id: <contest>-w<number>.")]
OneRound = Annotated[str | None, typer.Argument(metavar="ROUND", help="Only of this round; without it: of all one's contests.")]
ProposalId = Annotated[str, typer.Argument(metavar="PROPOSAL", help="Its id, as `hoithi proposals list` shows it.")]
SERVICES = {"official": "scoring", "keys": "exam"}
SHOWN = ("proposal_id", "subject", "act", "state", "by", "at", "body")


@command(app, "list")
def list_proposals(run: Run, round_id: OneRound = None):
    """What waits, or waited, for a second person."""
    found = [each for service in SERVICES.values() for each in _of(run, service, round_id)]
    run.table(f"Proposals in {round_id or 'all rounds'}", SHOWN, [[each.get(name) for name in SHOWN] for each in found])
    return {"proposals": found}


@command(app)
def confirm(run: Run, round_id: RoundId, proposal_id: ProposalId):
    """Confirm, as the second person, what another organiser proposed: it is done."""
    return _closed(run, round_id, proposal_id, "confirmation")


@command(app)
def withdraw(
    run: Run,
    round_id: RoundId,
    proposal_id: ProposalId,
    reason: Annotated[str, typer.Option(help="Why; needed to refuse another one's.")] = "",
):
    """Withdraw a proposal, or refuse another one's."""
    return _closed(run, round_id, proposal_id, "withdrawal", {"reason": reason})


def told(run: Run, answer: dict, done: str) -> dict:
    """Say what became of an act that may need a second person."""
    if "proposal_id" in answer:
        subject, number = answer["subject"], answer["proposal_id"]
        run.show(f"proposed; another organiser has to run `hoithi proposals confirm {subject} {number}`")
    else:
        run.show(done)
    return answer


def _of(run: Run, service: str, round_id: str | None) -> list[dict]:
    path = f"/rounds/{round_id}/proposals" if round_id else "/proposals"
    return run.person("organiser").call("GET", service, path)["proposals"]


def _closed(run: Run, round_id: str, proposal_id: str, how: str, body: dict | None = None) -> dict:
    known = {each["proposal_id"]: service for service in SERVICES.values() for each in _of(run, service, round_id)}
    if proposal_id not in known:
        raise Refused(404, {"title": f"there is no proposal {proposal_id} in {round_id}"})
    path = f"/rounds/{round_id}/proposals/{proposal_id}/{how}"
    answer = run.person("organiser").call("POST", known[proposal_id], path, json=body)
    run.show(f"{proposal_id} is {answer['state']}")
    return answer
