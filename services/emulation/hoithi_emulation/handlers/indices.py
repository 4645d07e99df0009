"""Values of indices from a spreadsheet: all rows or none."""

from dataclasses import dataclass
from datetime import datetime

from hoithi_emulation.domain.index_sheet import IndexSheet, read
from hoithi_emulation.domain.refusals import IndexUnknown
from hoithi_emulation.domain.units import Unit
from hoithi_store import Entry


@dataclass(frozen=True)
class Imported:
    """`before`: the values that are kept so far; `saved`: whether the sheet's are kept now."""

    sheet: IndexSheet
    units: dict[str, Unit]
    before: dict[str, float]
    saved: bool = False


def read_sheet(storage, claims, campaign_id: str, code: str, rows: dict[int, list[str]]) -> Imported:
    """What the rows say of the units that take part. Raises CampaignUnknown, IndexUnknown."""
    claims.require("organiser", "contest", campaign_id)
    campaign = storage.campaigns.get(campaign_id)
    if code not in {criterion.code for _, criterion in campaign.rules.counted("index")}:
        raise IndexUnknown()
    units = {unit_id: unit for unit_id, unit in storage.units.all().items() if campaign.rules.league_of(unit)}
    return Imported(read(rows, units), units, storage.indices.of(campaign_id).get(code, {}))


def keep_sheet(storage, claims, campaign_id: str, code: str, imported: Imported, now: datetime) -> Imported:
    """Replaces all values of the index, unless something is wrong. Raises NotOpen once the list is decided."""
    campaign = storage.campaigns.get(campaign_id)
    if campaign.state != "draft":
        campaign.require_open()
    if imported.sheet.findings or not imported.sheet.values:
        return imported
    told = {"code": code, "values": len(imported.sheet.values)}
    entry = Entry("index-imported", claims.user_id, now, campaign_id, f"{campaign_id}:{code}", after=told)
    storage.indices.keep(campaign_id, code, imported.sheet.values, entry)
    return Imported(imported.sheet, imported.units, imported.before, saved=True)


def counted(storage, claims, campaign_id: str) -> dict:
    """Which indices have values, and which rounds of the campaign's contests are fetched. Raises CampaignUnknown."""
    claims.require("organiser", "contest", campaign_id)
    campaign = storage.campaigns.get(campaign_id)
    kept = storage.indices.of(campaign_id)
    contests = {criterion.contest_id for _, criterion in campaign.rules.counted("contest")}
    told = [
        {"code": criterion.code, "text": criterion.text, "values": len(kept.get(criterion.code, ()))}
        for _, criterion in campaign.rules.counted("index")
    ]
    return {"indices": told, "rounds": storage.results.known(contests)}
