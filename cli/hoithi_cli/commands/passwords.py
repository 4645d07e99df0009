"""Forgotten passwords: a link by e-mail, or a code for people without an address."""

from typing import Annotated

import typer

from hoithi_cli.running import Run, command

app = typer.Typer(no_args_is_help=True, help="Forgotten passwords: a link by e-mail; a code for people without an address.")

Who = Annotated[str, typer.Argument(help="Phone or e-mail of the account.")]


@command(app)
def link(run: Run, who: Who):
    """Ask for a link by e-mail, as the person would on the page."""
    run.door.call("POST", "registration", "/password-resets", json={"identifier": who})
    run.show("if there is such an account with an e-mail address, a letter is on its way; its link works for 30 minutes")
    return {"asked": True}


@command(app)
def code(run: Run, who: Who, reason: Annotated[str, typer.Option("--reason", help="Who asked, and how you made sure.")]):
    """Hand out a code, once, for 30 minutes."""
    body = {"identifier": who, "reason": reason}
    answer = run.person("operator").call("POST", "registration", "/password-resets/codes", json=body)
    run.show(f"{answer['name']}: {answer['code']} until {answer['expires_at']}")
    return answer
