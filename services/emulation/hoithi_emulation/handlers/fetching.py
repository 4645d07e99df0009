"""Official results, fetched from scoring, counted when its signature fits."""

from collections.abc import Iterator
from datetime import datetime

from hoithi_emulation.domain.refusals import NotGenuine
from hoithi_emulation.domain.results import Seal, checked


def missing(storage) -> list[str]:
    """Official rounds whose results are not here: of contests that an undecided campaign counts, for results are large."""
    counted = {
        criterion.contest_id
        for campaign in storage.campaigns.all()
        if campaign.state != "decided"
        for criterion in campaign.rules.collective
        if criterion.how == "contest"
    }
    return [round_id for round_id, contest_id in storage.results.wanted() if contest_id in counted]


def fetch_due(storage, source, seal: Seal, now: datetime) -> Iterator[str]:
    """Try what is missing; how each ended: "fetched", "refused" (not genuine) or "away" (asked again later)."""
    for round_id in missing(storage):
        yield _fetch(storage, source, seal, round_id, now)


def _fetch(storage, source, seal: Seal, round_id: str, now: datetime) -> str:
    try:
        with source.results(round_id) as lines:
            found = checked(seal, source.signature(round_id), round_id, lines, now)
    except NotGenuine as error:
        storage.results.note_trouble(round_id, str(error), now)
        return "refused"
    except OSError as error:
        storage.results.note_trouble(round_id, f"scoring does not answer: {error}", now)
        return "away"
    storage.results.keep(found)
    return "fetched"
