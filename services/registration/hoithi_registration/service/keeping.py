"""Who looks whether people's time is over: one worker at a time, until everybody was looked at, then after an hour again."""

import os
import sys
import time
import uuid
from datetime import datetime

from hoithi_registration.handlers import retention
from hoithi_registration.handlers.retention import Swept
from hoithi_registration.storage import open_storage

LEASE_S = 180
REST_S = 3600
NOTHING = Swept(0, 0, True)


class Keeper:
    """One per process. The rest is only for quiet: who begins anew looks at once, and finds the same."""

    def __init__(self, config: dict):
        self.storage, self.months = open_storage(config), months_of(config)
        self.owner = f"{os.uname().nodename}:{os.getpid()}:{uuid.uuid4().hex[:6]}"
        self.rests_until = 0.0

    def turn(self, now: datetime) -> Swept:
        """Some of the work, unless another worker does it or there was none a moment ago."""
        if time.monotonic() < self.rests_until:
            return NOTHING
        with self.storage.lease.turn("retention", self.owner, LEASE_S) as mine:
            return self._sweep(now) if mine else NOTHING

    def _sweep(self, now: datetime) -> Swept:
        # A wrong clock would erase people too early, which nothing can mend.
        self.storage.require_right_clock(now)
        swept = retention.sweep(self.storage, self.months, now)
        self.rests_until = time.monotonic() + REST_S if swept.finished else 0.0
        return swept


def months_of(config: dict) -> int:
    """How many months people are kept; stops the start when it is no such number."""
    text = str(config.get("RETENTION_MONTHS") or 12)
    if not text.isdecimal() or not 1 <= int(text) <= 120:
        sys.exit(f"hoithi: RETENTION_MONTHS must be a number of months from 1 to 120, not {text!r}.")
    return int(text)
