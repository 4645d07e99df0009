"""From above: what waits, one assessment with its evidence, confirm or give back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from hoithi_emulation.domain.assessment import Assessment, Evidence, Judgement, reviewed_event
from hoithi_emulation.domain.campaign import Campaign
from hoithi_emulation.domain.refusals import Outpaced
from hoithi_emulation.domain.units import Unit, below
from hoithi_emulation.handlers import campaigns, counting, rights
from hoithi_store import Entry

NOT_BEGUN = "not-begun"


def listed(storage, claims, campaign_id: str, unit_id: str | None, kind: str, now: datetime) -> list[dict]:
    """A unit and everything below it; all for organisers. Also collectives that have not begun. Raises NotYourUnit."""
    campaign = campaigns.show(storage, claims, campaign_id)
    units = storage.units.all()
    if unit_id:
        storage.units.get(unit_id)
        rights.check_unit(claims, campaign_id, unit_id, units)
    else:
        claims.require("organiser", "contest", campaign_id)
    wanted = below(unit_id, units) if unit_id else None
    found = [each for each in storage.assessments.of_campaign(campaign_id, wanted) if each.kind == kind]
    rows = [_row(claims, campaign, each, units) for each in found]
    return rows + (_not_begun(campaign, found, units, wanted, now) if kind == "collective" else [])


def _row(claims, campaign: Campaign, found: Assessment, units: Mapping[str, Unit]) -> dict:
    names = ("assessment_id", "kind", "unit_id", "name", "position", "league", "state", "handed_in_at")
    waits = found.state == "handed-in" and rights.reviews(claims, found, units)
    about = {"unit_name": _name(found.unit_id, units), "total": found.total(campaign), "waits_for_you": waits}
    return {**{name: getattr(found, name) for name in names}, **about}


def _not_begun(campaign: Campaign, found: list[Assessment], units: Mapping[str, Unit], wanted, now: datetime) -> list[dict]:
    begun, day = {each.participant_id for each in found}, now.date().isoformat()
    missing = [unit for unit in units.values() if unit.id not in begun and unit.exists_on(day)]
    within = [unit for unit in missing if wanted is None or unit.id in wanted]
    leagues = {unit.id: campaign.rules.league_of(unit) for unit in within}
    return [_bare(unit, leagues[unit.id].code) for unit in sorted(within, key=lambda unit: unit.id) if leagues[unit.id]]


def _bare(unit: Unit, league: str) -> dict:
    about = {"assessment_id": None, "kind": "collective", "position": "", "state": NOT_BEGUN, "handed_in_at": None}
    names = {"unit_id": unit.id, "name": unit.name, "unit_name": unit.name, "league": league}
    return {**about, **names, "total": 0.0, "waits_for_you": False}


def show(storage, claims, assessment_id: str) -> dict:
    """For who wrote it, for officers of the unit and of those above, for organisers. Raises AssessmentUnknown."""
    units, found = storage.units.all(), storage.assessments.get(assessment_id)
    rights.check_sees(claims, found, units)
    return shown(storage, claims, found, units)


def shown(storage, claims, found: Assessment, units: Mapping[str, Unit] | None = None) -> dict:
    units = units or storage.units.all()
    campaign = storage.campaigns.get(found.campaign_id)
    counted = counting.counted(storage, campaign, [found])
    may = {"writes": _may_write(claims, found), "reviews": rights.reviews(claims, found, units)}
    return {"assessment": found, "campaign": campaign, "unit_name": _name(found.unit_id, units), "counted": counted, "may": may}


def evidence(storage, claims, assessment_id: str, file_id: str) -> tuple[Evidence, bytes]:
    """Raises AssessmentUnknown, EvidenceUnknown."""
    found = storage.assessments.get(assessment_id)
    rights.check_sees(claims, found, storage.units.all())
    return found.evidence(file_id), storage.files.get(assessment_id, file_id)


def confirm(storage, claims, assessment_id: str, revision: int, judged: list[dict], now: datetime) -> Assessment:
    """Raises AssessmentUnknown, OwnReview, Outpaced, NotOpen, TooLate, NotHandedIn, WrongClaims."""
    before, campaign, units = _of_reviewer(storage, claims, assessment_id, revision)
    judgements = tuple(Judgement(**each) for each in judged)
    after = before.confirmed(campaign, judgements, claims.user_id, now)
    told = {"claimed": before.total(campaign), "accepted": after.total(campaign)}
    return _reviewed(storage, campaign, before, after, "assessment-confirmed", told, units, now)


def give_back(storage, claims, assessment_id: str, revision: int, reason: str, now: datetime) -> Assessment:
    """For supplement. Raises as `confirm`."""
    before, campaign, units = _of_reviewer(storage, claims, assessment_id, revision)
    after = before.given_back(campaign, reason, claims.user_id, now)
    return _reviewed(storage, campaign, before, after, "assessment-given-back", {}, units, now)


def _reviewed(storage, campaign: Campaign, before: Assessment, after: Assessment, what: str, told: dict, units, now: datetime):
    about = {"before": {"state": before.state}, "after": {"state": after.state, **told}}
    entry = Entry(what, after.reviewed_by, now, campaign.campaign_id, after.assessment_id, after.reason, **about)
    # The revision that is about to be saved: what is told is that state.
    event = reviewed_event(replace(after, revision=before.revision + 1), campaign, _name(after.unit_id, units))
    return storage.assessments.save(before, after, now, entry, [event])


def _of_reviewer(storage, claims, assessment_id: str, revision: int):
    units, found = storage.units.all(), storage.assessments.get(assessment_id)
    rights.check_sees(claims, found, units)
    rights.check_reviews(claims, found, units)
    if found.revision != revision:
        raise Outpaced()
    return found, storage.campaigns.get(found.campaign_id), units


def _may_write(claims, found: Assessment) -> bool:
    return found.user_id == claims.user_id if found.user_id else rights.is_officer(claims, found.unit_id)


def _name(unit_id: str, units: Mapping[str, Unit]) -> str:
    return units[unit_id].name if unit_id in units else unit_id
