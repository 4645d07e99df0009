"""Inviting people to roles by e-mail."""

from typing import Annotated

import typer

from hoithi_cli.commands.roles import Bound, Kind, Reason, Role, whole_list
from hoithi_cli.running import Run, command

app = typer.Typer(no_args_is_help=True, help="Invitations to a role by e-mail: for seven days, once.")
Letter = Annotated[str, typer.Option("--letter", help="Language of the letter: vi or en.")]
SHOWN = ("invitation_id", "state", "email", "role", "place", "by_name", "expires_at")


@command(app)
def send(
    run: Run,
    email: Annotated[str, typer.Argument(help="Where the letter goes.")],
    role: Role,
    kind: Kind,
    bound_to: Bound = "*",
    letter: Letter = "vi",
    reason: Reason = "",
):
    """Invite somebody to a role."""
    body = {"email": email, "role": role, "kind": kind, "id": bound_to, "language": letter, "reason": reason}
    answer = run.person("operator").call("POST", "registration", "/invitations", json=body)
    run.show(f"{email} is invited to be {role} of {kind} {bound_to}, until {answer['expires_at']}")
    return answer


@command(app, "list")
def list_invitations(run: Run):
    """One's own invitations, newest first; an operator's list has all."""
    found = whole_list(run.person("operator"), "/invitations", "invitations")
    run.table("Invitations", SHOWN, [[each.get(name) for name in SHOWN] for each in found])
    return {"invitations": found}


@command(app)
def withdraw(run: Run, invitation_id: str, reason: Reason = ""):
    """Withdraw an open invitation: its link leads nowhere any more."""
    path = f"/invitations/{invitation_id}/withdrawal"
    run.person("operator").call("POST", "registration", path, json={"reason": reason})
    run.show(f"{invitation_id} is withdrawn")
    return {"invitation_id": invitation_id, "withdrawn": True}
