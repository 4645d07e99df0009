"""The doors of a service's audit log. The log itself is `storage.audit` (hoithi_store.Audit)."""

import csv
import io

from hoithi_bus.http.door import Reply, door
from hoithi_bus.http.doors import Doors
from hoithi_bus.http.problems import Forbidden
from hoithi_contracts.audit import COLUMNS, AuditFile, AuditPage, AuditQuery, cells

WATCHERS = ("organiser", "operator")
OWN = "organiser:contest:"
CSV = "text/csv; charset=utf-8"
BOM = "\ufeff"
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins so for a formula."""


class AuditDoors(Doors):
    """Base of the doors of a service that keeps a log."""

    @door("GET", "/audit", who=WATCHERS, query=AuditQuery, answer=AuditPage, summary="Who did what, when and why")
    def list_audit(self, call):
        """Newest first; `next` is the `before` of the page after this one."""
        limit = call.query["limit"]
        found = self.storage.audit.page(_scopes(call), call.query["before"], limit + 1, call.query)
        following = found[limit - 1].entry_id if len(found) > limit else None
        return {"entries": [vars(entry) for entry in found[:limit]], "next": following}

    @door("GET", "/audit.csv", who=WATCHERS, query=AuditFile, produces=CSV, summary="The whole log for a spreadsheet")
    def audit_csv(self, call):
        headers = {"Content-Disposition": f'attachment; filename="{self.name}-audit.csv"', "Cache-Control": "no-store"}
        return Reply(_lines(self.storage.audit.every(_scopes(call), call.query)), content_type=CSV, headers=headers)


def _scopes(call) -> list[str] | None:
    """The contests and banks whose log may be read: one's own; None: all."""
    claims, asked = call.claims, call.query["contest"]
    everywhere = claims.holds("operator") or claims.holds("organiser", "contest", "*")
    own = [role.removeprefix(OWN) for role in claims.roles if role.startswith(OWN)]
    if asked and not everywhere and asked not in own:
        raise Forbidden()
    return [asked] if asked else None if everywhere else own


def _lines(entries):
    yield _line(COLUMNS, BOM)
    for entry in entries:
        yield _line(cells(entry))


def _line(row, start: str = "") -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow([f"'{cell}" if cell.startswith(RISKY) else cell for cell in row])
    return (start + line.getvalue()).encode()
