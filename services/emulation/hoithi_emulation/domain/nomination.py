"""Nomination for awards: by quota and least points; the organiser adds and leaves out, with reasons.

Awards are gone through in the order of the rules, the highest first; everybody is nominated once. Equal ones at the quota's
edge are nominated all or not at all: where they do not all fit, none is, and the organiser decides.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter

import orjson

from hoithi_contracts.emulation import AwardCount, AwardsNominated
from hoithi_emulation.domain.campaign import Campaign
from hoithi_emulation.domain.ranking import Row, placed
from hoithi_emulation.domain.rules import Award

ACTS = ("add", "leave-out", "undo")


@dataclass(frozen=True)
class Change:
    """What an organiser decided beside the rules; the last one about a participant and an award counts."""

    assessment_id: str
    award: str
    act: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Nominee:
    """`how`: rules or added. `place`: among those it competes with."""

    award: str
    row: Row
    how: str
    reason: str = ""


@dataclass(frozen=True)
class PassedOver:
    """Why somebody near an award is not nominated: left-out (with the reason) or tied at the quota's edge."""

    award: str
    row: Row
    why: str
    reason: str = ""


@dataclass(frozen=True)
class Nominations:
    nominees: tuple[Nominee, ...]
    passed_over: tuple[PassedOver, ...]


def nominate(campaign: Campaign, rows: Iterable[Row], changes: Iterable[Change]) -> Nominations:
    rows, standing = list(rows), {(each.assessment_id, each.award): each for each in changes}
    added = {key[0]: key[1] for key, each in standing.items() if each.act == "add"}
    nominees: list[Nominee] = []
    passed: list[PassedOver] = []
    for award in campaign.rules.awards:
        taken = {each.row.assessment_id for each in nominees}
        for group in _groups(award, rows):
            free = [row for row in group if row.assessment_id not in taken]
            free = [row for row in free if added.get(row.assessment_id, award.code) == award.code]
            found = _of_group(award, free, award.room(len(group)), standing)
            nominees += found.nominees
            passed += found.passed_over
    return Nominations(tuple(nominees), tuple(passed))


def _groups(award: Award, rows: list[Row]) -> list[list[Row]]:
    """Those who compete for the same quota, with their places among each other."""
    groups = defaultdict(list)
    for row in rows:
        if row.kind == award.subject:
            groups[{"league": row.league, "unit": row.unit_id}.get(award.within, "")].append(row)
    return [placed(groups[key]) for key in sorted(groups)]


def _of_group(award: Award, rows: list[Row], room: int, standing: dict) -> Nominations:
    acts = {row.assessment_id: standing.get((row.assessment_id, award.code)) for row in rows}
    by_act = {act: [row for row in rows if (kept := acts[row.assessment_id]) and kept.act == act] for act in ("add", "leave-out")}
    chosen = [Nominee(award.code, row, "added", acts[row.assessment_id].reason) for row in by_act["add"]]
    left = [PassedOver(award.code, row, "left-out", acts[row.assessment_id].reason) for row in by_act["leave-out"]]
    able = [row for row in rows if row not in by_act["add"] and row not in by_act["leave-out"]]
    picked, tied = _by_quota([row for row in able if row.total >= award.least_points], room - len(chosen))
    chosen += [Nominee(award.code, row, "rules") for row in picked]
    left += [PassedOver(award.code, row, "tied") for row in tied]
    return Nominations(tuple(sorted(chosen, key=lambda each: each.row.place)), tuple(left))


def _by_quota(rows: list[Row], room: int) -> tuple[list[Row], list[Row]]:
    """(those for whom there is room, those equal at its edge)."""
    picked: list[Row] = []
    for _, equal in groupby(rows, key=attrgetter("place")):
        together = list(equal)
        if len(picked) + len(together) > room:
            return picked, together if len(picked) < room else []
        picked += together
    return picked, []


def digest(nominees: Iterable[Nominee]) -> str:
    """SHA-256 of the list: award, participant, total, in the order of the list."""
    told = [[each.award, each.row.assessment_id, each.row.total] for each in nominees]
    return hashlib.sha256(orjson.dumps(told)).hexdigest()


def nominated_event(
    campaign: Campaign, nominees: Iterable[Nominee], user_ids: list[str], own_user_ids: list[str]
) -> AwardsNominated:
    """`own_user_ids`: who wrote only about itself."""
    listed = list(nominees)
    counts = [
        AwardCount(award.code, award.name, award.subject, sum(each.award == award.code for each in listed))
        for award in campaign.rules.awards
    ]
    return AwardsNominated(
        campaign_id=campaign.campaign_id, title=campaign.title, awards=counts, digest=campaign.digest,
        decided_at=campaign.decided_at, user_ids=user_ids, own_user_ids=own_user_ids,
    )  # fmt: skip
