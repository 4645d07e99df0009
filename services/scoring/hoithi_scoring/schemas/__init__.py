"""HTTP bodies, queries and answers."""

from marshmallow.fields import Dict

from hoithi_contracts.fields import Choice, Decimal, Flag, Instant, LongText, Many, Name, Part, StrictSchema, Text, Whole
from hoithi_scoring.domain.units import TREES
from hoithi_scoring.schemas import complaints

STATES = ("planned", "running", "closed", "provisional", "official")
MOST_ROWS = 500
MOST_ATTEMPTS = 2**31 - 1


def maybe(field, **kwargs):
    return field(allow_none=True, **kwargs)


# What is sent


class Invalidation(StrictSchema):
    attempt_id = Name(required=True, pattern=r"[A-Za-z0-9][A-Za-z0-9._:/~-]{0,299}")
    reason = Text(required=True, least=3, most=500)


class Officially(StrictSchema):
    note = LongText(load_default="", least=0, most=2000)
    despite_complaints = LongText(
        load_default="", least=0, most=2000,
        metadata={"description": "Why open complaints are not waited for; taken only when the day for official results is over."},
    )  # fmt: skip


class ReminderBody(StrictSchema):
    unit_id = Name(required=True)
    note = LongText(load_default=None, allow_none=True, most=500)


class KeyPreviewBody(StrictSchema):
    question_id = Name(required=True)
    right = Name(required=True, pattern=r"a?b?c?d?e?f?g?h?i?j?(?<=.)")


class PageQuery(StrictSchema):
    division = Name(load_default=None)
    after = Whole(load_default=0, metadata={"description": "How many rows to skip: `next` of the page before."})
    limit = Whole(load_default=50, least=1, most=MOST_ROWS)


class ItemsQuery(StrictSchema):
    after = Whole(load_default=0, metadata={"description": "How many questions to skip: `next` of the page before."})
    limit = Whole(load_default=100, least=1, most=MOST_ROWS)


class UnitsQuery(StrictSchema):
    tree = Choice(*TREES, load_default=TREES[0])
    parent_id = Name(load_default=None)


class ParticipationQuery(StrictSchema):
    tree = Choice(*TREES, load_default=TREES[0])
    unit_id = Name(load_default=None)


class FileQuery(StrictSchema):
    bom = Flag(load_default=False, metadata={"description": "Begin with a byte order mark, so that Excel reads UTF-8."})


# What is answered


class Counts(StrictSchema):
    attempts = Whole(required=True)
    participants = Whole(required=True)
    expected = maybe(Whole, required=True, metadata={"description": "What exam counted at the close."})
    unscored = Whole(required=True, least=-(2**31), metadata={"description": "Announced or arrived, not yet scored."})
    perfect = Whole()


class Results(StrictSchema):
    revision = Whole(required=True)
    digest = Text(required=True, metadata={"description": "SHA-256 of results.json."})
    built_at = Instant(required=True)
    official_at = maybe(Instant, required=True)
    valid_attempts = Whole(required=True)
    actual = maybe(Whole, required=True, metadata={"description": "What was to be predicted; percentages in hundredths."})
    divisions = Dict(keys=Name(), values=Whole(), required=True, metadata={"description": "Participants by division."})


class Round(StrictSchema):
    round_id = Name(required=True)
    contest_id = Name(required=True)
    number = Whole(required=True)
    title = Text(required=True, least=0)
    opens_at = maybe(Instant, required=True)
    closes_at = maybe(Instant, required=True)
    state = Choice(*STATES, required=True)
    counts = Part(Counts)
    results = Part(Results)


class Rounds(StrictSchema):
    contest_id = Name(required=True)
    title = Text(required=True)
    rounds = Many(Part(Round), required=True)


