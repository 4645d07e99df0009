"""Imported values of indices: one document per campaign and criterion, replaced as a whole."""

from hoithi_store import Audit, Entry


class Indices:
    def __init__(self, indices, audit: Audit):
        self.indices, self.audit = indices, audit

    def of(self, campaign_id: str) -> dict[str, dict[str, float]]:
        """Criterion -> unit -> value."""
        found = self.indices.find({"campaign_id": campaign_id})
        return {each["code"]: {pair["unit_id"]: pair["value"] for pair in each["values"]} for each in found}

    def keep(self, campaign_id: str, code: str, values: dict[str, float], entry: Entry) -> None:
        # Units' ids may hold dots: pairs, not names of fields.
        pairs = [{"unit_id": unit_id, "value": value} for unit_id, value in sorted(values.items())]
        document = {"campaign_id": campaign_id, "code": code, "values": pairs, "imported_at": entry.at}

        def write(session) -> bool:
            return self.indices.replace_one({"_id": f"{campaign_id}:{code}"}, document, upsert=True, session=session).acknowledged

        self.audit.with_change(write, entry)
