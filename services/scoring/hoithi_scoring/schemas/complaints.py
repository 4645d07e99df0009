"""Complaints: what is sent and what is answered."""

from hoithi_contracts.audit import AuditEntry
from hoithi_contracts.fields import Choice, Day, Flag, Instant, LongText, Many, Name, Part, StrictSchema, Text, Whole
from hoithi_scoring.domain.complaints import KINDS, ORGANISER, OUTCOMES, PERSON, STATES

MOST_TEXT = 2000


class ComplaintBody(StrictSchema):
    kind = Choice(*KINDS, required=True)
    text = LongText(required=True, least=10, most=MOST_TEXT)
    attempt_number = Whole(least=1, load_default=None, allow_none=True, metadata={"description": "Which attempt it is about."})


class Saying(StrictSchema):
    text = LongText(required=True, least=2, most=MOST_TEXT)


class Verdict(StrictSchema):
    outcome = Choice(*OUTCOMES, required=True)
    reason = LongText(required=True, least=10, most=MOST_TEXT, metadata={"description": "Read by the person who complained."})


class ComplaintsQuery(StrictSchema):
    state = Choice(*STATES, load_default=None)
    kind = Choice(*KINDS, load_default=None)
    round_id = Name(load_default=None)
    overdue = Flag(load_default=False, metadata={"description": "Only those whose day for a decision is over."})
    after = Text(load_default="", least=0, most=300, metadata={"description": "`next` of the page before."})
    limit = Whole(load_default=50, least=1, most=200)


class HolidaysBody(StrictSchema):
    days = Many(Day(), most=120, required=True, metadata={"description": "All of them: those that are left out are none."})
    reason = Text(required=True, least=3, most=500)


class Holidays(StrictSchema):
    contest_id = Name(required=True)
    days = Many(Day(), required=True)


class Period(StrictSchema):
    since = Instant(required=True)
    until = Instant(required=True, metadata={"description": "The first instant that is too late."})
    official_by = Instant(required=True)
    open = Flag(required=True)


class Said(StrictSchema):
    by = Choice(PERSON, ORGANISER, required=True)
    text = LongText(required=True)
    at = Instant(required=True)


class Complaint(StrictSchema):
    complaint_id = Name(required=True)
    contest_id = Name(required=True)
    round_id = Name(required=True)
    kind = Choice(*KINDS, required=True)
    text = LongText(required=True, least=0)
    attempt_number = Whole(required=True, allow_none=True)
    state = Choice(*STATES, required=True)
    received_at = Instant(required=True)
    decide_by = Instant(required=True)
    overdue = Flag(required=True)
    said = Many(Part(Said), required=True)
    reason = LongText(required=True, least=0)
    decided_at = Instant(required=True, allow_none=True)
    erased = Flag(required=True, metadata={"description": "The person was forgotten; no word is left."})


class OwnComplaints(StrictSchema):
    complaints = Many(Part(Complaint), required=True)


class SeenComplaint(Complaint):
    """As an organiser sees it; the person sees neither `log` nor the name, which is the own."""

    person = Text(metadata={"description": "Pseudonym within the contest."})
    name = Text(allow_none=True)
    phone = Text(allow_none=True, metadata={"description": "Masked but for the last three digits."})
    log = Many(Part(AuditEntry))


class Complaints(StrictSchema):
    complaints = Many(Part(SeenComplaint), required=True)
    next = Text(required=True, allow_none=True)
