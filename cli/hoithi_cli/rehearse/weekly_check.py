"""The end of a week: are the results complete, and is every receipt in them?"""

import csv
import hashlib
import io
import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass

from hoithi_cli.front_door import FrontDoor, Person
from hoithi_cli.rehearse.journal import Sitting
from hoithi_cli.trouble import CheckFailed, Refused

POLL_S = 0.3
WRONG_STATE = (409,)


@dataclass(frozen=True)
class Check:
    """One thing that must be true."""

    name: str
    ok: bool
    found: str

    def document(self) -> dict:
        return asdict(self)


def wait_for_results(door: FrontDoor, round_id: str, timeout_s: float, say: Callable[[str], None]) -> dict:
    """The round at scoring, once provisional; raises CheckFailed with what is known when it takes too long."""
    deadline = time.monotonic() + timeout_s
    round_ = {}
    while time.monotonic() < deadline:
        round_ = _round(door, round_id)
        if round_.get("state") in ("provisional", "official"):
            return round_
        time.sleep(POLL_S)
    raise CheckFailed(
        f"{round_id}: no provisional results after {timeout_s:.0f} s; scoring says {round_ or 'nothing'}. "
        "Look at `hoithi status` and `hoithi dead-letters list`."
    )


def make_official(organiser: Person, second: Person | None, round_id: str, note: str, timeout_s: float = 30.0) -> dict:
    """Official results; waits while scoring is still building. The `second` person confirms, where the platform wants that."""
    answer = _proposed(organiser, round_id, note, timeout_s)
    if "proposal_id" not in answer:
        return answer
    if second is None:
        raise CheckFailed(f"{round_id}: a second organiser has to confirm, and the platform's file names no operator account")
    second.call("POST", "scoring", f"/rounds/{round_id}/proposals/{answer['proposal_id']}/confirmation")
    return organiser.call("GET", "scoring", f"/rounds/{round_id}")


def _proposed(organiser: Person, round_id: str, note: str, timeout_s: float) -> dict:
    deadline = time.monotonic() + timeout_s
    while True:
        try:
            return organiser.call("POST", "scoring", f"/rounds/{round_id}/official", json={"note": note}, idempotent=True)
        except Refused as refused:
            if refused.status not in WRONG_STATE or time.monotonic() > deadline:
                raise
            time.sleep(POLL_S)


def exported_attempts(door: FrontDoor, round_id: str) -> list[dict]:
    """The rows of attempts.csv."""
    text = door.send("GET", "scoring", f"/rounds/{round_id}/attempts.csv").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def checks(sittings: list[Sitting], counted: int, rows: list[dict]) -> list[Check]:
    """Receipts = attempts counted = rows; the scores are those the question file gives."""
    receipts = {each.receipt for each in sittings if each.receipt}
    return [
        Check(
            "every attempt has a receipt", len(receipts) == len(sittings), f"{len(receipts)} receipts of {len(sittings)} attempts"
        ),
        Check("attempts counted", counted == len(sittings), f"scoring counts {counted}, people made {len(sittings)}"),
        Check("rows in attempts.csv", len(rows) == len(sittings), f"{len(rows)} rows, people made {len(sittings)}"),
        _digests(sittings),
        _scores(sittings, rows),
        _server_submissions(sittings, rows),
    ]


def _digests(sittings: list[Sitting]) -> Check:
    """A receipt covers exactly the answers that were given."""
    wrong = [each.attempt_id for each in sittings if each.receipt and each.answers_digest != digest(each.answers)]
    return Check("digests of the answers", not wrong, f"{len(wrong)} differ" + (f": {wrong[:3]}" if wrong else ""))


def digest(answers: dict[str, str]) -> str:
    """SHA-256 of the canonical JSON of answers, as docs of exam define it."""
    text = json.dumps(answers, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _scores(sittings: list[Sitting], rows: list[dict]) -> Check:
    """Compared as a whole: the export names nobody."""
    unknown = sum(each.expected_right is None for each in sittings)
    expected = Counter(each.expected_right for each in sittings if each.expected_right is not None)
    found = Counter(int(row["right"]) for row in rows)
    missing = (expected - found).total()
    return Check("right answers as in the question file", missing == 0, f"{missing} differ, {unknown} could not be foretold")


def _server_submissions(sittings: list[Sitting], rows: list[dict]) -> Check:
    expected, found = (sum(by == "server" for by in each) for each in ((s.by for s in sittings), (row["by"] for row in rows)))
    return Check("papers the server submitted", expected == found, f"{found} in attempts.csv, {expected} by their receipts")


def _round(door: FrontDoor, round_id: str) -> dict:
    try:
        return door.call("GET", "scoring", f"/rounds/{round_id}") or {}
    except Refused as refused:
        if refused.status == 404:
            return {}
        raise
