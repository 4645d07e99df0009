"""Bodies and answers about certificates and their printing."""

from hoithi_contracts.fields import Choice, Instant, Many, Name, Part, StrictSchema, Text, Whole
from hoithi_scoring.schemas import maybe


class PrintOrder(StrictSchema):
    which = Choice("everybody", "winners", load_default="winners")


class PoolQuery(StrictSchema):
    pool_id = Name(load_default=None, metadata={"description": "The certificate of this pool's prize; none: of the contest."})


class PrintJob(StrictSchema):
    round_id = Name(required=True)
    which = Choice("everybody", "winners", required=True)
    people = Whole(required=True)
    pieces = Whole(required=True, metadata={"description": "PDFs of a hundred certificates each."})
    made = Whole(required=True, metadata={"description": "Finished pieces; all of them: fetch certificates.zip."})
    requested_at = Instant(required=True)
    until = Instant(required=True, metadata={"description": "Printed certificates are kept until then."})


class CertifiedPerson(StrictSchema):
    """Or a unit: then `division` is the block it competed in, and `duration_ms` is 0."""

    name = maybe(Text, required=True)
    unit = maybe(Text, required=True)
    division = Text(required=True)
    place = Whole(required=True)
    division_place = Whole(required=True)
    points = Whole(required=True)
    duration_ms = Whole(required=True)
    prize = maybe(Text, required=True)
    right = maybe(Whole, required=True)
    rounds = maybe(Whole, required=True)
    participants = maybe(Whole, required=True, metadata={"description": "Of a unit."})
    rate_percent = maybe(Text, required=True, metadata={"description": "Of a unit."})


class EarlierIssue(StrictSchema):
    at = Instant(required=True)
    division_place = Whole(required=True)
    points = Whole(required=True)
    prize = maybe(Text, required=True)


class CertificateCheck(StrictSchema):
    code = Text(required=True)
    state = Choice("valid", "corrected", "withdrawn", "erased", required=True)
    contest_id = Name(required=True)
    contest = Text(required=True)
    round_id = maybe(Name, required=True, metadata={"description": "null: of all rounds together."})
    title = Text(required=True, least=0)
    official_at = Instant(required=True)
    issued_at = maybe(Instant, required=True)
    person = maybe(lambda **kwargs: Part(CertifiedPerson, **kwargs), required=True, metadata={"description": "As it is now."})
    earlier = Many(Part(EarlierIssue), required=True, metadata={"description": "Printed before, and not so any more."})
