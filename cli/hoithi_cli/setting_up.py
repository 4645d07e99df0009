"""What a demonstration and a rehearsal need first: units, a bank, accounts. Each step changes nothing when it is done already."""

from collections.abc import Callable
from pathlib import Path

from hoithi_cli import content, tables
from hoithi_cli.front_door import FrontDoor, Person
from hoithi_cli.platform import Account
from hoithi_cli.trouble import Refused, WrongUsage

PLACES = {"commune", "ward", "town", "agency"}


def import_units(operator: Person, files: list[Path]) -> dict:
    """Import unit files; gives {"files", "units", "changed"}."""
    done = {"files": 0, "units": 0, "changed": 0}
    for file in files:
        units = tables.units_of(file)
        answer = operator.call("POST", "registration", "/units", json={"units": units}, idempotent=True) or {}
        done = {
            "files": done["files"] + 1,
            "units": done["units"] + len(units),
            "changed": done["changed"] + answer.get("changed", 0),
        }
    return done


def required_consents(door: FrontDoor) -> list[dict]:
    """The consents without which nobody can join, in their present version."""
    purposes = door.call("GET", "registration", "/consents")["purposes"]
    return [{"purpose": each["purpose"], "version": each["version"]} for each in purposes if each.get("required", True)]


def signed_in_or_joined(door: FrontDoor, account: Account, about: dict) -> tuple[Person, bool]:
    """The person, and whether the account had to be made."""
    person = Person(door, account)
    try:
        person.sign_in()
        return person, False
    except Refused as refused:
        if refused.status not in (401, 404):
            raise
    body = {**about, **_contact(account), "password": account.password, "consents": required_consents(door)}
    person.adopt(door.call("POST", "registration", "/join", json=body))
    return person, True


def grant(operator: Person, account: Account, role: str, kind: str, bound_to: str):
    """Give a role; nothing changes when the account has it."""
    body = {"identifier": account.identifier, "role": role, "kind": kind, "id": bound_to}
    operator.call("POST", "registration", "/roles", json=body, idempotent=True)


def places(door: FrontDoor, least: int = 1) -> list[str]:
    """Ids of the units people belong to today: communes, wards, towns, agencies."""
    found, after = [], None
    while True:
        params = {"tree": "administrative", "limit": 500} | ({"after": after} if after else {})
        page = door.call("GET", "registration", "/units", params=params)
        found += [unit["id"] for unit in page["units"] if unit["kind"] in PLACES]
        after = page.get("next")
        if not after:
            break
    if len(found) < least:
        raise WrongUsage("the platform knows no units to belong to: run `hoithi demo load` or `hoithi units import` first")
    return sorted(found)


def import_bank(organiser: Person, file: Path, bank_id: str) -> dict:
    """Import a question bank; the answer of the platform."""
    return organiser.call(
        "POST",
        "exam",
        f"/banks/{bank_id}",
        params={"format": "xlsx" if file.suffix == ".xlsx" else "text"},
        content=file.read_bytes(),
        headers={"Content-Type": "application/octet-stream"},
        idempotent=True,
    )


def known_bank(organiser: Person, bank_id: str) -> dict | None:
    """The newest version of a bank, None when there is none."""
    banks = organiser.call("GET", "exam", "/banks")["banks"]
    return max((each for each in banks if each["bank_id"] == bank_id), key=lambda each: each.get("version", 0), default=None)


def ensure_bank(organiser: Person, folder: Path) -> dict:
    """The demonstration bank, imported when it is missing; see `ensure_approved`."""
    return known_bank(organiser, content.BANK_ID) or import_bank(organiser, folder / content.BANK_FILE, content.BANK_ID)


def ensure_approved(bank: dict, second: Callable[[], Person]) -> bool:
    """Let a second person approve the version when it waits for that; whether it did. `second` is asked only then."""
    if bank.get("state") != "draft":
        return False
    path = f"/banks/{bank['bank_id']}/versions/{bank['version']}/approve"
    second().call("POST", "exam", path, json={"note": "hoithi demo"}, idempotent=True)
    return True


def _contact(account: Account) -> dict:
    return {"email" if "@" in account.identifier else "phone": account.identifier}
