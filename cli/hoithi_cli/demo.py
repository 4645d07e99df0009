"""The demonstration: every step looks first and changes only what is missing."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from hoithi_cli import content, setting_up, tables
from hoithi_cli.front_door import Person
from hoithi_cli.running import Run
from hoithi_cli.trouble import Refused

CONTEST_ID = "cong-dan-so-trinh-dien"
TITLE = "Xây dựng công dân số – bản trình diễn"
UNIT_ID = "x00691-2025"
WEEKS = 4
PEOPLE = {
    "organiser": {"name": "Nguyễn Thị Ban Tổ Chức", "birth_date": "1980-05-19", "division": "officials"},
    "reviewer": {"name": "Phàn Văn Thẩm Định", "birth_date": "1978-03-08", "division": "officials"},
    "officer": {"name": "Hoàng Văn Đôn Đốc", "birth_date": "1985-09-02", "division": "officials"},
    "participant": {"name": "Vàng Thị Mai", "birth_date": "1995-10-10", "division": "citizens"},
}
ROLES = {
    "organiser": ("organiser", "contest", "*"),
    "reviewer": ("organiser", "contest", "*"),
    "officer": ("officer", "unit", UNIT_ID),
}


def load(run: Run, folder: Path | None = None) -> dict:
    """Load what is missing; gives what was done. A file that is absent is skipped and named."""
    where = content.folder(folder, run.platform.home)
    files = [where / name for name in content.UNIT_FILES]
    present = [file for file in files if file.is_file()]
    skipped = [str(file) for file in (*files, where / content.BANK_FILE) if not file.is_file()]
    for file in skipped:
        run.say(f"skipped: {file} does not exist")
    done = {"units": _units(run, present), "accounts": _accounts(run), "bank": _bank(run, where), "skipped": skipped}
    done["contest"] = _contest(run, present) if done["bank"] else None
    return done


def _units(run: Run, files: list[Path]) -> dict:
    done = setting_up.import_units(run.person("operator"), files)
    run.show(f"units: {done['units']} in {done['files']} files, {done['changed']} new or changed")
    return done


def _accounts(run: Run) -> dict:
    """role -> made now (true) or there already (false)."""
    made = {}
    for role in PEOPLE:
        if role == "reviewer" and role not in run.platform.accounts:
            continue  # a platform.json of before there was one
        made[role] = _account(run, role)
    return made


def _account(run: Run, role: str) -> bool:
    account = run.platform.account(role)
    about = {**PEOPLE[role], "unit_id": UNIT_ID, "language": "vi"}
    person, made = setting_up.signed_in_or_joined(run.door, account, about)
    if role in ROLES:
        _give_role(run, person, role)
    run.show(f"{role}: {account.identifier} {'joined' if made else 'is there'}")
    return made


def second_person(run: Run) -> Person:
    """Who approves what the organiser imported: the reviewer, made when missing; without such an account the operator."""
    if "reviewer" not in run.platform.accounts:
        return run.person("operator")
    _account(run, "reviewer")
    return run.person("reviewer")


def _give_role(run: Run, person: Person, role: str):
    """Only when it is missing; the person signs in again, for a token that carries it."""
    if ":".join(ROLES[role]) in person.user.get("roles", ()):
        return
    setting_up.grant(run.person("operator"), person.account, *ROLES[role])
    run.person(role).sign_in()


def _bank(run: Run, where: Path) -> dict | None:
    if not (where / content.BANK_FILE).is_file():
        return None
    bank = setting_up.ensure_bank(run.person("organiser"), where)
    approved = setting_up.ensure_approved(bank, lambda: second_person(run))
    run.show(f"bank: {bank['bank_id']} version {bank.get('version')}{', approved by a second person' if approved else ''}")
    return bank


def _contest(run: Run, files: list[Path]) -> dict:
    """Drafted, its roster frozen, published: each once."""
    organiser = run.person("organiser")
    contest = _found(organiser) or organiser.call("POST", "exam", "/contests", json=contest_body(datetime.now(UTC)))
    if contest["state"] == "draft":
        _freeze_roster(organiser, files)
        contest = organiser.call("POST", "exam", f"/contests/{CONTEST_ID}/publish", idempotent=True) or _found(organiser)
    run.show(f"contest: {CONTEST_ID} is {contest['state']}")
    return contest


def contest_body(now: datetime) -> dict:
    """Four weeks of seven days from now on, with the neutral rules and the demonstration bank."""
    begins = now.replace(microsecond=0)
    return {
        "contest_id": CONTEST_ID,
        "title": TITLE,
        "template": "neutral",
        "banks": dict.fromkeys(("officials", "citizens", "pupils"), content.BANK_ID),
        "rounds": [_round(number, begins + timedelta(weeks=number - 1)) for number in range(1, WEEKS + 1)],
    }


def _round(number: int, opens_at: datetime) -> dict:
    closes_at = opens_at + timedelta(days=7) - timedelta(minutes=5)
    return {"title": f"Tuần {number}", "opens_at": opens_at.isoformat(), "closes_at": closes_at.isoformat()}


def _freeze_roster(organiser: Person, files: list[Path]):
    """The headcounts of the present units (the newest file)."""
    rows = [{"unit_id": unit, "headcount": count} for unit, count in tables.headcounts_of(files[-1]).items()]
    path = f"/rosters/{CONTEST_ID}"
    if organiser_sees_frozen(organiser, path):
        return
    organiser.call("PUT", "registration", path, json={"rows": rows})
    organiser.call("POST", "registration", f"{path}/freeze", idempotent=True)


def organiser_sees_frozen(organiser: Person, path: str) -> bool:
    """Whether the roster is official already; a frozen one cannot change."""
    try:
        return organiser.call("GET", "registration", path).get("state") == "frozen"
    except Refused as refused:
        if refused.status == 404:
            return False
        raise


def _found(organiser: Person) -> dict | None:
    try:
        return organiser.call("GET", "exam", f"/contests/{CONTEST_ID}")
    except Refused as refused:
        if refused.status == 404:
            return None
        raise
