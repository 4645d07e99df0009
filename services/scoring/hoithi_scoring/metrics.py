"""What an operator wants counted of scoring."""

from collections import Counter as Tally
from collections.abc import Iterable

from prometheus_client import Counter, Gauge, Histogram

from hoithi_scoring.domain.rounds import Round

STATES = ("planned", "running", "closed", "provisional", "official")
SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120)

ATTEMPTS = Counter("hoithi_scoring_attempts_total", "Attempts taken from the bus", ("outcome",))
DIFFERING = Counter("hoithi_scoring_differing_attempts_total", "Attempts that came again with other answers")
UNSCORED = Gauge("hoithi_scoring_unscored_attempts", "Attempts announced or arrived, not in the rankings")
ASKED = Counter("hoithi_scoring_questions_for_missing_total", "Times exam was asked to publish attempts again")
RANKING_SECONDS = Histogram("hoithi_scoring_ranking_build_seconds", "Time to score, rank and store one round", buckets=SECONDS)
RANKING_ATTEMPTS = Counter("hoithi_scoring_ranking_attempts_total", "Attempts read while rankings were built")
COMPLAINTS = Counter("hoithi_scoring_complaints_total", "Complaints by what was done with them", ("what",))
OPEN_COMPLAINTS = Gauge("hoithi_scoring_open_complaints", "Complaints that are not decided; use max", ("late",))
FLAGS_DECIDED = Counter("hoithi_scoring_flags_decided_total", "Flags by what was decided", ("outcome",))
OFFICER_FILES = Counter("hoithi_scoring_officer_files_total", "Excel files handed to officers", ("what",))
REPORTS = Counter("hoithi_scoring_reports_made_total", "Daily and weekly reports of units that were made")
ROUNDS = Gauge("hoithi_scoring_rounds", "Rounds by state", ("state",))


def kept(scored: int, waiting: int):
    ATTEMPTS.labels("scored").inc(scored)
    ATTEMPTS.labels("waiting").inc(waiting)


def built(seconds: float, attempts: int):
    RANKING_SECONDS.observe(seconds)
    RANKING_ATTEMPTS.inc(attempts)


def show_complaints(still_open: int, overdue: int):
    OPEN_COMPLAINTS.labels("no").set(still_open - overdue)
    OPEN_COMPLAINTS.labels("yes").set(overdue)


def show(rounds: Iterable[Round]):
    """Gauges from state: every replica shows the same."""
    rounds = list(rounds)
    tally = Tally(round.state for round in rounds)
    for state in STATES:
        ROUNDS.labels(state).set(tally[state])
    UNSCORED.set(sum(abs(round.unscored) for round in rounds if round.state != "official"))
