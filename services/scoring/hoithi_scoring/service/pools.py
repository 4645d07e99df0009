"""The doors of prizes beside the contest's own: pools of committees, prizes of collectives."""

from hoithi_bus.http import Doors as HttpDoors
from hoithi_bus.http import Problem, Reply, door
from hoithi_bus.provide import Provided
from hoithi_scoring.domain import refusals
from hoithi_scoring.handlers import pooling, prize_lists, reporting, settings
from hoithi_scoring.schemas import FileQuery
from hoithi_scoring.schemas import pools as schemas
from hoithi_scoring.schemas.judging import WinnerCheck, WinnerVerdict
from hoithi_scoring.service.files import CSV, csv_file
from hoithi_scoring.service.opening import open_pseudonyms
from hoithi_scoring.storage import open_storage

STAFF = ("organiser", "officer")
NOT_KEPT = {"Cache-Control": "private, no-store"}

POOL_PROBLEMS = {
    refusals.PoolUnknown: Problem(404, "pool-unknown", "Cuộc thi không có quỹ giải này.", "The contest has no such pool."),
    refusals.PoolMisnamed: Problem(
        422, "pool-misnamed",
        "Mã quỹ giải chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối, nhiều nhất 60 ký tự.",
        "The id of a pool is made of small letters, digits and hyphens, at most 60.",
    ),
    refusals.PrizesBegun: Problem(
        409, "prizes-begun",
        "{round} đã mở nên cơ cấu giải không thay đổi được nữa; người dự thi đã biết mình thi vì giải nào.",
        "{round} has opened, so its prizes are fixed: people know what they play for.",
    ),
    refusals.NotYourPool: Problem(
        403, "not-your-pool",
        "Chỉ Ban Tổ chức, hoặc cán bộ đầu mối của đơn vị nếu Ban Tổ chức cho phép, được quản lý quỹ giải này.",
        "Only organisers, or the unit's officer where they allow it, run this pool.",
    ),
    refusals.DivisionUnknown: Problem(
        422, "division-unknown",
        "Cuộc thi không có bảng dự thi “{division}”.", "The contest has no division “{division}”.",
    ),
}  # fmt: skip


