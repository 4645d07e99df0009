"""Arrivals by channel: counted in memory, flushed by the door's timer (docs/decisions/0093)."""

from collections import OrderedDict
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hoithi_exam.domain.channels import Channel, channels

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
NEW = timedelta(minutes=15)
MOST_REMEMBERED = 20_000


class Newcomers:
    """Whose joining this process has counted: an account counts once. In memory, for as long as the account is new."""

    def __init__(self):
        self.counted: OrderedDict[str, datetime] = OrderedDict()

    def is_first(self, person, now: datetime) -> bool:
        """Whether the account is new and was not counted here; it is from now on."""
        while self.counted and (len(self.counted) >= MOST_REMEMBERED or now - next(iter(self.counted.values())) > NEW):
            self.counted.popitem(last=False)
        if now - person.registered_at > NEW or person.user_id in self.counted:
            return False
        self.counted[person.user_id] = now
        return True


def count_visit(storage, contest_id: str, code: str, now: datetime) -> None:
    """Somebody opened the contest by a channel's link. Raises UnknownContest."""
    _count(storage, storage.contests.published(contest_id).contest_id, code, "visits", now)


def count_join(storage, newcomers: Newcomers, person, contest_id: str, code: str, now: datetime) -> None:
    """Somebody who came by a channel made an account. Raises UnknownContest."""
    contest = storage.contests.published(contest_id)
    if newcomers.is_first(person, now):
        _count(storage, contest.contest_id, code, "joins", now)


def count_start(storage, contest_id: str, code: str, now: datetime) -> None:
    """A paper was begun in a visit by a channel."""
    _count(storage, contest_id, code, "starts", now)


def show_channels(storage, contest_id: str) -> list[Channel]:
    """What was flushed so far, small groups hidden. Raises UnknownContest."""
    storage.contests.get(contest_id)
    found = storage.channels.days(contest_id)
    return channels((each.day, each.code, each.what, each.count) for each in found)


def _count(storage, contest_id: str, code: str, what: str, now: datetime) -> None:
    storage.channels.count(contest_id, code.lower(), what, now.astimezone(HERE).date())
