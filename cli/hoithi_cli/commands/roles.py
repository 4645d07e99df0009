"""Who may do what, where."""

from typing import Annotated

import typer

from hoithi_cli.running import Run, command

app = typer.Typer(no_args_is_help=True, help="Roles: officer of a unit, organiser of a contest, operator of the platform.")

Role = Annotated[str, typer.Argument(help="officer, organiser or operator")]
Kind = Annotated[str, typer.Argument(help="unit, contest or platform")]
Bound = Annotated[str, typer.Argument(help="The unit's or contest's id; * for all.")]


@command(app)
def grant(run: Run, who: Annotated[str, typer.Argument(help="Phone or e-mail.")], role: Role, kind: Kind, bound_to: Bound = "*"):
    """Give a person a role."""
    body = {"identifier": who, "role": role, "kind": kind, "id": bound_to}
    answer = run.person("operator").call("POST", "registration", "/roles", json=body, idempotent=True)
    run.show(f"{who} is {role} of {kind} {bound_to}")
    return answer


@command(app)
def revoke(run: Run, user_id: str, role: Role, kind: Kind, bound_to: Bound = "*"):
    """Take a role from a person (the id is in `hoithi roles list`)."""
    run.person("operator").call("DELETE", "registration", f"/roles/{user_id}/{role}/{kind}/{bound_to}")
    run.show(f"{user_id} is no longer {role} of {kind} {bound_to}")
    return {"user_id": user_id, "role": role, "kind": kind, "id": bound_to, "revoked": True}


@command(app, "list")
def list_roles(run: Run):
    """Everybody who has a role."""
    found = run.person("operator").call("GET", "registration", "/roles")
    columns = ("user_id", "name", "role", "kind", "id")
    run.table("Roles", columns, [[entry.get(column) for column in columns] for entry in found["roles"]])
    return found
