"""What organisers ask of exam while they set a contest up and run it: beside the doors that everybody knows."""

import csv
import io

from hoithi_bus.http import Doors as HttpDoors
from hoithi_bus.http import Reply, door
from hoithi_bus.http.problems import Forbidden
from hoithi_exam.handlers import amending, banks, rounds
from hoithi_exam.schemas import answers, desk, requests
from hoithi_exam.schemas.described import described_rules

ORGANISER = ("organiser",)
WATCHERS = ("organiser", "operator")
CSV = "text/csv; charset=utf-8"
BOM = "\ufeff"
RISKY = ("=", "+", "-", "@", "\t")
"""A spreadsheet takes a cell that begins so for a formula."""


class Organising(HttpDoors):
    """The desk's doors."""

    @door("GET", "/rules", who="anyone", answer=desk.DescribedRules, summary="Every setting of a contest: kind, limits, default")
    def describe_rules(self, call):
        """Made from the schema that checks the rules. The desk draws its forms from it."""
        return {"fields": described_rules()}

    @door(
        "GET",
        "/banks/<bank_id>/stock",
        who=ORGANISER,
        query=desk.StockQuery,
        answer=desk.Stock,
        summary="How many questions the newest version has, by topic and level",
    )
    def show_stock(self, call, bank_id):
        """Only those a contest with these rules may draw: at most `options` options, several right ones only when allowed."""
        call.claims.require("organiser", "contest", bank_id)
        return banks.stock(self.storage, bank_id, call.query["options"], call.query["several"])

    @door(
        "POST",
        "/contests/<contest_id>/amend",
        who=ORGANISER,
        body=requests.Amend,
        summary="Change the title or coming rounds of a published contest, with a public notice",
    )
    def amend_contest(self, call, contest_id):
        """Never backwards: a window may open later but not become shorter; a round that has opened stays."""
        call.claims.require("organiser", "contest", contest_id)
        who = {"by": call.claims.user_id, "language": call.language, "now": call.now}
        return answers.contest(amending.amend_contest(self.storage, self.signer.sign, contest_id, call.body, **who))

    @door(
        "POST",
        "/rounds/<round_id>/halt",
        who=ORGANISER,
        body=requests.Halt,
        summary="Bring a round to a halt in an emergency, with a public notice",
    )
    def halt_round(self, call, round_id):
        """Starts, saves and submissions are refused (503, come again) until the round is resumed; no paper runs out meanwhile."""
        self._require_organiser(call, round_id)
        halted = rounds.halt_round(self.storage, self.signer.sign, round_id, call.body, call.now, call.claims.user_id)
        return answers.round_(halted, call.now)

    @door(
        "POST",
        "/rounds/<round_id>/resume",
        who=ORGANISER,
        body=requests.Resume,
        summary="Let a halted round go on, longer by the halt",
    )
    def resume_round(self, call, round_id):
        """Every open paper and the round itself get the time back, but the round does not reach into the next one."""
        self._require_organiser(call, round_id)
        resumed = rounds.resume_round(self.storage, self.signer.sign, round_id, call.body, call.now, call.claims.user_id)
        return answers.round_(resumed, call.now)

    @door(
        "GET",
        "/rounds/<round_id>/live",
        who=WATCHERS,
        answer=desk.LiveAnswer,
        summary="Papers begun, open and submitted, by the minute",
    )
    def show_live(self, call, round_id):
        """As of `at`, some seconds ago. Not for the public: it may show what is to be predicted."""
        round_ = self.storage.rounds.remembered(round_id)
        if not call.claims.holds("operator"):
            call.claims.require("organiser", "contest", round_.contest_id)
        return desk.live(round_, self.storage.live.get(round_id), call.now)

    @door("GET", "/audit", who=WATCHERS, query=desk.AuditQuery, answer=desk.AuditPage, summary="Who did what, when and why")
    def list_audit(self, call):
        """Newest first; `next` is the `before` of the page after this one."""
        limit = call.query["limit"]
        found = self.storage.audit.page(_scopes(call), call.query["before"], limit + 1)
        following = found[limit - 1].entry_id if len(found) > limit else None
        return {"entries": [vars(entry) for entry in found[:limit]], "next": following}

    @door("GET", "/audit.csv", who=WATCHERS, query=desk.AuditFile, produces=CSV, summary="The whole log for a spreadsheet")
    def audit_csv(self, call):
        headers = {"Content-Disposition": 'attachment; filename="exam-audit.csv"'}
        return Reply(_lines(self.storage.audit.every(_scopes(call))), content_type=CSV, headers=headers)

    def _require_organiser(self, call, round_id):
        call.claims.require("organiser", "contest", self.storage.rounds.remembered(round_id).contest_id)


def _scopes(call) -> list[str] | None:
    """The contests and banks whose log may be read: one's own; None: all."""
    claims, asked = call.claims, call.query["contest"]
    everywhere = claims.holds("operator") or claims.holds("organiser", "contest", "*")
    own = [role.removeprefix("organiser:contest:") for role in claims.roles if role.startswith("organiser:contest:")]
    if asked and not everywhere and asked not in own:
        raise Forbidden()
    return [asked] if asked else None if everywhere else own


def _lines(entries):
    yield _line(["at", "by", "what", "scope", "subject", "reason", "before", "after"], BOM)
    for entry in entries:
        yield _line(desk.audit_cells(entry))


def _line(cells: list[str], start: str = "") -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow([f"'{cell}" if cell.startswith(RISKY) else cell for cell in cells])
    return (start + line.getvalue()).encode()
