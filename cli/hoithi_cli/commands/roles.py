"""Who may do what, where."""

from pathlib import Path
from typing import Annotated

import typer

from hoithi_cli.running import Run, command

app = typer.Typer(no_args_is_help=True, help="Roles: officer of a unit, organiser of a contest, operator of the platform.")

Role = Annotated[str, typer.Argument(help="officer, organiser or operator")]
Kind = Annotated[str, typer.Argument(help="unit, contest or platform")]
Bound = Annotated[str, typer.Argument(help="The unit's or contest's id; * for all.")]
Reason = Annotated[str, typer.Option(help="Why; kept in the audit log.")]


@command(app)
def grant(
    run: Run,
    who: Annotated[str, typer.Argument(help="Phone or e-mail.")],
    role: Role,
    kind: Kind,
    bound_to: Bound = "*",
    reason: Reason = "",
):
    """Give a person a role."""
    body = {"identifier": who, "role": role, "kind": kind, "id": bound_to, "reason": reason}
    answer = run.person("operator").call("POST", "registration", "/roles", json=body, idempotent=True)
    run.show(f"{who} is {role} of {kind} {bound_to}")
    return answer


@command(app)
def revoke(run: Run, user_id: str, role: Role, kind: Kind, bound_to: Bound = "*", reason: Reason = ""):
    """Take a role from a person (the id is in `hoithi roles list`)."""
    path = f"/roles/{user_id}/{role}/{kind}/{bound_to}"
    run.person("operator").call("DELETE", "registration", path, params={"reason": reason} if reason else {})
    run.show(f"{user_id} is no longer {role} of {kind} {bound_to}")
    return {"user_id": user_id, "role": role, "kind": kind, "id": bound_to, "revoked": True}


@command(app, "list")
def list_roles(run: Run):
    """Everybody who has a role, as far as one may see them."""
    found = {"roles": whole_list(run.person("operator"), "/roles", "roles")}
    columns = ("user_id", "name", "role", "kind", "id")
    run.table("Roles", columns, [[entry.get(column) for column in columns] for entry in found["roles"]])
    return found


@command(app, "reset-second-factor")
def reset_second_factor(
    run: Run, user_id: str, reason: Annotated[str, typer.Option("--reason", help="Who asked, and how you made sure.")]
):
    """Lift the second factor of somebody who lost the phone; all their sessions end."""
    run.person("operator").call("POST", "registration", f"/second-factors/{user_id}/reset", json={"reason": reason})
    run.show(f"{user_id} signs in with the password alone, and switches a second factor on again")
    return {"user_id": user_id, "reset": True}


@command(app)
def audit(
    run: Run,
    subject: Annotated[str | None, typer.Option(help="Of this person or invitation.")] = None,
    by: Annotated[str | None, typer.Option(help="What this person did.")] = None,
    to: Annotated[Path | None, typer.Option("--to", dir_okay=False, help="Save all of it as CSV.")] = None,
    most: Annotated[int, typer.Option("-n", min=1, max=200, help="How many of the newest entries.")] = 50,
):
    """The audit log: who gave, took, invited, reset."""
    wanted = {name: value for name, value in {"subject": subject, "by": by}.items() if value}
    operator = run.person("operator")
    if to:
        to.write_bytes(operator.send("GET", "registration", "/audit.csv", params=wanted).content)
        run.show(f"the audit log is in {to}")
        return {"file": str(to)}
    found = operator.call("GET", "registration", "/audit", params=wanted | {"limit": most})
    columns = ("at", "what", "by", "subject", "reason")
    run.table("Audit log", columns, [[entry.get(column) for column in columns] for entry in found["entries"]])
    return found


def whole_list(person, path: str, name: str) -> list[dict]:
    """All pages of a list of registration."""
    found, after = [], {}
    while True:
        page = person.call("GET", "registration", path, params=after)
        found += page[name]
        if not page.get("next"):
            return found
        after = {"after": page["next"]}
