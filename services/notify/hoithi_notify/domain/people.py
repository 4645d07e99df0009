"""Contacts: what notify keeps of a person, which is as little as a letter needs."""

import re
from dataclasses import dataclass
from datetime import datetime

LANGUAGES = ("vi", "en")
# Narrower than RFC 5321 on purpose: no quoted local parts, no address literals, nothing a header could trip over.
LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
HOST_NAME = re.compile(r"([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")


@dataclass(frozen=True)
class Contact:
    """A person who can be written to. Erased people keep a tombstone: id and `erased_at`, nothing else."""

    user_id: str
    revision: int
    name: str = ""
    email: str | None = None
    language: str = "vi"
    registered_at: datetime | None = None
    erased_at: datetime | None = None

    @property
    def address(self) -> str | None:
        """The e-mail address in the form it goes on the wire, or None when there is none that works."""
        return usable(self.email)


def contact_of(event) -> Contact:
    """The contact a user-registered or user-updated event tells of. The phone number is not kept: no channel uses it."""
    return Contact(
        user_id=event.user_id,
        revision=event.revision,
        name=event.name,
        email=event.email or None,
        language=spoken(event.language),
        registered_at=event.registered_at,
    )


def spoken(language: str) -> str:
    """The language letters are written in: the person's own if we have it, Vietnamese otherwise."""
    return language if language in LANGUAGES else LANGUAGES[0]


def usable(email: str | None) -> str | None:
    """`email` with its domain in ASCII (IDNA), or None if no SMTP server could be handed it."""
    local, _, host = (email or "").rpartition("@")
    host = _ascii(host)
    if len(local) > 64 or len(local) + len(host) > 253:
        return None
    return f"{local}@{host}" if LOCAL_PART.fullmatch(local) and HOST_NAME.fullmatch(host) else None


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def masked(address: str | None) -> str | None:
    """For eyes that need to recognise an address, not to use it: "an***@gmail.com"."""
    if not address:
        return None
    local, _, host = address.rpartition("@")
    return f"{local[: min(2, len(local) - 1)]}***@{host}"
