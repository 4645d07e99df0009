"""From below: begin a self-assessment, write, add evidence, hand in."""

import secrets
from datetime import datetime

from hoithi_emulation.domain.assessment import Assessment, Claim, Evidence, assessment_id
from hoithi_emulation.domain.campaign import Campaign
from hoithi_emulation.domain.evidence import digest, kind_of, safe_name
from hoithi_emulation.domain.refusals import NotTakingPart, NotYourUnit, NoUnit, Outpaced
from hoithi_emulation.domain.units import Unit
from hoithi_emulation.handlers import campaigns, rights
from hoithi_store import Entry


def begin(storage, claims, campaign_id: str, body: dict, now: datetime) -> Assessment:
    """A new one, or the one that is there.

    Raises CampaignUnknown, NotOpen, TooLate, NotTakingPart, NotYourUnit, NoUnit, UnitUnknown.
    """
    campaign = campaigns.show(storage, claims, campaign_id)
    campaign.require_time(campaign.assess_until, now)
    made = _of_person(campaign, claims, body) if body["own"] else _of_officer(storage, campaign, claims, body, now)
    return storage.assessments.begin(made, _entry("assessment-begun", claims, made, {"kind": made.kind}, now))


def _of_officer(storage, campaign: Campaign, claims, body: dict, now: datetime) -> Assessment:
    if not rights.is_officer(claims, body["unit_id"]):
        raise NotYourUnit()
    unit = storage.units.get(body["unit_id"])
    return _of_unit(campaign, unit, now) if body["kind"] == "collective" else _by_officer(campaign, unit, body)


def _of_unit(campaign: Campaign, unit: Unit, now: datetime) -> Assessment:
    league = campaign.rules.league_of(unit) if unit.exists_on(now.date().isoformat()) else None
    if league is None or not campaign.rules.collective:
        raise NotTakingPart()
    return _made(campaign, "collective", unit.id, unit.name, unit.id, league=league.code)


def _by_officer(campaign: Campaign, unit: Unit, body: dict) -> Assessment:
    """Of somebody who needs no account here."""
    _require_individuals(campaign)
    return _made(campaign, "individual", secrets.token_hex(6), body["name"], unit.id, position=body["position"])


def _of_person(campaign: Campaign, claims, body: dict) -> Assessment:
    _require_individuals(campaign)
    if not claims.unit_id:
        raise NoUnit()
    about = {"position": body["position"], "user_id": claims.user_id}
    return _made(campaign, "individual", claims.user_id, body["name"], claims.unit_id, **about)


def _require_individuals(campaign: Campaign) -> None:
    if not campaign.rules.individual:
        raise NotTakingPart()


def _made(campaign: Campaign, kind: str, participant_id: str, name: str, unit_id: str, **more) -> Assessment:
    key = assessment_id(campaign.campaign_id, participant_id)
    return Assessment(key, campaign.campaign_id, kind, participant_id, name, unit_id, **more)


def write(storage, claims, assessment_id: str, revision: int, written: list[dict], now: datetime) -> Assessment:
    """Raises AssessmentUnknown, NotYourUnit, Outpaced, NotOpen, TooLate, NotWritable, WrongClaims."""
    before, campaign = _own(storage, claims, assessment_id, revision)
    return storage.assessments.save(before, before.written(campaign, tuple(Claim(**each) for each in written), now), now)


def hand_in(storage, claims, assessment_id: str, revision: int, now: datetime) -> Assessment:
    """Raises as `write`."""
    before, campaign = _own(storage, claims, assessment_id, revision)
    after = before.handed_in(campaign, claims.user_id, now)
    entry = Entry(
        "assessment-handed-in", claims.user_id, now, campaign.campaign_id, assessment_id, after={"total": after.total(campaign)}
    )
    return storage.assessments.save(before, after, now, entry)


def add_evidence(
    storage, claims, assessment_id: str, revision: int, code: str, name: str, body: bytes, now: datetime
) -> Assessment:
    """Raises as `write`, NotEvidence, EvidenceTooMuch. Work for the CPU: off the event loop."""
    before, campaign = _own(storage, claims, assessment_id, revision)
    kind = kind_of(body)
    made = Evidence(secrets.token_hex(12), code, safe_name(name, kind), kind, len(body), digest(body), now)
    after = before.with_evidence(campaign, made, now)
    if after is before:
        return before
    storage.files.keep(assessment_id, made.file_id, body)
    entry = _entry("evidence-added", claims, before, {"code": code, "digest": made.digest}, now)
    try:
        return storage.assessments.save(before, after, now, entry)
    except Outpaced:
        storage.files.drop(assessment_id, made.file_id)
        raise


def drop_evidence(storage, claims, assessment_id: str, revision: int, file_id: str, now: datetime) -> Assessment:
    """Raises as `write`, EvidenceUnknown."""
    before, campaign = _own(storage, claims, assessment_id, revision)
    after = before.without_evidence(campaign, file_id, now)
    gone = before.evidence(file_id)
    entry = _entry("evidence-dropped", claims, before, {"code": gone.code, "digest": gone.digest}, now)
    saved = storage.assessments.save(before, after, now, entry)
    storage.files.drop(assessment_id, file_id)
    return saved


def _entry(what: str, claims, about: Assessment, told: dict, now: datetime) -> Entry:
    """No name and no word of a person: the log outlives them."""
    return Entry(what, claims.user_id, now, about.campaign_id, about.assessment_id, after=told)


def _own(storage, claims, assessment_id: str, revision: int) -> tuple[Assessment, Campaign]:
    found = storage.assessments.get(assessment_id)
    rights.check_sees(claims, found, storage.units.all())
    rights.check_writes(claims, found)
    if found.revision != revision:
        raise Outpaced()
    return found, storage.campaigns.get(found.campaign_id)
