"""Marks by which another service finds accounts that may be one person's, without the data they are made of.

A mark is a keyed digest (HMAC-SHA-256, 96 bits): equal data give equal marks, and without the key nobody can try names and
birth dates until one fits. Equal marks prove nothing - people share names and birthdays -, they say where a person should look.
"""

import hashlib
import hmac
from datetime import date

from hoithi_contracts.names import folded

DIGITS = 24
DERIVED_FOR = b"marks of identity"
# Providers that deliver "a.b@" and "ab@" to one mailbox; the second is another name of the first.
WITHOUT_DOTS = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}


class Marks:
    """`secret`: of this service; the key is derived from it, for this purpose alone."""

    def __init__(self, secret: bytes):
        self._key = hmac.digest(secret, DERIVED_FOR, hashlib.sha256)

    def of(self, name: str, birth_date: date | None, email: str | None) -> dict[str, str | None]:
        """What goes with the event about a person; None where there is nothing to compare."""
        who = f"{folded(name)}\n{birth_date.isoformat()}" if birth_date else None
        return {"identity_mark": self._mark("identity", who), "mailbox_mark": self._mark("mailbox", email and mailbox(email))}

    def _mark(self, purpose: str, what: str | None) -> str | None:
        return hmac.digest(self._key, f"{purpose}\n{what}".encode(), hashlib.sha256).hex()[:DIGITS] if what else None


def mailbox(email: str) -> str:
    """The address without what does not change where a letter arrives: "An.Binh+thi@gmail.com" -> "anbinh@gmail.com"."""
    local, _, host = email.lower().rpartition("@")
    local = local.partition("+")[0]
    if host in WITHOUT_DOTS:
        return f"{local.replace('.', '')}@{WITHOUT_DOTS[host]}"
    return f"{local}@{host}"
