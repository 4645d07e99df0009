"""What organisers ask of exam while they set a contest up and run it: beside the doors that everybody knows."""

from hoithi_bus.http import Doors as HttpDoors
from hoithi_bus.http import door
from hoithi_exam.handlers import amending, banks, rounds
from hoithi_exam.schemas import answers, desk, requests
from hoithi_exam.schemas.described import described_rules

ORGANISER = ("organiser",)
WATCHERS = ("organiser", "operator")


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

    def _require_organiser(self, call, round_id):
        call.claims.require("organiser", "contest", self.storage.rounds.remembered(round_id).contest_id)
