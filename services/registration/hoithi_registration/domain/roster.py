"""Rosters: how many people each unit has, agreed before a contest and then fixed."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from hoithi_contracts.registration import RosterFrozen
from hoithi_registration.domain.refusal import NotAcceptable, Refused, refuse_if

CONTEST_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,79}")


class RosterIsFrozen(Refused):
    """The roster is official: the figures that prizes depend on do not change any more."""


class RosterIsEmpty(Refused):
    """There is nothing to make official."""


@dataclass(frozen=True)
class Roster:
    """Headcount by unit of one contest (a unit's own people, without the units below). Revision 0 was never saved."""

    contest_id: str
    revision: int = 0
    headcounts: dict[str, int] | None = None
    changed_by: str | None = None
    changed_at: datetime | None = None
    frozen_by: str | None = None
    frozen_at: datetime | None = None

    @property
    def state(self) -> str:
        return "frozen" if self.frozen_at else "draft"

    @property
    def rows(self) -> list[dict]:
        """As the door shows them, by unit id."""
        return [{"unit_id": unit_id, "headcount": count} for unit_id, count in sorted((self.headcounts or {}).items())]

    def drafted(self, rows: list[dict], actor_id: str, now: datetime) -> "Roster":
        """The draft with these rows instead of the former ones."""
        if self.frozen_at:
            raise RosterIsFrozen(frozen_at=self.frozen_at)
        if not CONTEST_ID.fullmatch(self.contest_id):
            raise NotAcceptable({"contest_id": "not-an-identifier"})
        refuse_if(_doubles(rows))
        headcounts = {row["unit_id"]: row["headcount"] for row in rows}
        return replace(self, revision=self.revision + 1, headcounts=headcounts, changed_by=actor_id, changed_at=now)

    def merged(self, headcounts: dict[str, int], actor_id: str, now: datetime) -> "Roster":
        """The draft with these headcounts; other units keep theirs. The same object when nothing differs."""
        after = {**(self.headcounts or {}), **headcounts}
        if after == self.headcounts and not self.frozen_at:
            return self
        rows = [{"unit_id": unit_id, "headcount": count} for unit_id, count in after.items()]
        return self.drafted(rows, actor_id, now)

    def frozen(self, actor_id: str, now: datetime) -> "Roster":
        """The official roster; the same object when it already is."""
        if self.frozen_at:
            return self
        if not self.headcounts:
            raise RosterIsEmpty()
        return replace(self, revision=self.revision + 1, frozen_by=actor_id, frozen_at=now)

    def facts(self) -> list[RosterFrozen]:
        """One event per unit."""
        return [self._fact(unit_id, headcount) for unit_id, headcount in self.headcounts.items()]

    def _fact(self, unit_id: str, headcount: int) -> RosterFrozen:
        return RosterFrozen(
            roster_id=f"{self.contest_id}:{unit_id}",
            revision=self.revision,
            contest_id=self.contest_id,
            unit_id=unit_id,
            headcount=headcount,
            frozen_at=self.frozen_at,
        )


def _doubles(rows: list[dict]) -> dict[str, str]:
    reasons, seen = {}, set()
    for at, row in enumerate(rows):
        if row["unit_id"] in seen:
            reasons[f"rows.{at}.unit_id"] = f"twice:{row['unit_id']}"
        seen.add(row["unit_id"])
    return reasons
