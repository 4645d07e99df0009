"""Everything emulation keeps about a person (Law 91/2025/QH15: export on request)."""

from datetime import datetime


def export(storage, claims, now: datetime) -> dict:
    found = storage.assessments.of_person(claims.user_id)
    return {"service": "emulation", "exported_at": now, "assessments": [_told(storage, each) for each in found]}


def _told(storage, found) -> dict:
    campaign = storage.campaigns.get(found.campaign_id)
    names = ("campaign_id", "name", "position", "unit_id", "state", "reason", "handed_in_at", "reviewed_at")
    parts = {name: [vars(each) for each in getattr(found, name)] for name in ("claims", "judgements", "files")}
    return {**{name: getattr(found, name) for name in names}, **parts, "title": campaign.title, "total": found.total(campaign)}
