"""A contest's poster and its picture for shared links."""

from datetime import datetime

from hoithi_exam.domain import papers as drawn
from hoithi_exam.domain.contest import Contest, UnknownContest
from hoithi_exam.domain.round import Round
from hoithi_print import PDF, PNG, Papers, printed


def poster(storage, papers: Papers, contest_id: str, size: str, unit: str | None, source: str | None, now: datetime) -> bytes:
    """A PDF for the wall. Raises UnknownContest, also for a draft."""
    data = drawn.poster(*_published(storage, contest_id), size, unit, source, papers.url)
    return printed(storage.papers, papers.printer, papers.document("poster", PDF, **data), now)


def picture(storage, papers: Papers, contest_id: str, now: datetime) -> bytes:
    """A PNG for shared links. Raises UnknownContest, also for a draft: the front door keeps it for everybody."""
    data = drawn.picture(*_published(storage, contest_id), now, papers.site)
    return printed(storage.papers, papers.printer, papers.document("picture", PNG, **data), now)


def _published(storage, contest_id: str) -> tuple[Contest, list[Round]]:
    """The contest with its rounds as they are now, extensions included."""
    contest = storage.contests.get(contest_id)
    rounds = storage.rounds.of(contest_id)
    if contest.state != "published" or not rounds:
        raise UnknownContest()
    return contest, sorted(rounds, key=lambda each: each.number)