class Person(StrictSchema):
    place = Whole(required=True)
    division_place = Whole(required=True)
    person = Text(required=True, metadata={"description": "Pseudonym within the contest."})
    division = Name(required=True)
    unit_id = Name(required=True)
    party_unit_id = maybe(Name, required=True)
    unit = maybe(Text, required=True)
    name = maybe(Text, required=True, metadata={"description": "null: unknown, or erased on request."})
    phone = maybe(Text, required=True, metadata={"description": "Masked but for the last three digits."})
    points = Whole(required=True)
    duration_ms = Whole(required=True)
    submitted_at = Instant(required=True)
    attempts = Whole(required=True)
    prediction_error = maybe(Whole, required=True)


class ResultRow(Person):
    right = Whole(required=True)
    perfect = Flag(required=True)
    number = Whole(required=True, metadata={"description": "The counting attempt."})
    days = Whole(required=True)
    prediction = maybe(Whole, required=True)
    prize = maybe(Text, required=True)


class SeasonRow(Person):
    rounds = Whole(required=True)
    perfect = Whole(required=True, metadata={"description": "Rounds with a perfect counting attempt."})


class ResultsPage(Round):
    rows = Many(Part(ResultRow), required=True)
    total = Whole(required=True)
    next = maybe(Whole, required=True)


class SeasonPage(StrictSchema):
    contest_id = Name(required=True)
    title = Text(required=True)
    rounds = Whole(required=True)
    participants = Whole(required=True)
    built_at = maybe(Instant, required=True)
    rows = Many(Part(SeasonRow), required=True)
    next = maybe(Whole, required=True)


class OwnAttempt(StrictSchema):
    attempt_id = Text(required=True)
    number = Whole(required=True)
    right = maybe(Whole, required=True)
    points = maybe(Whole, required=True, metadata={"description": "null: not scored yet."})
    perfect = maybe(Flag, required=True)
    duration_ms = Whole(required=True)
    started_at = Instant(required=True)
    submitted_at = Instant(required=True)
    by = Choice("person", "server", required=True)
    late = Flag(required=True)
    prediction = maybe(Whole, required=True)


class OwnInvalidation(StrictSchema):
    number = Whole(required=True)
    reason = Text(required=True)
    at = Instant(required=True)


class Mine(StrictSchema):
    round_id = Name(required=True)
    state = Choice(*STATES, required=True)
    person = Text(required=True)
    attempts = Many(Part(OwnAttempt), required=True)
    best = maybe(Whole, required=True)
    result = maybe(lambda **kwargs: Part(ResultRow, **kwargs))
    invalidated = Many(Part(OwnInvalidation))
    complaints = maybe(lambda **kwargs: Part(complaints.Period, **kwargs))


class Kept(StrictSchema):
    """What results show of a person."""

    name = Text(required=True)
    division = Name(required=True)
    unit_id = Name(required=True)
    party_unit_id = Name()
    phone = maybe(Text, metadata={"description": "Nothing but the last three digits is kept."})
    identity = Text(metadata={"description": "A keyed digest of name and birth date; equal ones may be one person's accounts."})
    mailbox = Text(metadata={"description": "The same of the mailbox behind the e-mail address."})


class OwnRound(Mine):
    title = Text(required=True, least=0)
    contest_title = maybe(Text, required=True)


class OwnData(StrictSchema):
    exported_at = Instant(required=True)
    person = maybe(lambda **kwargs: Part(Kept, **kwargs), required=True)
    rounds = Many(Part(OwnRound), required=True)
    complaints = Many(Part(complaints.Complaint), required=True)


class TakingPart(StrictSchema):
    unit_id = Name(required=True)
    name = Text(required=True, least=0)
    kind = Name(required=True)
    parent_id = maybe(Name, required=True)
    participants = maybe(Whole, required=True)
    roster = maybe(Whole, required=True)
    rate_percent = maybe(Text, required=True, metadata={"description": "Two decimals, as text."})
    attempts = maybe(Whole, required=True)
    suppressed = Flag(required=True, metadata={"description": "true: a group under ten people is not shown."})
    below = Flag(metadata={"description": "There are units below it."})


class UnitRow(TakingPart):
    tree = Choice(*TREES, required=True)
    place = maybe(Whole, required=True)
    eligible = maybe(Flag, required=True)
    mean_points = maybe(Text, required=True)
    perfect = maybe(Whole, required=True)
    points = maybe(Decimal, required=True, least=0, most=2**53)
    below = Flag(required=True, metadata={"description": "There are units below it."})


