"""`hoithi retell`: after a restore, publishers tell again what the others may have missed (docs/how-to/backup-and-restore.md)."""

from hoithi_cli.front_door import Person
from hoithi_cli.running import Run


def retell(run: Run):
    """Publish contests, rounds, people, units and rosters again. Listeners are idempotent: doing it twice does no harm.

    For after a restore that left a service older than the others. Attempts are not published: scoring asks for those it lacks.
    """
    operator = run.person("operator")
    told = {"units": _units(operator), "people": _people(operator), "contests": _contests(run, operator)}
    run.table("Told again", ["what", "events#"], told.items())
    return {"events": told}


def _units(operator: Person) -> int:
    return operator.call("POST", "registration", "/retell/units", idempotent=True)["events"]


def _people(operator: Person) -> int:
    events, after = 0, None
    while True:
        params = {"after": after} if after else {}
        page = operator.call("POST", "registration", "/retell/people", params=params, idempotent=True)
        events, after = events + page["events"], page["next"]
        if not after:
            return events


def _contests(run: Run, operator: Person) -> int:
    contests = run.door.call("GET", "exam", "/contests")["contests"]
    paths = [f"/contests/{each['contest_id']}/retell" for each in contests]
    return sum(operator.call("POST", "exam", path, idempotent=True)["events"] for path in paths)
