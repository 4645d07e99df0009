"""What the platform counts by itself: imported indices, and contest results of official rounds."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from hoithi_emulation.domain import results
from hoithi_emulation.domain.assessment import Assessment
from hoithi_emulation.domain.campaign import Campaign
from hoithi_emulation.domain.criteria import Criterion
from hoithi_emulation.domain.units import Unit, rolled_up

Values = Mapping[str, float]


def counted(storage, campaign: Campaign, assessments: Iterable[Assessment]) -> dict[tuple[str, str], float]:
    """(assessment id, criterion) -> value, for those that have one."""
    by_kind = {"collective": _of_collectives(storage, campaign), "individual": _of_individuals(storage, campaign)}
    found = {}
    for each in assessments:
        for code, values in by_kind[each.kind].items():
            if each.participant_id in values:
                found[each.assessment_id, code] = values[each.participant_id]
    return found


def _of_collectives(storage, campaign: Campaign) -> dict[str, Values]:
    values: dict[str, Values] = dict(storage.indices.of(campaign.campaign_id))
    contests = [criterion for criterion in campaign.rules.collective if criterion.how == "contest"]
    if contests:
        units = storage.units.all()
        rounds = _rounds(storage, units, {criterion.contest_id for criterion in contests})
        rosters = {contest: rolled_up(heads, units) for contest, heads in storage.units.headcounts().items()}
        for criterion in contests:
            values[criterion.code] = _measured(campaign, criterion, results.rates(criterion, rounds, rosters), units)
    return values


def _rounds(storage, units: Mapping[str, Unit], contest_ids: set[str]) -> list[results.Round]:
    """With the people of units below counted in those above."""
    found = storage.results.fetched(contest_ids)
    return [replace(each, participants=rolled_up(each.participants, units)) for each in found]


def _measured(campaign: Campaign, criterion: Criterion, rates: Values, units: Mapping[str, Unit]) -> Values:
    """The rate, or the place within the unit's league."""
    if not criterion.counts_places:
        return rates
    leagues: dict[str, dict[str, float]] = {}
    for unit_id, rate in rates.items():
        league = campaign.rules.league_of(units[unit_id]) if unit_id in units else None
        if league:
            leagues.setdefault(league.code, {})[unit_id] = rate
    return {unit_id: place for group in leagues.values() for unit_id, place in results.places(group).items()}


def _of_individuals(storage, campaign: Campaign) -> dict[str, Values]:
    """The best place of the prizes a person won: for who has an account of the platform."""
    return {
        criterion.code: storage.results.best_places(criterion.contest_id, criterion.rounds)
        for criterion in campaign.rules.individual
        if criterion.how == "contest"
    }
