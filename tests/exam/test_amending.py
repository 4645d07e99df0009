"""A published contest is amended forward only, its coming rounds with it, in one step with the notice and the log."""

from datetime import timedelta

import pytest

from exam.making import MINUTE, NOON, bank
from hoithi_exam.domain.contest import AmendmentRefused, NothingChanged, NotPublished, NotReady
from hoithi_exam.handlers import clock
from hoithi_exam.handlers.amending import amend_contest
from hoithi_exam.handlers.contests import create_contest

WHY = {"reason": "lũ", "notice": "Vòng 2 lùi lại một ngày."}
DAY = timedelta(days=1)


def amend(storage, now=NOON, **body):
    return amend_contest(storage, lambda told, kind: "signed", "hg", {**WHY, **body}, "boss", "vi", now)


def window(number=2, later=DAY, longer=timedelta()):
    opens = NOON + (number - 1) * 60 * MINUTE + later
    return {str(number): {"opens_at": opens, "closes_at": opens + 60 * MINUTE + longer}}


def test_a_coming_round_moves_with_its_contest(storage, published, told):
    published(rounds=2)
    found = amend(storage, now=NOON - MINUTE, title="Tên mới", rounds=window())
    assert storage.contests.get("hg") == found and found.title == "Tên mới" and found.revision == 2
    moved = storage.rounds.get("hg-w2")
    assert (moved.opens_at, moved.closes_at) == (found.rounds[1].opens_at, found.rounds[1].closes_at)
    assert [each["revision"] for each in told("contest-published")] == [1, 2]
    assert told("contest-published")[1]["rounds"][1]["opens_at"].startswith("2026-11-24T06:00")


def test_the_notice_is_kept_signed_and_the_log_says_before_and_after(storage, published):
    published(rounds=2)
    last = amend(storage, now=NOON - MINUTE / 2, title="Tên mới").amendments[-1]
    assert (last.revision, last.signature, last.changes) == (2, "signed", {"title": {"before": "Cuộc thi", "after": "Tên mới"}})
    entry = storage.audit.page(["hg"], None, 1)[0]
    assert (entry.what, entry.by, entry.reason) == ("contest-amended", "boss", "lũ")
    assert (entry.before, entry.after) == ({"title": "Cuộc thi"}, {"title": "Tên mới"})


@pytest.mark.parametrize(
    ("rounds", "field", "reason"),
    [
        (window(later=-MINUTE), "rounds.2.opens_at", "never-earlier"),
        (window(longer=-MINUTE), "rounds.2.closes_at", "never-shorter"),
        (window(number=1), "rounds.1", "round-has-opened"),
    ],
)
def test_nothing_goes_backwards(storage, published, rounds, field, reason):
    published(rounds=2)
    clock.tick(storage, NOON)
    with pytest.raises(AmendmentRefused) as caught:
        amend(storage, now=NOON, rounds=rounds)
    assert caught.value.fields[field] == reason


def test_rounds_must_not_overlap_after_an_amendment(storage, published):
    published(rounds=3)
    with pytest.raises(NotReady):
        amend(storage, now=NOON - MINUTE, rounds=window(later=30 * MINUTE))


def test_a_draft_is_not_amended_and_nothing_is_no_amendment(storage, published):
    storage.banks.add(bank(), "boss", NOON)
    create_contest(storage, {"contest_id": "hg", "title": "Cuộc thi"}, NOON)
    with pytest.raises(NotPublished):
        amend(storage, title="Khác")


def test_an_amendment_that_says_nothing_new_is_refused(storage, published):
    published()
    with pytest.raises(NothingChanged):
        amend(storage, now=NOON - MINUTE, title="Cuộc thi")


def test_when_a_round_opens_meanwhile_nothing_of_the_amendment_stays(storage, published):
    published(rounds=2)
    before, round_ = storage.contests.get("hg"), storage.rounds.get("hg-w1")
    moved = before.amend("Khác", before.rounds, "r", "n", NOON - MINUTE)
    clock.tick(storage, NOON)
    later = round_.replanned(before.rounds[1])
    entry = storage.audit.page(None, None, 1)[0]
    assert not storage.amend(before, moved, [(round_, later)], moved.announcement(), NOON, entry)
    assert storage.contests.get("hg") == before and len(storage.audit.page(["hg"], None, 9)) == 2
