"""Certificates: their codes, and what one is worth today.

A certificate says what the results said on the day it was printed. Its code leads to the register, and the register to the
results as they are now: the paper cannot be changed, the answer can (docs/decisions/0090).
"""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from hoithi_scoring.domain.ranking import Row
from hoithi_scoring.domain.season import SeasonRow

# Crockford's base 32: no I, L, O, U, which are read as something else.
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans("ILO", "110")
LENGTH = 12  # 60 bits: nobody finds one by trying


def code(secret: bytes, scope: str, person: str) -> str:
    """The number of a person's certificate in a scope (a round, or the season of a contest): always the same one."""
    number = int.from_bytes(hmac.digest(secret, f"certificate\n{scope}\n{person}".encode(), hashlib.sha256)[:8])
    return grouped("".join(DIGITS[number >> 5 * place & 31] for place in range(LENGTH)))


def grouped(digits: str) -> str:
    """7K4M-2QXR-9D3T"""
    return "-".join(digits[start : start + 4] for start in range(0, LENGTH, 4))


def as_read(text: str) -> str:
    """A code as people type it: small letters, spaces, O for 0."""
    digits = "".join(sign for sign in text.upper() if sign.isalnum()).translate(MISREAD)
    return grouped(digits[: LENGTH + 1]) if len(digits) == LENGTH else ""


@dataclass(frozen=True)
class Standing:
    """What results say of a person, as far as a certificate shows it. `right` and `rounds`: of a round, of a season.

    Of a unit: `division` is its block, `participants` and `rate_percent` are what it is honoured for.
    """

    place: int
    division_place: int
    division: str
    points: int
    duration_ms: int
    prize: str | None = None
    right: int | None = None
    rounds: int | None = None
    participants: int | None = None
    rate_percent: str | None = None

    @classmethod
    def of(cls, row: Row | SeasonRow, prize: str | None) -> "Standing":
        more = {"rounds": row.rounds} if isinstance(row, SeasonRow) else {"right": row.right}
        return cls(row.place, row.division_place, row.division, row.points, row.duration_ms, prize, **more)


@dataclass(frozen=True)
class Issue:
    """A certificate as it was printed for the first time with this content."""

    at: datetime
    standing: Standing


@dataclass(frozen=True)
class Certificate:
    """An entry of the register: whose, about what, and everything it ever said. No name (docs/decisions/0030)."""

    code: str
    scope: str
    contest_id: str
    round_id: str | None
    person: str
    user_id: str
    issues: tuple[Issue, ...] = ()

    def issued(self, standing: Standing, now: datetime) -> "Certificate":
        """Printed with this content; again is quiet."""
        if self.issues and self.issues[-1].standing == standing:
            return self
        return replace(self, issues=(*self.issues, Issue(now, standing)))

    def earlier(self, standing: Standing) -> list[Issue]:
        """What was printed and is not so any more, the latest first."""
        return [issue for issue in reversed(self.issues) if issue.standing != standing]

    def state(self, standing: Standing | None, erased: bool) -> str:
        """valid; corrected: other content was printed before; withdrawn: no result any more; erased: the person asked so."""
        if erased:
            return "erased"
        if standing is None:
            return "withdrawn"
        return "corrected" if self.earlier(standing) else "valid"


def pieces(people: int, size: int) -> Iterable[range]:
    """The positions of `people` in pieces of `size`."""
    return [range(start, min(start + size, people)) for start in range(0, people, size)]
