"""The practice paper of a contest. Nothing is kept; what is read is remembered for a while."""

from hoithi_exam.domain import practice
from hoithi_exam.domain.bank import Bank
from hoithi_exam.domain.contest import Contest, UnknownContest
from hoithi_exam.domain.speech import Script, in_language, joined


def practice_paper(storage, contest_id: str, number: int) -> tuple[practice.Practice, tuple[Script, ...]]:
    """(paper, its languages) of a published contest. Raises UnknownContest, UnknownPractice."""
    contest = storage.contests.get(contest_id)
    if contest.state != "published":
        raise UnknownContest()
    banks = _banks(storage, contest)
    scripts = joined(script for reference in banks for script in storage.scripts.of(reference))
    return practice.practice(contest, banks.values(), number), scripts


def practice_in_language(storage, contest_id: str, number: int, code: str):
    """(script, paper). Raises UnknownContest, UnknownPractice, UnknownLanguage."""
    found, scripts = practice_paper(storage, contest_id, number)
    return in_language(scripts, code), found.paper


def practice_papers(storage, contest_id: str) -> int:
    """How many practice papers the contest has; remembered. Raises UnknownContest."""
    return storage.practices.get(contest_id, lambda: _papers(storage, storage.contests.get(contest_id)))


def _papers(storage, contest: Contest) -> int:
    return practice.papers(_banks(storage, contest).values(), contest.rules)


def _banks(storage, contest: Contest) -> dict[str, Bank]:
    """The newest approved versions of its banks: practice is not bound to the rounds."""
    chosen = sorted({division.bank for division in contest.rules.divisions if division.bank})
    newest = (storage.banks.newest(bank_id, approved=True) for bank_id in chosen)
    return {version.reference: storage.banks.get(version.reference) for version in newest if version}
