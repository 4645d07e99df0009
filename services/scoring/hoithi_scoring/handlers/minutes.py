"""Official minutes of a round: loaded, written down, printed. Nothing of them is kept: they hold names."""

from hoithi_print import Papers
from hoithi_scoring.domain import winners
from hoithi_scoring.domain.minutes import Facts, Meeting, best, minutes
from hoithi_scoring.domain.rounds import Round
from hoithi_scoring.domain.units import TREES
from hoithi_scoring.handlers import prize_lists, rights
from hoithi_scoring.handlers.results import named


def written(storage, papers: Papers, claims, round_id: str, format: str, meeting: Meeting) -> bytes:
    """The file. For organisers of the contest, once there are results. Raises NotYet, StillChanging, Busy."""
    round = storage.rounds.get(round_id)
    claims.require("organiser", "contest", round.contest_id)
    rights.check_settled(round)
    return papers.printer.print(papers.document("minutes", format, **minutes(_facts(storage, round), meeting)))


def _facts(storage, round: Round) -> Facts:
    return Facts(
        contest=storage.contests.get(round.contest_id)["title"],
        round=round,
        winners=_winners(storage, round),
        units=tuple(row for tree in TREES for row in best(_units(storage, round, tree))),
        complaints=storage.complaints.tally(round.round_id),
        invalid=len(storage.decisions.invalidated(round.round_id)),
        refused=len(winners.refused(storage.winners.of(round.round_id))),
        pools=tuple(prize_lists.pools_with_winners(storage, round)),
        honoured=tuple(prize_lists.honoured(storage, round)),
    )


def _winners(storage, round: Round) -> tuple[dict, ...]:
    """In the order in which prizes were given."""
    won = {award.person: award.prize for award in round.snapshot.awards}
    rows = [_row(storage, round, award) for award in round.snapshot.awards]
    return tuple(named(storage, [found for found in rows if found], won))


def _row(storage, round: Round, award):
    row = storage.rankings.of_person(round.round_id, round.snapshot.build, award.person)
    return row and (row, award.user_id)


def _units(storage, round: Round, tree: str):
    return (row for family in storage.rankings.families(round.round_id, round.snapshot.build, tree) for row in family)
