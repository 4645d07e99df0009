"""From an occasion to one delivery per person, a page at a time."""

from datetime import datetime, timedelta

from hoithi_notify.domain.deliveries import Delivery, delivery_to
from hoithi_notify.domain.occasions import Occasion, is_too_late
from hoithi_notify.domain.people import Contact

PAGE = 1000
CLAIM_S = 60
ASK_AGAIN = timedelta(seconds=10)


def spread(storage, now: datetime, most: int = PAGE) -> list[Delivery] | None:
    """One page of the occasion that waits longest; the deliveries that were made, None when nothing waits.

    A crash repeats the page: the deliveries are there already, the cursor and the counts move once.
    """
    claimed = storage.occasions.claim(now, CLAIM_S)
    if claimed is None:
        return None
    occasion, claim = claimed
    contest = storage.rounds.contests_among([occasion.contest_id]).get(occasion.contest_id)
    round_ = storage.rounds.among([occasion.round_id]).get(occasion.round_id) if occasion.round_id else None
    if not occasion.is_ready(contest, round_, now):
        storage.occasions.advance(occasion, claim, now + ASK_AGAIN)
        return []
    if is_too_late(occasion.name, occasion.noted_at, round_, now):
        storage.occasions.advance(occasion.dropped("too-late"), claim, now)
        return []
    return _page(storage, occasion, claim, now, most)


def _page(storage, occasion: Occasion, claim: str, now: datetime, most: int) -> list[Delivery]:
    audience = _audience(storage, occasion, most)
    letters = [delivery_to(occasion, user_id, person, now) for user_id, person in audience]
    made = storage.deliveries.add([letter for letter in letters if letter])
    reached = sum(1 for letter in letters if letter and letter.state == "queued")
    without = sum(1 for _, person in audience if person and not person.erased_at and not person.address)
    cursor = audience[-1][0] if audience else occasion.cursor
    storage.occasions.advance(occasion.onward(cursor, reached, without, last=len(audience) < most), claim, now)
    return made


def _audience(storage, occasion: Occasion, most: int) -> list[tuple[str, Contact | None]]:
    """The next people after the cursor. Of a list also those not known yet: their registration may be on its way."""
    if occasion.user_ids is None:
        page = storage.contacts.page(occasion.cursor, occasion.audience_before, most)
        return [(person.user_id, person) for person in page]
    next_ids = sorted(user_id for user_id in occasion.user_ids if user_id > occasion.cursor)[:most]
    known = storage.contacts.among(next_ids)
    return [(user_id, known.get(user_id)) for user_id in next_ids]
