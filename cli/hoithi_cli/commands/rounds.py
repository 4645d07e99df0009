"""A running round: watch it, halt it, let it go on, see what another key would change."""

import time
from typing import Annotated

import typer

from hoithi_cli.commands.contest import Reason, RoundId
from hoithi_cli.running import Run, command

app = typer.Typer(no_args_is_help=True, help="Rounds: live figures, emergency halt, what another key would change.")

Notice = Annotated[str, typer.Option(help="What people are told.")]
EVERY_S = 1


@command(app)
def live(run: Run, round_id: RoundId):
    """Papers begun, open and submitted, by the minute. Not for the public: it may tell what is to be predicted."""
    found = run.person("organiser").call("GET", "exam", f"/rounds/{round_id}/live")
    run.show(f"{round_id}: {found['begun']} begun, {found['open']} open, {found['submitted']} submitted at {found['at']}")
    rows = [[each["at"], each["begun"], each["submitted"], each["open"]] for each in found["minutes"]]
    run.table("By the minute", ["minute", "begun#", "submitted#", "open#"], rows)
    return found


@command(app)
def halt(run: Run, round_id: RoundId, reason: Reason, notice: Notice):
    """Emergency: nobody starts, saves or submits until `resume`; open papers are kept and lose no time."""
    answer = run.person("organiser").call("POST", "exam", f"/rounds/{round_id}/halt", json={"reason": reason, "notice": notice})
    run.show(f"{round_id} is halted: `hoithi round resume {round_id}` lets it go on")
    return answer


@command(app)
def resume(run: Run, round_id: RoundId, notice: Notice):
    """Let a halted round go on; it and every open paper get the time back."""
    answer = run.person("organiser").call("POST", "exam", f"/rounds/{round_id}/resume", json={"notice": notice})
    run.show(f"{round_id} goes on until {answer['closes_at']}")
    return answer


@command(app, "key-preview")
def preview_key(
    run: Run,
    round_id: RoundId,
    question_id: Annotated[str, typer.Argument(help="The bank's id of the question.")],
    right: Annotated[str, typer.Argument(help="Right options as letters in the bank's order: b, or ac.")],
):
    """Who would gain and lose by another key; nothing is changed."""
    organiser, body = run.person("organiser"), {"question_id": question_id, "right": right}
    answer = organiser.call("POST", "scoring", f"/rounds/{round_id}/key-previews", json=body)
    while answer["state"] != "done":
        time.sleep(EVERY_S)
        answer = organiser.call("GET", "scoring", f"/rounds/{round_id}/key-previews/{answer['preview_id']}")
    found = answer["found"]
    run.show(f"{found['people_up']} people gain, {found['people_down']} lose, {len(found['prizes'])} prizes move")
    rows = [[prize["division"], prize["prize"], _name(prize["before"]), _name(prize["after"])] for prize in found["prizes"]]
    run.table("Prizes that move", ["division", "prize", "before", "after"], rows)
    return answer


def _name(winner: dict | None) -> str | None:
    return winner and (winner["name"] or "(no name)")
