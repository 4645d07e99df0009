"""A contest in exam's real database."""

from datetime import UTC, datetime, timedelta

import pytest

from exam import making
from hoithi_exam.domain.rules import plain
from hoithi_exam.handlers import clock
from hoithi_exam.handlers.contests import create_contest, publish_contest
from hoithi_exam.storage import Storage
from hoithi_store.outbox import unpacked


@pytest.fixture
def storage(database) -> Storage:
    """Real, with a memory and a fence of hardly any length."""
    made = Storage(database, round_memory_s=0.0, fence_s=0.0, pace_s=0.0)
    made.ensure_indexes()
    return made


@pytest.fixture
def published(storage):
    """`published(opens_at, length, **rules)`: a published contest "hg" of one or more rounds of that length."""

    def make(opens_at=making.NOON, length=60 * making.MINUTE, rounds=1, now=None, into=None, **rules):
        kept = into or storage
        kept.banks.add(making.bank(), "organiser", making.NOON)
        windows = [{"opens_at": opens_at + n * length, "closes_at": opens_at + (n + 1) * length} for n in range(rounds)]
        body = {"contest_id": "hg", "title": "Cuộc thi", "rules": plain(making.rules(**rules)), "rounds": windows}
        before = now or opens_at - making.MINUTE
        create_contest(kept, body, before)
        return publish_contest(kept, "hg", "en", before)

    return make


@pytest.fixture
def opened(storage, published):
    """`opened(...)`: the same, with its first round open; returns the round."""

    def make(opens_at=making.NOON, **more):
        published(opens_at, **more)
        clock.tick(storage, opens_at)
        return storage.rounds.get("hg-w1")

    return make


@pytest.fixture
def just_opened(opened):
    """`just_opened(...)`: open since a second before the real now."""
    return lambda **more: opened(datetime.now(UTC).replace(microsecond=0) - timedelta(seconds=1), **more)


@pytest.fixture
def told(database):
    """`told("week-opened")`: the data of what waits in the outboxes, by time."""

    def find(event_type: str) -> list[dict]:
        envelopes = [
            unpacked(stored)
            for name in ("contests", "rounds", "attempts")
            for document in database[name].find({"outbox": {"$exists": True}})
            for stored in document["outbox"]
        ]
        return [each["data"] for each in sorted(envelopes, key=lambda each: each["time"]) if each["type"] == event_type]

    return find
