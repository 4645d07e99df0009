"""Failed sign-ins: after a few wrong passwords an identifier waits."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from hoithi_registration.domain.refusal import Refused

MOST_FAILURES = 5
WINDOW = timedelta(minutes=15)


class WrongPassword(Refused):
    """Identifier and password do not belong together; which of them is wrong is not said."""


class TooManyFailures(Refused):
    """The identifier must wait `retry_after` seconds (`minutes`, rounded up, for people)."""

    def __init__(self, retry_after: int):
        super().__init__(retry_after=retry_after, minutes=-(-retry_after // 60))


class TooManyCodes(TooManyFailures):
    """As TooManyFailures, for codes of the second factor."""


@dataclass(frozen=True)
class Tries:
    """Tries of one identifier since its first failure, the present one included, until `ends_at`."""

    count: int
    ends_at: datetime

    def check(self, now: datetime, refusal: type[TooManyFailures] = TooManyFailures, most: int = MOST_FAILURES) -> None:
        """Raise the refusal after `most` in the WINDOW."""
        if self.count > most:
            raise refusal(max(1, round((self.ends_at - now).total_seconds())))


def key_of(identifier: str) -> str:
    """Under which tries are counted: the identifier itself is not kept."""
    return hashlib.sha256(identifier.encode()).hexdigest()
