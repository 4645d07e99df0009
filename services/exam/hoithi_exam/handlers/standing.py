"""What the public sees of a contest without asking the page: cards and shared links."""

from datetime import datetime

from hoithi_contracts.scoring import ResultsPublished, WeekScored
from hoithi_exam.domain.contest import Contest
from hoithi_exam.domain.round import Round
from hoithi_exam.domain.standing import Standing, standing


def show_standing(storage, contest_id: str, now: datetime) -> tuple[Contest, list[Round], Standing]:
    """The contest, its rounds as they are now (extended ones too), and where it stands. Raises UnknownContest."""
    contest = storage.contests.published(contest_id)
    # Between publication and its settling the rounds are not made yet.
    rounds = storage.rounds.of(contest_id) or contest.planned_rounds()
    return contest, rounds, standing(rounds, storage.results.of(contest_id), now)


def hear_results(storage, event: WeekScored | ResultsPublished) -> None:
    """A round has results: official ones stay official whatever comes late."""
    storage.results.keep(event.round_id, event.contest_id, official=isinstance(event, ResultsPublished))
