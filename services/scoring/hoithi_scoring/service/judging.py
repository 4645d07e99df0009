"""The doors of flags and winners: what looks wrong, and who is honoured, decided by a person."""

from hoithi_bus.http import Doors as HttpDoors
from hoithi_bus.http import Problem, door
from hoithi_bus.provide import Provided
from hoithi_scoring import metrics
from hoithi_scoring.domain import refusals
from hoithi_scoring.handlers import flagging, winning
from hoithi_scoring.schemas import judging as schemas
from hoithi_scoring.storage import open_storage

ORGANISER = ("organiser",)

JUDGING_PROBLEMS = {
    refusals.FlagUnknown: Problem(404, "flag-unknown", "Vòng thi không có dấu hiệu này.", "The round has no such flag."),
    refusals.FlagDecided: Problem(
        409, "flag-decided",
        "Dấu hiệu này đã được kết luận trước đó ({outcome}) nên không kết luận lại được.",
        "This flag was decided before ({outcome}) and cannot be decided again.",
    ),
    refusals.OwnFlag: Problem(
        403, "own-flag",
        "Bạn không thể kết luận về lượt thi của chính mình. Hãy nhờ thành viên khác của Ban Tổ chức.",
        "You cannot decide about an attempt of your own. Ask another organiser.",
    ),
    refusals.NoCandidate: Problem(
        404, "no-candidate",
        "Người này không có trong danh sách dự kiến đạt giải.", "This person is not among those who would win something.",
    ),
    refusals.OwnPrize: Problem(
        403, "own-prize",
        "Bạn không thể xác minh giải của chính mình. Hãy nhờ thành viên khác của Ban Tổ chức.",
        "You cannot verify a prize of your own. Ask another organiser.",
    ),
    refusals.WinnersUnverified: Problem(
        409, "winners-unverified",
        "Còn {count} người dự kiến đạt giải chưa được xác minh; thể lệ yêu cầu xác minh trước khi công bố chính thức.",
        "{count} winners are not verified; the rules want that before results become official.",
    ),
}  # fmt: skip


class JudgingDoors(HttpDoors):
    storage = Provided(open_storage)

    @door(
        "GET",
        "/rounds/<round_id>/flags",
        who=ORGANISER,
        query=schemas.FlagsQuery,
        answer=schemas.Flags,
        summary="What looks wrong about a closed round, with the figures that say why",
    )
    def flags(self, call, round_id):
        return flagging.page(self.storage, call.claims, round_id, **call.query)

    @door(
        "POST",
        "/rounds/<round_id>/flags/<flag_id>/decision",
        who=ORGANISER,
        body=schemas.FlagVerdict,
        answer=schemas.Flag,
        summary="Dismiss a flag, or declare its attempts invalid",
    )
    def decide_flag(self, call, round_id, flag_id):
        """Invalid attempts leave the ranking, which is built anew. Decided once, for good."""
        decided = flagging.decide(self.storage, call.claims, round_id, flag_id, **call.body, now=call.now)
        metrics.FLAGS_DECIDED.labels(call.body["outcome"]).inc()
        return decided

    @door(
        "GET",
        "/rounds/<round_id>/winners",
        who=ORGANISER,
        answer=schemas.Winners,
        summary="Who would win something, what was found about them, who would move up",
    )
    def winners(self, call, round_id):
        return winning.of_round(self.storage, call.claims, round_id)

    @door(
        "POST",
        "/rounds/<round_id>/winners/<person>/check",
        who=ORGANISER,
        body=schemas.WinnerVerdict,
        answer=schemas.WinnerCheck,
        summary="Verify a winner, or refuse the prize with a reason: the next moves up",
    )
    def check_winner(self, call, round_id, person):
        """Places stay as they are, and so does results.json."""
        return winning.verify_in_round(self.storage, call.claims, round_id, person, **call.body, now=call.now)

    @door(
        "GET",
        "/contests/<contest_id>/season/winners",
        who=ORGANISER,
        answer=schemas.Winners,
        summary="The same over all rounds",
    )
    def season_winners(self, call, contest_id):
        """Awarded by themselves when every round is official and, if the rules want it, every winner verified."""
        return winning.of_season(self.storage, call.claims, contest_id)

    @door(
        "POST",
        "/contests/<contest_id>/season/winners/<person>/check",
        who=ORGANISER,
        body=schemas.WinnerVerdict,
        answer=schemas.WinnerCheck,
        summary="Verify or refuse a winner of the season",
    )
    def check_season_winner(self, call, contest_id, person):
        return winning.verify_in_season(self.storage, call.claims, contest_id, person, **call.body, now=call.now)
