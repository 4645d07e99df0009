"""A round with people in every commune and on several days, as scoring hears of it from exam and registration."""

import random
from datetime import UTC, datetime, timedelta

import eventlet

from hoithi_contracts.exam import AttemptSubmitted, Key, WeekClosed, WeekOpened
from hoithi_contracts.registration import UserRegistered
from hoithi_scoring.domain.privacy import Pseudonyms
from hoithi_scoring.handlers import listening
from hoithi_scoring.storage import Storage

QUESTIONS = 15
BATCH, AT_ONCE = 200, 20
NAMES = Pseudonyms(b"the crowd of a browser test")


def sizes(units: list[str]) -> dict[str, int]:
    """Unit -> how many take part: some many, some fewer than ten, the last few nobody."""
    return {unit_id: max(0, 90 // (1 + place // 3) - place // 40) for place, unit_id in enumerate(units)}


def opened(storage: Storage, round_id: str, since: timedelta) -> None:
    """As exam tells that the round opened so long ago, with keys of its own."""
    plan, opens_at = storage.rounds.get(round_id), datetime.now(UTC) - since
    keys = {f"q.{number:02d}": Key("b") for number in range(2 * QUESTIONS)}
    told = WeekOpened(
        round_id=round_id, contest_id=plan.contest_id, number=plan.number, title=plan.title, opens_at=opens_at,
        closes_at=datetime.now(UTC), rules=plan.rules, rules_version=1, paper_size=QUESTIONS, keys=keys,
    )  # fmt: skip
    listening.open_week(storage, told, opens_at)


def closed(storage: Storage, round_id: str, papers: int) -> None:
    """As exam tells that the round closed with so many papers."""
    plan, now = storage.rounds.get(round_id), datetime.now(UTC)
    about = {"round_id": round_id, "contest_id": plan.contest_id, "number": plan.number}
    listening.close_week(storage, WeekClosed(**about, attempts=papers, closed_at=now), now)


def come(storage: Storage, round_id: str, people: dict[str, int], who: str = "") -> int:
    """One paper of each person; half as many more have an account and do not come. Gives how many papers there are.

    `who`: the same people in every round where it is the same.
    """
    dice, round_ = random.Random(round_id), storage.rounds.get(round_id)
    _, keys = storage.rounds.key_tables([round_id])[round_id]
    crowd, events = [], []
    for unit_id, count in people.items():
        for number in range(count + count // 2):
            user_id = f"{who or round_id}-{unit_id}-{number}"
            crowd.append(_person(user_id, unit_id, round_.opens_at))
            if number < count:
                events.append(_paper(dice, round_, user_id, unit_id, keys))
    for _ in eventlet.GreenPool(AT_ONCE).imap(storage.people.keep, crowd):
        pass
    for start in range(0, len(events), BATCH):
        listening.keep_attempts(storage, NAMES, events[start : start + BATCH], round_.opens_at)
    return len(events)


def _person(user_id: str, unit_id: str, at: datetime) -> UserRegistered:
    told = {"name": "Giàng Thị Dính", "division": "citizens", "email": "dinh@hoithi.example", "phone": None}
    return UserRegistered(user_id=user_id, revision=1, unit_id=unit_id, registered_at=at, **told)


def _paper(dice: random.Random, round_, user_id: str, unit_id: str, keys: dict) -> AttemptSubmitted:
    """Most come on the first days; one in ten lets the time run out."""
    span = (datetime.now(UTC) - round_.opens_at).total_seconds() - 1200
    started = round_.opens_at + timedelta(seconds=int(span * dice.random() ** 1.7))
    questions, skill = dice.sample(sorted(keys), QUESTIONS), dice.betavariate(5, 2)
    answers = {each: keys[each][0] if dice.random() < skill else "" for each in questions}
    return AttemptSubmitted(
        attempt_id=f"{round_.round_id}:{user_id}:1", contest_id=round_.contest_id, round_id=round_.round_id,
        user_id=user_id, unit_id=unit_id, division="citizens", number=1, started_at=started,
        submitted_at=started + timedelta(minutes=9), duration_ms=540_000, late=False,
        by="person" if dice.random() < 0.9 else "server", questions=questions, answers=answers,
        answers_digest=f"{dice.getrandbits(256):064x}", registered_at=round_.opens_at,
    )  # fmt: skip
