"""What outsiders may know of a person: a pseudonym, the last digits of a phone number."""

import hashlib
import hmac
from dataclasses import dataclass, field

# Figures that show, while a round runs, the number people are asked to predict.
TELLING = {"participants", "attempts", "percentage"}


def pseudonym(secret: bytes, contest_id: str, user_id: str) -> str:
    """16 hexadecimal digits that stand for a person within one contest; without the secret nobody can trace it."""
    return hmac.digest(secret, f"{contest_id}\n{user_id}".encode(), hashlib.sha256).hex()[:16]


@dataclass(frozen=True)
class Pseudonyms:
    """`pseudonym` with the platform's secret, which must not change while a contest has results to show."""

    secret: bytes = field(repr=False)

    def of(self, contest_id: str, user_id: str) -> str:
        return pseudonym(self.secret, contest_id, user_id)


def masked(phone: str | None) -> str | None:
    """The last three digits: enough to tell two people of one name apart in one unit."""
    digits = [sign for sign in phone or "" if sign.isdigit()]
    return "*" * max(len(digits) - 3, 0) + "".join(digits[-3:]) if digits else None


def participation_is_public(prediction: str) -> bool:
    """Whether anybody may see how many took part while the round still runs."""
    return prediction not in TELLING
