"""Who stands where: by total, then by the criteria of the tie-break; equal ones share a place (1, 1, 3)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from hoithi_emulation.domain.assessment import Assessment
from hoithi_emulation.domain.campaign import Campaign
from hoithi_emulation.domain.criteria import exact

ABOUT = ("assessment_id", "kind", "participant_id", "name", "unit_id", "league", "position")


@dataclass(frozen=True)
class Row:
    """One confirmed assessment. `points`: criterion -> points; `key` sorts, and is equal where a place is shared."""

    assessment_id: str
    kind: str
    participant_id: str
    name: str
    unit_id: str
    league: str
    position: str
    points: Mapping[str, float]
    total: float
    key: tuple[float, ...]
    place: int = 0


def ranked(campaign: Campaign, assessments: Iterable[Assessment], values: Mapping[tuple[str, str], float]) -> list[Row]:
    """Rows by kind, league and place. `values`: (assessment id, criterion) -> what the platform counted."""
    rows = [_row(campaign, each, values) for each in assessments if each.state == "confirmed"]
    groups = defaultdict(list)
    for row in rows:
        groups[row.kind, row.league].append(row)
    order = {league.code: place for place, league in enumerate(campaign.rules.leagues)}
    return [row for key in sorted(groups, key=lambda key: (key[0], order.get(key[1], -1))) for row in placed(groups[key])]


def _row(campaign: Campaign, found: Assessment, values) -> Row:
    counted = {
        each.code: each.worth(values.get((found.assessment_id, each.code)))
        for each in campaign.rules.criteria(found.kind)
        if not each.is_claimed
    }
    points = {**found.points(campaign), **counted}
    total = exact(sum(points.values()))
    key = (-total, *(-points[code] for code in campaign.rules.tie_break if code in points))
    about = {
        name: getattr(found, name)
        for name in ("assessment_id", "kind", "participant_id", "name", "unit_id", "league", "position")
    }
    return Row(**about, points=points, total=total, key=key)


def placed(rows: Iterable[Row]) -> list[Row]:
    """The rows in order, with places."""
    made: list[Row] = []
    for number, row in enumerate(sorted(rows, key=lambda row: (row.key, row.assessment_id)), 1):
        shared = made and made[-1].key == row.key
        made.append(replace(row, place=made[-1].place if shared else number))
    return made
