"""What the organiser tells of the meeting; everything may be left to be filled in by hand."""

from marshmallow import post_load

from hoithi_contracts.fields import Choice, Instant, Many, StrictSchema, Text
from hoithi_print import DOCX, PDF
from hoithi_scoring.domain.minutes import BLANK, Meeting

FORMATS = (PDF, DOCX)
LINES = ("present", "bases", "receivers")


def lines(description: str) -> Many:
    return Many(Text(most=300), most=20, load_default=list, metadata={"description": description})


class MinutesBody(StrictSchema):
    format = Choice(*FORMATS, load_default=PDF)
    number = Text(most=60, load_default=f"{BLANK}/BB-BTC", metadata={"description": "Number and sign of the document."})
    place = Text(load_default=BLANK)
    chair = Text(load_default="", least=0)
    secretary = Text(load_default="", least=0)
    present = lines("Who was there.")
    bases = lines("What the meeting is based on, beside the contest's rules: decisions, plans.")
    receivers = lines("Who gets the minutes.")
    began_at = Instant(load_default=None, allow_none=True)
    ended_at = Instant(load_default=None, allow_none=True)

    @post_load
    def as_meeting(self, data, **kwargs) -> dict:
        format = data.pop("format")
        return {"format": format, "meeting": Meeting(**{**data, **{name: tuple(data[name]) for name in LINES}})}
