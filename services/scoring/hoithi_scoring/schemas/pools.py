"""Pools of committees and prizes of collectives: what is sent and what is answered."""

from marshmallow import ValidationError, validates_schema

from hoithi_contracts.fields import Choice, Flag, LongText, Many, Name, Part, StrictSchema, Text, Whole
from hoithi_scoring.domain.units import TREES
from hoithi_scoring.schemas.judging import WinnerCheck, WinnerVerdict

BY_ROUND = "Of this round; none: over all rounds."


class PrizeCount(StrictSchema):
    name = Text(required=True, most=60, metadata={"description": "first, second, third, consolation, or a name of your own."})
    count = Whole(required=True, least=1, most=1000)


def prizes() -> Many:
    return Many(Part(PrizeCount), least=1, most=20, required=True, metadata={"description": "Best first."})


class PoolRights(StrictSchema):
    officers = Flag(required=True, metadata={"description": "Whether officers run pools of their units and those below."})


class PoolBody(StrictSchema):
    unit_id = Name(required=True, metadata={"description": "Of either tree; its people and those of all units below take part."})
    title = Text(required=True, least=3, most=120)
    sponsor = Text(load_default="", least=0, most=200)
    notice = LongText(load_default="", least=0, most=2000, metadata={"description": "Plain text for everybody."})
    prizes = prizes()
    divisions = Many(Name(), most=20, load_default=list, metadata={"description": "None named: all of the contest."})
    rounds = Many(Name(), most=100, load_default=list)
    season = Flag(load_default=False, metadata={"description": "Prizes over all rounds."})
    also_main = Flag(load_default=True, metadata={"description": "Whoever wins a prize of the contest may win here too."})

    @validates_schema
    def for_something(self, data, **kwargs):
        if not data["rounds"] and not data["season"]:
            raise ValidationError("too-few:1", "rounds")


class Withdrawal(StrictSchema):
    reason = Text(required=True, least=3, most=500)


class PoolsQuery(StrictSchema):
    unit_id = Name(load_default=None, metadata={"description": "Only pools that people of this unit take part in."})


class RoundQuery(StrictSchema):
    round_id = Name(load_default=None, metadata={"description": BY_ROUND})


class PoolVerdict(WinnerVerdict):
    round_id = Name(load_default=None, allow_none=True, metadata={"description": BY_ROUND})


class Pool(StrictSchema):
    pool_id = Name(required=True)
    unit_id = Name(required=True)
    unit = Text(required=True, allow_none=True)
    tree = Choice(*TREES, required=True, allow_none=True)
    title = Text(required=True)
    sponsor = Text(required=True, least=0)
    notice = LongText(required=True, least=0)
    prizes = Many(Part(PrizeCount), required=True)
    divisions = Many(Name(), required=True)
    rounds = Many(Name(), required=True)
    season = Flag(required=True)
    also_main = Flag(required=True)
    revision = Whole(required=True)
    fixed = Flag(required=True, metadata={"description": "A round it is for has opened: nothing changes any more."})
    may_run = Flag(required=True, metadata={"description": "Whether the caller may change it and verify its winners."})


class Pools(StrictSchema):
    contest_id = Name(required=True)
    officers = Flag(required=True)
    divisions = Many(Name(), required=True, metadata={"description": "Of the contest."})
    pools = Many(Part(Pool), most=10_000, required=True)


class OwnPool(Pool):
    prize = Text(required=True, allow_none=True, metadata={"description": "What the caller wins in the round asked for."})


class OwnPools(StrictSchema):
    contest_id = Name(required=True)
    pools = Many(Part(OwnPool), required=True)


class PoolWinner(StrictSchema):
    person = Text(required=True, metadata={"description": "Pseudonym within the contest."})
    name = Text(required=True, allow_none=True)
    phone = Text(required=True, allow_none=True, metadata={"description": "Masked but for the last three digits."})
    division = Name(required=True)
    division_place = Whole(required=True, metadata={"description": "Among everybody of the division."})
    place = Whole(required=True, metadata={"description": "Among those of the pool's unit."})
    unit_id = Name(required=True)
    unit = Text(required=True, allow_none=True)
    points = Whole(required=True)
    duration_ms = Whole(required=True)
    prize = Text(required=True, allow_none=True)


class PoolWinners(StrictSchema):
    contest_id = Name(required=True)
    pool_id = Name(required=True)
    title = Text(required=True)
    round_id = Name(required=True, allow_none=True)
    state = Choice("provisional", "official", required=True, metadata={"description": "official: announced."})
    winners = Many(Part(PoolWinner), most=100_000, required=True)


class PoolCandidate(PoolWinner):
    check = Part(WinnerCheck, required=True, allow_none=True)


class PoolCandidates(PoolWinners):
    unverified = Whole(required=True)
    total = Whole(required=True)
    winners = Many(Part(PoolCandidate), most=100_000, required=True)
    refused = Many(Part(PoolCandidate), most=100_000, required=True)
    reserves = Many(Part(PoolCandidate), required=True, metadata={"description": "Who would move up, by division."})


# Collectives


class Block(StrictSchema):
    title = Text(required=True, least=2, most=120)
    tree = Choice(*TREES, required=True)
    kinds = Many(Name(), least=1, most=20, required=True, metadata={"description": "Kinds of units that compete here."})
    least_roster = Whole(load_default=None, allow_none=True, least=1)
    most_roster = Whole(load_default=None, allow_none=True, least=1)
    prizes = prizes()


class CollectivePrizes(StrictSchema):
    rounds = Many(Name(), most=100, required=True)
    season = Flag(load_default=False, metadata={"description": "Prizes over all rounds."})
    blocks = Many(Part(Block), most=40, required=True)

    @validates_schema
    def whole(self, data, **kwargs):
        titles = [block["title"] for block in data["blocks"]]
        if len(set(titles)) < len(titles):
            raise ValidationError("not-valid", "blocks")
        if data["blocks"] and not data["rounds"] and not data["season"]:
            raise ValidationError("too-few:1", "rounds")


class ChosenCollectivePrizes(CollectivePrizes):
    season = Flag(required=True)
    revision = Whole(required=True)


class UnitWinner(StrictSchema):
    block = Text(required=True, least=0)
    prize = Text(required=True, allow_none=True)
    place = Whole(required=True, allow_none=True)
    unit_id = Name(required=True)
    unit = Text(required=True, least=0)
    kind = Name(required=True)
    tree = Choice(*TREES, required=True)
    participants = Whole(required=True, allow_none=True, metadata={"description": "null: a small group, hidden."})
    roster = Whole(required=True, allow_none=True)
    rate_percent = Text(required=True, allow_none=True)
    mean_points = Text(required=True, allow_none=True)
    perfect = Whole(required=True, allow_none=True)
    check = Part(WinnerCheck, required=True, allow_none=True)


class UnitPrizes(StrictSchema):
    """`refused`, `reserves`, `unverified`: for organisers and operators only."""

    contest_id = Name(required=True)
    round_id = Name(required=True, allow_none=True, metadata={"description": "null: over all rounds."})
    state = Choice("provisional", "official", required=True)
    blocks = Many(Text(), required=True)
    winners = Many(Part(UnitWinner), most=10_000, required=True)
    refused = Many(Part(UnitWinner), most=10_000)
    reserves = Many(Part(UnitWinner), most=10_000)
    unverified = Whole()
