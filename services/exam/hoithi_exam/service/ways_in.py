"""Doors through which people come: the card of other sites, shared links, and counts of the channels that brought them."""

import logging
import re

from hoithi_bus.http import door
from hoithi_bus.http.pages import HTML, SVG, site_of
from hoithi_bus.http.problems import NotSignedIn
from hoithi_bus.provide import Provided
from hoithi_bus.settings import need
from hoithi_bus.worker import every
from hoithi_exam.domain.channels import CODE
from hoithi_exam.handlers import channels, standing
from hoithi_exam.handlers.channels import Newcomers
from hoithi_exam.schemas import ways_in
from hoithi_exam.service.pages import Pages
from hoithi_exam.service.papers import THEME
from hoithi_exam.storage import UNAVAILABLE
from hoithi_print import Theme

log = logging.getLogger(__name__)

CHANNEL = re.compile(CODE)
FLUSH_S = 30


class WaysIn:
    """Part of exam's doors; needs their `storage`."""

    pages = Provided(lambda config: Pages(site_of(config), Theme.read(need(config, "THEME", THEME)).colour))
    newcomers = Provided(lambda config: Newcomers())

    @door(
        "GET",
        "/contests/<contest_id>/card",
        who="anyone",
        query=ways_in.CardQuery,
        produces=HTML,
        summary="A contest's live card for iframes of other sites: HTML without script",
    )
    def contest_card(self, call, contest_id):
        """`/card/<contest_id>` through the front door, which lets every site frame it (docs/how-to/ways-in.md)."""
        shown = standing.show_standing(self.storage, contest_id, call.now)
        return self.pages.card(shown, call.query["lang"], call.query["code"].lower(), call.now)

    @door(
        "GET",
        "/contests/<contest_id>/card.svg",
        who="anyone",
        query=ways_in.PageQuery,
        produces=SVG,
        summary="The card as a picture, for a plain link",
    )
    def contest_card_picture(self, call, contest_id):
        return self.pages.picture(standing.show_standing(self.storage, contest_id, call.now), call.query["lang"], call.now)

    @door(
        "GET",
        "/contests/<contest_id>/page",
        who="anyone",
        query=ways_in.PageQuery,
        produces=HTML,
        summary="What a shared link tells of a contest, without script: the front puts it into the page at /c/<contest_id>",
    )
    def contest_page(self, call, contest_id):
        shown = standing.show_standing(self.storage, contest_id, call.now)
        return self.pages.shared(shown, self.storage.results.of(contest_id), call.query["lang"], call.now)

    @door(
        "POST",
        "/contests/<contest_id>/arrivals",
        who="anyone",
        body=ways_in.Arrival,
        status=204,
        summary="Count that somebody came by a channel",
    )
    def arrive(self, call, contest_id):
        """`visit`: the page was opened by a link with `?from=`. `join`: the signed-in person has just made the account;
        counts once for each new account. Nothing about the person is kept.
        """
        if call.body["what"] == "visit":
            channels.count_visit(self.storage, contest_id, call.body["code"], call.now)
        elif call.claims is None:
            raise NotSignedIn()
        else:
            channels.count_join(self.storage, self.newcomers, call.claims, contest_id, call.body["code"], call.now)

    @door(
        "GET",
        "/contests/<contest_id>/channels",
        who=("organiser", "operator"),
        answer=ways_in.ChannelsAnswer,
        summary="How many people came by which channel, by day",
    )
    def show_channels(self, call, contest_id):
        """Counts under 10 are null. They are written every 30 seconds."""
        if not call.claims.holds("operator"):
            call.claims.require("organiser", "contest", contest_id)
        return ways_in.channels(contest_id, channels.show_channels(self.storage, contest_id))

    @every(seconds=FLUSH_S)
    def flush_channels(self, now):
        flush(self.storage)

    def count_start(self, call, contest_id: str) -> None:
        """A paper was begun; with a channel in its header it is counted there."""
        code = call.headers.get("x-channel", "")
        if CHANNEL.fullmatch(code):
            channels.count_start(self.storage, contest_id, code, call.now)


def flush(storage) -> None:
    """Counts that could not be written are lost, not repeated: their outcome is unknown."""
    try:
        storage.channels.flush()
    except UNAVAILABLE as error:
        log.warning("some counts of channels are lost: %r", error)
