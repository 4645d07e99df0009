"""What the desk is told of banks: schemas for the OpenAPI document and the functions that make the bodies."""

from marshmallow.fields import Dict, Raw

from hoithi_contracts import fields
from hoithi_exam.domain.bank.difference import Change, counts
from hoithi_exam.domain.speech import Script
from hoithi_exam.domain.uploads import DONE, STEPS, Upload
from hoithi_exam.domain.versions import BankVersion
from hoithi_exam.schemas.answers import bank_version, language


class UploadAnswer(fields.StrictSchema):
    """A file on its way. `done` of `total` steps; `outcome` once the state is done: format, questions, topics, findings
    with their places and the two questions of a double (`pair`), a preview, and when it was kept the version.
    """

    upload_id = fields.Name()
    bank_id = fields.Name()
    name = fields.Text()
    at = fields.Instant()
    state = fields.Choice("waiting", DONE)
    step = fields.Choice(*STEPS)
    keep = fields.Flag()
    done = fields.Whole()
    total = fields.Whole()
    outcome = Dict(allow_none=True)


class Overview(fields.StrictSchema):
    """A version: what it covers by topic and level, and in which languages."""

    topics = fields.Many(Raw())
    languages = fields.Many(Raw())


class DifferencesAnswer(fields.StrictSchema):
    """Questions before and after. `against`: the version compared with; null: there is none, everything is new."""

    against = fields.Whole(allow_none=True)
    counts = Dict()
    renamed = Dict()
    page = fields.Many(Raw())
    next = fields.Whole(allow_none=True)


def upload(found: Upload) -> dict:
    """How far it is, and what was found."""
    total = len(STEPS) if found.keep else len(STEPS) - 1
    done = total if found.state == DONE else STEPS.index(found.step)
    about = ("upload_id", "bank_id", "name", "at", "state", "step", "keep", "outcome")
    return {**{name: getattr(found, name) for name in about}, "done": done, "total": total}


def overview(version: BankVersion, topics: list[dict], scripts: list[Script]) -> dict:
    """A version and what it covers."""
    return {**bank_version(version), "topics": topics, "languages": [language(each, version) for each in scripts]}


def differences(other: BankVersion | None, found: list[Change], renamed: dict, query: dict) -> dict:
    """A page of what is different, and how much there is in all."""
    wanted = [change for change in found if query.get("kind") in (None, change.kind)]
    last = query["after"] + query["limit"]
    return {
        "against": other.version if other else None,
        "counts": counts(found),
        "renamed": {name: {"before": before, "after": after} for name, (before, after) in renamed.items()},
        "page": [_change(change) for change in wanted[query["after"] : last]],
        "next": last if last < len(wanted) else None,
    }


def _change(change: Change) -> dict:
    sides = {"before": change.before and change.before.plain, "after": change.after and change.after.plain}
    return {"id": change.question_id, "kind": change.kind, "fields": change.fields, **sides}
