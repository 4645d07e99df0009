"""Cards, shared links, channels: queries, bodies, answers."""

from hoithi_contracts import fields
from hoithi_exam.domain.channels import CODE, KINDS, Channel

LANGUAGES = ("vi", "en")


class PageQuery(fields.StrictSchema):
    lang = fields.Choice(*LANGUAGES, load_default="vi")


class CardQuery(PageQuery):
    code = fields.Name(data_key="from", pattern=rf"(?:{CODE})?", load_default="")


class Arrival(fields.StrictSchema):
    """`from`: the channel's code, letters, digits and hyphens."""

    code = fields.Name(data_key="from", pattern=CODE, required=True)
    what = fields.Choice("visit", "join", required=True)


class Counts(fields.StrictSchema):
    """null: 1 to 9, or needed to hide such a number."""

    visits = fields.Whole(allow_none=True)
    joins = fields.Whole(allow_none=True)
    starts = fields.Whole(allow_none=True)


class DayAnswer(Counts):
    day = fields.Day()


class ChannelAnswer(fields.StrictSchema):
    code = fields.Text(metadata={"description": "other: codes beyond the first hundred of a contest"})
    in_all = fields.Part(Counts)
    days = fields.Many(fields.Part(DayAnswer))


class ChannelsAnswer(fields.StrictSchema):
    contest_id = fields.Name()
    kinds = fields.Many(fields.Text())
    channels = fields.Many(fields.Part(ChannelAnswer))


def channels(contest_id: str, found: list[Channel]) -> dict:
    """Channels as an organiser reads them."""
    return {"contest_id": contest_id, "kinds": list(KINDS), "channels": [_channel(each) for each in found]}


def _channel(channel: Channel) -> dict:
    days = [{"day": shown.day, **shown.counts} for shown in channel.days]
    return {"code": channel.code, "in_all": channel.in_all, "days": days}
