"""Pictures for shared links (Open Graph)."""

from datetime import datetime

from hoithi_print import PNG, Papers, printed
from hoithi_scoring.domain import papers as drawn
from hoithi_scoring.handlers.results import show_round


def round_picture(storage, papers: Papers, round_id: str, now: datetime) -> bytes:
    """What a stranger may know of the round: no live figure that people are asked to predict."""
    round = storage.rounds.get(round_id)
    title = storage.contests.get(round.contest_id)["title"]
    data = drawn.round_picture(title, round, show_round(None, round).get("counts"), papers.site)
    return printed(storage.papers, papers.printer, papers.document("picture", PNG, **data), now)