class PoolDoors(HttpDoors):
    storage = Provided(open_storage)
    pseudonyms = Provided(open_pseudonyms)

    @door(
        "GET",
        "/contests/<contest_id>/pools",
        who="anyone",
        query=schemas.PoolsQuery,
        answer=schemas.Pools,
        summary="Prize pools of committees and units",
    )
    def pools(self, call, contest_id):
        return pooling.list_pools(self.storage, call.claims, contest_id, call.query["unit_id"], call.now)

    @door(
        "GET",
        "/contests/<contest_id>/pool-rights",
        who="person",
        answer=schemas.PoolRights,
        summary="Whether officers run pools of their units",
    )
    def pool_rights(self, call, contest_id):
        return {"officers": settings.officers_run_pools(self.storage, contest_id)}

    @door(
        "PUT",
        "/contests/<contest_id>/pool-rights",
        who=("organiser",),
        body=schemas.PoolRights,
        answer=schemas.PoolRights,
        summary="Choose whether officers run pools of their units",
    )
    def choose_pool_rights(self, call, contest_id):
        return reporting.choose(self.storage, call.claims, contest_id, "pool_rights", call.body, call.now)

    @door(
        "PUT",
        "/contests/<contest_id>/pools/<pool_id>",
        who=STAFF,
        body=schemas.PoolBody,
        answer=schemas.Pool,
        summary="Define or change a pool, before the first round it is for opens",
    )
    def define_pool(self, call, contest_id, pool_id):
        return pooling.define(self.storage, call.claims, contest_id, pool_id, call.body, call.now)

    @door(
        "POST",
        "/contests/<contest_id>/pools/<pool_id>/withdrawal",
        who=STAFF,
        body=schemas.Withdrawal,
        status=204,
        summary="Withdraw a pool, before the first round it is for opens",
    )
    def withdraw_pool(self, call, contest_id, pool_id):
        pooling.withdraw(self.storage, call.claims, contest_id, pool_id, call.body["reason"], call.now)

    @door(
        "GET",
        "/contests/<contest_id>/pools/<pool_id>/winners",
        who="anyone",
        query=schemas.RoundQuery,
        answer=schemas.PoolWinners,
        summary="Who wins in a pool",
    )
    def pool_winners(self, call, contest_id, pool_id):
        return prize_lists.pool_winners(self.storage, contest_id, pool_id, call.query["round_id"])

    @door(
        "GET",
        "/contests/<contest_id>/pools/<pool_id>/candidates",
        who=STAFF,
        query=schemas.RoundQuery,
        answer=schemas.PoolCandidates,
        summary="Winners of a pool with what was found about them, those refused, those who would move up",
    )
    def pool_candidates(self, call, contest_id, pool_id):
        return pooling.candidates(self.storage, call.claims, contest_id, pool_id, call.query["round_id"])

    @door(
        "POST",
        "/contests/<contest_id>/pools/<pool_id>/candidates/<person>/check",
        who=STAFF,
        body=schemas.PoolVerdict,
        answer=WinnerCheck,
        summary="Verify a winner of a pool, or refuse the prize with a reason: the next moves up",
    )
    def check_pool_winner(self, call, contest_id, pool_id, person):
        return pooling.check(self.storage, call.claims, contest_id, pool_id, person, **call.body, now=call.now)

    @door(
        "GET",
        "/contests/<contest_id>/mine/pools",
        who="person",
        query=schemas.RoundQuery,
        answer=schemas.OwnPools,
        summary="The pools the caller takes part in, and what was won there in a round",
    )
    def own_pools(self, call, contest_id):
        found = pooling.mine(self.storage, self.pseudonyms, call.claims, contest_id, call.query["round_id"], call.now)
        return Reply.json(found, headers=NOT_KEPT)

    # Collectives

    @door(
        "GET",
        "/contests/<contest_id>/collective-prizes",
        who="anyone",
        answer=schemas.ChosenCollectivePrizes,
        summary="What units can win, by block",
    )
    def collective_prizes(self, call, contest_id):
        return settings.chosen_collective_prizes(self.storage, contest_id)

    @door(
        "PUT",
        "/contests/<contest_id>/collective-prizes",
        who=("organiser",),
        body=schemas.CollectivePrizes,
        answer=schemas.ChosenCollectivePrizes,
        summary="Choose what units can win, before the first of these rounds opens",
    )
    def choose_collective_prizes(self, call, contest_id):
        return settings.choose_collective_prizes(self.storage, call.claims, contest_id, **call.body, now=call.now)

    @door(
        "GET",
        "/rounds/<round_id>/unit-prizes",
        who="anyone",
        answer=schemas.UnitPrizes,
        summary="Units that win something; for organisers also those excluded and those who would move up",
    )
    def unit_prizes(self, call, round_id):
        return prize_lists.unit_prizes(self.storage, call.claims, round_id)

    @door(
        "POST",
        "/rounds/<round_id>/unit-prizes/<unit_id>/check",
        who=("organiser",),
        body=WinnerVerdict,
        answer=WinnerCheck,
        summary="Verify a unit that wins something, or exclude it with a reason: the next moves up",
    )
    def check_unit(self, call, round_id, unit_id):
        return prize_lists.check_unit(self.storage, call.claims, round_id, unit_id, **call.body, now=call.now)

    @door(
        "GET",
        "/rounds/<round_id>/prizes.csv",
        who="anyone",
        query=FileQuery,
        produces=CSV,
        summary="Everything that is won in a round: prizes of the contest, of pools, of units",
    )
    def prizes_csv(self, call, round_id):
        return csv_file(f"{round_id}-prizes", prize_lists.prizes_csv(self.storage, round_id, call.query["bom"]))
