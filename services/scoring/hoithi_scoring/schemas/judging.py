"""Flags and winners: what is sent and what is answered."""

from marshmallow import ValidationError, validates_schema
from marshmallow.fields import Dict

from hoithi_contracts.fields import Choice, Instant, LongText, Many, Name, Part, StrictSchema, Text, Whole
from hoithi_contracts.fields import Flag as TrueOrFalse
from hoithi_scoring.domain import flags, winners

ATTEMPT = r"[A-Za-z0-9][A-Za-z0-9._:/~-]{0,299}"
CURSOR = r"(open [0-9]{1,9}|decided [A-Za-z0-9._:/~|-]{1,250})?"
FACTS = "By kind: questions, right, duration_ms; people, submitted_ms; papers, perfect."


class FlagsQuery(StrictSchema):
    state = Choice("open", "decided", load_default=None)
    kind = Choice(*flags.KINDS, load_default=None)
    after = Name(pattern=CURSOR, load_default="", metadata={"description": "`next` of the page before."})
    limit = Whole(load_default=50, least=1, most=200)


class FlagVerdict(StrictSchema):
    outcome = Choice(*flags.OUTCOMES, required=True)
    reason = Text(required=True, least=3, most=500)
    attempt_ids = Many(
        Name(pattern=ATTEMPT), most=flags.MOST_ATTEMPTS, load_default=list,
        metadata={"description": "Which of the flag's attempts are invalid; none named: all of them."},
    )  # fmt: skip


class Suspect(StrictSchema):
    person = Text(required=True, metadata={"description": "Pseudonym within the contest."})
    name = Text(required=True, allow_none=True)
    phone = Text(required=True, allow_none=True, metadata={"description": "Masked but for the last three digits."})


class FlagDecision(StrictSchema):
    outcome = Choice(*flags.OUTCOMES, required=True)
    reason = Text(required=True, least=0)
    by = Text(required=True)
    at = Instant(required=True)
    attempts = Many(Text(), required=True, metadata={"description": "Those declared invalid."})


class Flag(StrictSchema):
    flag_id = Name(required=True)
    kind = Choice(*flags.KINDS, required=True)
    unit_id = Name(required=True)
    unit = Text(required=True, allow_none=True)
    facts = Dict(keys=Text(), values=Whole(most=2**53), required=True, metadata={"description": FACTS})
    attempts = Many(Text(), required=True, metadata={"description": f"At most {flags.MOST_ATTEMPTS}."})
    people = Many(Part(Suspect), required=True)
    decision = Part(FlagDecision, required=True, allow_none=True)


class Flags(StrictSchema):
    round_id = Name(required=True)
    made_at = Instant(required=True)
    up_to_date = TrueOrFalse(required=True, metadata={"description": "false: being looked for in the newest table."})
    open = Whole(required=True)
    decided = Whole(required=True)
    total = Whole(required=True, metadata={"description": "How many are asked for."})
    flags = Many(Part(Flag), required=True)
    next = Text(required=True, allow_none=True)


class WinnerVerdict(StrictSchema):
    outcome = Choice(*winners.OUTCOMES, required=True)
    reason = LongText(load_default="", least=0, most=500, metadata={"description": "Needed when the prize is refused."})

    @validates_schema
    def refused_for_a_reason(self, data, **kwargs):
        if data["outcome"] == "refused" and len(data["reason"]) < 3:
            raise ValidationError("too-short:3", "reason")


class WinnerCheck(StrictSchema):
    person = Text(required=True)
    state = Choice(*winners.OUTCOMES, required=True)
    reason = LongText(required=True, least=0)
    by = Text(required=True)
    at = Instant(required=True)


class Candidate(StrictSchema):
    person = Text(required=True, metadata={"description": "Pseudonym within the contest."})
    name = Text(required=True, allow_none=True)
    phone = Text(required=True, allow_none=True, metadata={"description": "Masked but for the last three digits."})
    division = Name(required=True)
    division_place = Whole(required=True)
    unit_id = Name(required=True)
    unit = Text(required=True, allow_none=True)
    points = Whole(required=True)
    duration_ms = Whole(required=True)
    submitted_at = Instant(required=True)
    attempts = Whole(required=True)
    prediction_error = Whole(required=True, allow_none=True)
    prize = Text(required=True, allow_none=True)
    role = Choice("winner", "refused", "reserve", required=True)
    check = Part(WinnerCheck, required=True, allow_none=True)


class Winners(StrictSchema):
    scope = Choice("round", "season", required=True)
    contest_id = Name(required=True)
    round_id = Name(required=True, allow_none=True)
    state = Choice("provisional", "official", required=True, metadata={"description": "official: announced."})
    must_be_verified = TrueOrFalse(required=True, metadata={"description": "The rules want it before results are official."})
    unverified = Whole(required=True)
    total = Whole(required=True)
    winners = Many(Part(Candidate), required=True)
    refused = Many(Part(Candidate), required=True)
    reserves = Many(Part(Candidate), required=True, metadata={"description": "Who would move up, by division."})
