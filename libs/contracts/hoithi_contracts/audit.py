"""The audit log as a service answers it: every service keeps entries of one shape (hoithi_store.Audit)."""

import json
from datetime import datetime

from marshmallow.fields import Dict

from hoithi_contracts.fields import Instant, LongText, Many, Name, Part, StrictSchema, Text, Whole, wire_instant

PAGE = 50
COLUMNS = ("at", "by", "what", "scope", "subject", "reason", "before", "after")


class AuditFile(StrictSchema):
    """`since` and `until`: instants; `until` itself is not in it."""

    contest = Name(load_default=None, metadata={"description": "Only of this contest or bank."})
    subject = Text(most=200, load_default=None)
    by = Name(load_default=None)
    what = Name(load_default=None)
    since = Instant(load_default=None)
    until = Instant(load_default=None)


class AuditQuery(AuditFile):
    before = Text(most=60, load_default=None)
    limit = Whole(least=1, most=200, load_default=PAGE)


class AuditEntry(StrictSchema):
    """`before` and `after`: only what differs."""

    entry_id = Text()
    at = Instant()
    by = Name()
    what = Name()
    scope = Text(least=0)
    subject = Text()
    reason = LongText(least=0)
    before = Dict()
    after = Dict()


class AuditLog(StrictSchema):
    entries = Many(Part(AuditEntry), required=True)


class AuditPage(AuditLog):
    next = Text(allow_none=True)


def cells(entry) -> list[str]:
    """An entry as a line of a table, by COLUMNS."""
    sides = [json.dumps(side, ensure_ascii=False, default=_told) for side in (entry.before, entry.after)]
    return [wire_instant(entry.at), entry.by, entry.what, entry.scope, entry.subject, entry.reason, *sides]


def _told(value) -> str:
    return wire_instant(value) if isinstance(value, datetime) else str(value)