class UnitsPage(StrictSchema):
    round_id = Name(required=True)
    state = Choice(*STATES, required=True)
    revision = Whole(required=True)
    tree = Choice(*TREES, required=True)
    parent_id = maybe(Name, required=True)
    rows = Many(Part(UnitRow), required=True)


class SeasonUnits(StrictSchema):
    contest_id = Name(required=True)
    title = Text(required=True)
    rounds = Whole(required=True, metadata={"description": "Published ones, which are added up."})
    built_at = Instant(required=True)
    tree = Choice(*TREES, required=True)


class SeasonUnitsPage(SeasonUnits):
    """Points, attempts and perfect papers are sums over the rounds; every person counts once."""

    parent_id = maybe(Name, required=True)
    rows = Many(Part(UnitRow), required=True)


class SeasonParticipation(SeasonUnits):
    unit_id = maybe(Name, required=True)
    unit = maybe(lambda **kwargs: Part(TakingPart, **kwargs), required=True)
    rows = Many(Part(TakingPart), required=True)


class Participation(StrictSchema):
    round_id = Name(required=True)
    state = Choice(*STATES, required=True)
    tree = Choice(*TREES, required=True)
    unit_id = maybe(Name, required=True)
    built_at = maybe(Instant, required=True)
    unit = maybe(lambda **kwargs: Part(TakingPart, **kwargs), required=True)
    rows = Many(Part(TakingPart), required=True)


class Decision(StrictSchema):
    attempt_id = Text(required=True)
    kind = Choice("invalidated", required=True)
    person = Text(required=True)
    number = Whole(required=True)
    reason = Text(required=True)
    by = Text(required=True)
    at = Instant(required=True)


class Decisions(StrictSchema):
    decisions = Many(Part(Decision), required=True)


class Reminder(StrictSchema):
    reminder_id = Text(required=True)
    contest_id = Name(required=True)
    round_id = Name(required=True)
    unit_id = Name(required=True)
    requested_by = Text(required=True)
    requested_at = Instant(required=True)
    note = maybe(Text, required=True)
    people = Whole(required=True)


class KeyPreview(StrictSchema):
    preview_id = Name(required=True)
    round_id = Name(required=True)
    question_id = Name(required=True)
    right = Text(required=True)
    by = Text(required=True)
    asked_at = Instant(required=True)
    state = Choice("waiting", "done", required=True)
    done = Whole(required=True, metadata={"description": "Papers looked at, of `total`."})
    total = Whole(required=True)
    keys_version = Whole(required=True)
    outdated = Flag(required=True, metadata={"description": "true: keys changed since."})
    found = Dict(required=True, metadata={"description": "Attempts and people up and down, perfect papers, moved prizes."})


class ItemChoice(StrictSchema):
    letters = Text(required=True, least=0, metadata={"description": "Chosen options; empty: no answer."})
    count = Whole(required=True)
    upper = Decimal(required=True, least=0, most=MOST_ATTEMPTS, metadata={"description": "Of the upper 27 %, borders in part."})
    lower = Decimal(required=True, least=0, most=MOST_ATTEMPTS)


class ItemFigures(StrictSchema):
    question_id = Name(required=True)
    right = Text(required=True)
    answers = Whole(required=True)
    omitted = Whole(required=True)
    facility = Decimal(required=True, least=0, most=1)
    discrimination = Decimal(required=True, least=-1, most=1)
    point_biserial = maybe(Decimal, required=True, least=-1, most=1)
    choices = Many(Part(ItemChoice), required=True)
    flags = Many(Text(), required=True)


class ItemsPage(StrictSchema):
    round_id = Name(required=True)
    attempts = Whole(required=True, metadata={"description": "First attempts that were counted."})
    questions = Whole(required=True)
    made_at = Instant(required=True)
    items = Many(Part(ItemFigures), required=True)
    next = maybe(Whole, required=True)
