"""The pages that exam writes itself: a contest's card, the card as a picture, what a shared link shows."""

from datetime import datetime
from textwrap import wrap

from hoithi_bus.http import Reply
from hoithi_bus.http.pages import SVG, open_pages, page
from hoithi_exam.domain.contest import Contest
from hoithi_exam.domain.round import Round
from hoithi_exam.domain.standing import Standing
from hoithi_exam.service.wording import DESCRIPTION, STATE_LINE, TITLE_LINE, Wording, short

FILES = ("results.csv", "results.json", "units.csv", "attempts.csv", "rules.json")
LINES = 2
KEPT_S = 5
"""How long a card may be kept on the way: the front asks at most that often for each channel."""


class Pages:
    """Renders; `site` is the address under which people open the platform, `colour` the theme's (pictures have no styles)."""

    def __init__(self, site: str, colour: str):
        self.site, self.colour, self.templates = site, colour, open_pages("hoithi_exam")

    def card(self, shown: tuple[Contest, list[Round], Standing], language: str, code: str, now: datetime) -> Reply:
        """The card for other sites' iframes; without script. It asks to be loaded again when it would be wrong."""
        contest, _, found = shown
        wording = Wording(language, contest.rules.time_zone)
        seconds = found.fresh_s(now)
        headers = {"Refresh": str(seconds), "Cache-Control": f"public, max-age={min(seconds, KEPT_S)}"}
        told = self._told(contest, found, wording, now)
        return page(self.templates, "card.html", headers=headers, **told, link=self._link(contest, found, code), site=self.site)

    def picture(self, shown: tuple[Contest, list[Round], Standing], language: str, now: datetime) -> Reply:
        """The card as SVG, for sites that let no iframe in."""
        contest, _, found = shown
        wording = Wording(language, contest.rules.time_zone)
        lines = wrap(contest.title, TITLE_LINE)
        if len(lines) > LINES:
            lines = [*lines[: LINES - 1], short(" ".join(lines[LINES - 1 :]), TITLE_LINE)]
        headers = {"Cache-Control": f"public, max-age={min(found.fresh_s(now), KEPT_S)}"}
        told = self._told(contest, found, wording, now)
        shown_lines = {"lines": lines, "line_of_state": short(told["state"], STATE_LINE)}
        return page(self.templates, "card.svg", SVG, headers, **told, **shown_lines, colour=self.colour)

    def _told(self, contest: Contest, found: Standing, wording: Wording, now: datetime) -> dict:
        earlier = found.results is not None and found.kind != "results"
        return {
            "language": wording.language,
            "title": contest.title,
            "kind": found.kind,
            "state": wording.standing(found, now),
            "also": wording.say("results", round=found.results.title) if earlier else "",
            "go": wording.say(f"go_{found.kind}"),
            "new_tab": wording.say("new_tab"),
        }

    def _link(self, contest: Contest, found: Standing, code: str) -> str:
        path = f"r/{found.round.round_id}" if found.kind == "results" else f"c/{contest.contest_id}"
        return f"{self.site}/{path}{f'?from={code}' if code else ''}"

    def shared(self, shown: tuple[Contest, list[Round], Standing], published: dict, language: str, now: datetime) -> Reply:
        """From the title to the end of the body: the front puts it into the page's own index (docs/decisions/0092)."""
        contest, rounds, found = shown
        wording = Wording(language, contest.rules.time_zone)
        state = wording.standing(found, now)
        return page(
            self.templates,
            "shared.html",
            language=language,
            say=wording.say,
            title=contest.title,
            state=state,
            about=short(f"{state}. {wording.span(rounds)}", DESCRIPTION),
            span=wording.span(rounds),
            address=f"{self.site}/c/{contest.contest_id}",
            picture=f"{self.site}/api/exam/contests/{contest.contest_id}/picture.png",
            rounds=[self._round(each, published, wording) for each in rounds],
            rules=wording.rules(contest.rules),
            prizes=wording.prizes(contest.rules),
            files=FILES,
        )

    def _round(self, round_: Round, published: dict, wording: Wording) -> dict:
        window = wording.say("from_to", opens=wording.moment(round_.opens_at), closes=wording.moment(round_.closes_at))
        return {"id": round_.round_id, "title": round_.title, "window": window, "has_results": round_.round_id in published}
