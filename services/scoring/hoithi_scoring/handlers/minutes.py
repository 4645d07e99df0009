"""Official minutes of a round, or of all rounds: loaded, written down, printed. Nothing of them is kept: they hold names."""

from collections import Counter
from collections.abc import Iterable

from hoithi_print import Papers
from hoithi_scoring.domain import minutes_figures, winners
from hoithi_scoring.domain.award_lists import AwardList
from hoithi_scoring.domain.minutes import Facts, Meeting, best, minutes
from hoithi_scoring.domain.papers import SEASON
from hoithi_scoring.domain.refusals import StillChanging
from hoithi_scoring.domain.rounds import Round, published
from hoithi_scoring.domain.units import TREES
from hoithi_scoring.handlers import prize_lists, rights
from hoithi_scoring.handlers.results import named
from hoithi_scoring.handlers.season_prizes import sources


def written(storage, papers: Papers, claims, round_id: str, format: str, meeting: Meeting) -> bytes:
    """The file. For organisers of the contest, once there are results. Raises NotYet, StillChanging, Busy."""
    round = storage.rounds.get(round_id)
    claims.require("organiser", "contest", round.contest_id)
    rights.check_settled(round)
    return _printed(papers, format, _of_round(storage, round), meeting)


def season_written(storage, papers: Papers, claims, contest_id: str, format: str, meeting: Meeting) -> bytes:
    """The same of all published rounds together. Raises ContestUnknown, NotYet, StillChanging, Busy."""
    claims.require("organiser", "contest", contest_id)
    contest = storage.contests.get(contest_id)
    rights.check_season(contest)
    rounds = published(storage.rounds.all(), contest_id)
    if contest["season"]["sources"] != sources(rounds) or any(round.is_being_corrected for round in rounds):
        raise StillChanging()
    return _printed(papers, format, _of_season(storage, contest, rounds), meeting)


def _printed(papers: Papers, format: str, facts: Facts, meeting: Meeting) -> bytes:
    return papers.printer.print(papers.document("minutes", format, **minutes(facts, meeting)))


def _of_round(storage, round: Round) -> Facts:
    shot = round.snapshot
    main = AwardList("", round.contest_id, "", round.round_id, build=shot.build, awards=shot.awards)
    return Facts(
        contest=storage.contests.get(round.contest_id)["title"],
        title=round.title,
        official_at=round.official_at if round.state == "official" else None,
        figures=minutes_figures.figures_of_round(round),
        kept=minutes_figures.digest_of_round(round),
        **_judged(storage, [round], round.round_id),
        **_honours(storage, main),
    )


def _of_season(storage, contest: dict, rounds: list[Round]) -> Facts:
    """Official once every announced round is."""
    rounds, main = sorted(rounds, key=lambda round: round.number), prize_lists.season_awards(contest)
    official = {round.round_id: round.official_at for round in rounds if round.state == "official"}
    return Facts(
        contest=contest["title"],
        title=SEASON,
        official_at=max(official.values()) if official and official.keys() >= set(contest["rounds"]) else None,
        figures=minutes_figures.figures_of_season(rounds, contest["season"]["participants"]),
        kept=minutes_figures.digests_of_season(rounds),
        **_judged(storage, rounds, prize_lists.scope_of(main)),
        **_honours(storage, main),
    )


def _judged(storage, rounds: Iterable[Round], scope: str) -> dict:
    """Complaints and invalid attempts of the rounds; who was refused a prize of the scope."""
    return {
        "complaints": sum((Counter(storage.complaints.tally(round.round_id)) for round in rounds), Counter()),
        "invalid": sum(len(storage.decisions.invalidated(round.round_id)) for round in rounds),
        "refused": len(winners.refused(storage.winners.of(scope))),
    }


def _honours(storage, main: AwardList) -> dict:
    """Everything that is won where `main`, the contest's own prizes, is won; the units of the first places."""
    return {
        "winners": _winners(storage, main),
        "units": tuple(row for tree in TREES for row in best(_units(storage, main, tree))),
        "pools": tuple(prize_lists.pools_with_winners(storage, main.contest_id, main.round_id)),
        "honoured": tuple(prize_lists.honoured(storage, main.contest_id, main.round_id)),
    }


def _winners(storage, main: AwardList) -> tuple[dict, ...]:
    """In the order in which prizes were given."""
    won = {award.person: award.prize for award in main.awards}
    rows = [_row(storage, main, award) for award in main.awards]
    shown = named(storage, [found for found in rows if found], won)
    return tuple({**row, "prize": won[row["person"]]} for row in shown)


def _row(storage, main: AwardList, award):
    row = storage.rankings.of_person(prize_lists.scope_of(main), main.build, award.person)
    return row and (row, award.user_id)


def _units(storage, main: AwardList, tree: str):
    return (row for family in storage.rankings.families(prize_lists.scope_of(main), main.build, tree) for row in family)
