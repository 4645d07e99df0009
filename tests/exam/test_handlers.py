"""Use cases against a stand-in of the storage: what is read, what is written, what is done again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from exam.making import MINUTE, NOON, Someone, bank, contest, round_, rules
from hoithi_exam.domain.attempt import AlreadySubmitted, NotYourAttempt, SavedElsewhere, TimeOver, UnknownAttempt
from hoithi_exam.domain.bank.text import write
from hoithi_exam.domain.contest import ChangedMeanwhile, ContestFixed
from hoithi_exam.domain.paper import press
from hoithi_exam.domain.versions import BankRefused, OtherBank
from hoithi_exam.handlers import attempts, banks, clock, contests
from hoithi_exam.handlers.attempts import start_attempt, submit_attempt


class FakeAttempts:
    """A dictionary with the conditions of the real collection. `before_write` plays somebody who is quicker."""

    def __init__(self):
        self.kept, self.events, self.reads, self.writes = {}, [], 0, 0
        self.before_write = lambda: None

    def get(self, attempt_id):
        self.reads += 1
        if attempt_id not in self.kept:
            raise UnknownAttempt()
        return self.kept[attempt_id]

    def remembered(self, attempt_id):
        return self.get(attempt_id)

    def of(self, user_id, round_ids):
        self.reads += 1
        return [attempt for attempt in self.kept.values() if attempt.user_id == user_id and attempt.round_id in round_ids]

    def insert(self, attempt):
        self._quicker()
        return self.kept.setdefault(attempt.attempt_id, attempt) is attempt

    def save(self, before, after, changes):
        self._quicker()
        known = self.kept[before.attempt_id]
        if known.state != "open" or (after.seq != before.seq and known.seq >= after.seq):
            return False
        merged = {**known.answers, **changes}
        self.kept[before.attempt_id] = replace(
            known, answers=merged, saves=known.saves + 1, saved_at=after.saved_at, seq=after.seq
        )
        return True

    def submit(self, before, after, fact, now):
        self._quicker()
        known = self.kept[before.attempt_id]
        if (known.state, known.saves) != ("open", before.saves):
            return False
        self.kept[after.attempt_id] = after
        self.events.append(fact)
        return True

    def submit_many(self, submissions, now):
        return sum(self.submit(*submission, now) for submission in submissions)

    def void_many(self, found):
        return 0 if not list(found) else pytest.fail("nothing to void here")

    def postpone_many(self, found):
        return 0 if not list(found) else pytest.fail("nothing to postpone here")

    def _quicker(self):
        self.writes += 1
        act, self.before_write = self.before_write, lambda: None
        act()


class FakeRounds:
    def __init__(self, found):
        self.found = found

    def get(self, round_id):
        return self.found

    remembered = get


class FakeStorage:
    def __init__(self, found=None):
        self.rounds, self.attempts = FakeRounds(found or round_()), FakeAttempts()

    def press(self, of, division):
        return press(bank(), of.rules.division(division), of.rules)


@pytest.fixture
def storage():
    return FakeStorage()


def start(storage, now=NOON, **who):
    return start_attempt(storage, Someone(**who), "hg-w1", now, seed=lambda: "seed")


def test_starting_reads_once_and_writes_once(storage):
    start(storage)
    assert (storage.attempts.reads, storage.attempts.writes) == (1, 1)


def test_starting_again_resumes_the_open_attempt_with_the_same_paper(storage):
    first, paper, _, resumed = start(storage)
    again, same, _, resumed_again = start(storage, now=NOON + MINUTE)
    assert (first, paper, resumed, resumed_again) == (again, same, False, True)


def test_two_starts_at_once_give_one_attempt(storage):
    storage.attempts.before_write = lambda: start_attempt(storage, Someone(), "hg-w1", NOON, seed=lambda: "other")
    attempt, _, _, resumed = start(storage)
    assert (resumed, attempt.seed, len(storage.attempts.kept)) == (True, "other", 1)


def test_a_start_settles_the_persons_own_overdue_paper_first():
    storage = FakeStorage(round_(rules=rules(attempts_per_day=2)))
    first, *_ = start(storage)
    second, _, _, resumed = start(storage, now=NOON + 12 * MINUTE)
    assert (second.number, resumed) == (2, False)
    assert storage.attempts.kept[first.attempt_id].by == "server" and len(storage.attempts.events) == 1


def test_a_save_that_comes_late_changes_nothing_and_is_told_so(storage):
    start(storage)
    attempts.save_answers(storage, "u1", "hg-w1:u1:1", {"1": "A"}, NOON, seq=1)
    attempts.save_answers(storage, "u1", "hg-w1:u1:1", {"1": "B", "2": "C"}, NOON, seq=2)
    with pytest.raises(SavedElsewhere) as caught:
        attempts.save_answers(storage, "u1", "hg-w1:u1:1", {"1": "A"}, NOON + MINUTE, seq=1)
    assert caught.value.seq == 2
    assert storage.attempts.kept["hg-w1:u1:1"].answers == {"1": "B", "2": "C"}


def test_a_save_that_is_overtaken_while_it_is_written_changes_nothing(storage):
    start(storage)
    storage.attempts.before_write = lambda: attempts.save_answers(storage, "u1", "hg-w1:u1:1", {"1": "B"}, NOON, seq=2)
    with pytest.raises(SavedElsewhere):
        attempts.save_answers(storage, "u1", "hg-w1:u1:1", {"1": "A"}, NOON, seq=1)
    assert storage.attempts.kept["hg-w1:u1:1"].answers == {"1": "B"}


def test_the_last_save_may_be_repeated(storage):
    start(storage)
    for _ in range(2):
        kept, _ = attempts.save_answers(storage, "u1", "hg-w1:u1:1", {"1": "A"}, NOON, seq=7)
    assert (kept.saves, kept.seq, kept.answers) == (1, 7, {"1": "A"})
    with pytest.raises(SavedElsewhere):
        attempts.save_answers(storage, "u1", "hg-w1:u1:1", {"1": "B"}, NOON, seq=7)


def test_saving_reads_once_and_writes_once(storage):
    start(storage)
    attempts.save_answers(storage, "u1", "hg-w1:u1:1", {"1": "A"}, NOON)
    assert (storage.attempts.reads, storage.attempts.writes) == (2, 2)


def test_only_the_owner_saves_submits_and_sees(storage):
    start(storage)
    for act in (
        lambda: attempts.save_answers(storage, "u2", "hg-w1:u1:1", {"1": "A"}, NOON),
        lambda: submit_attempt(storage, "u2", "hg-w1:u1:1", {}, None, NOON),
        lambda: attempts.show_attempt(storage, "u2", "hg-w1:u1:1"),
        lambda: attempts.review_attempt(storage, "u2", "hg-w1:u1:1"),
    ):
        with pytest.raises(NotYourAttempt):
            act()


def test_submitting_twice_accepts_once_and_answers_the_same(storage):
    start(storage)
    first, accepted = submit_attempt(storage, "u1", "hg-w1:u1:1", {"1": "A"}, 5, NOON + MINUTE)
    again, accepted_again = submit_attempt(storage, "u1", "hg-w1:u1:1", {"1": "B"}, 9, NOON + 2 * MINUTE)
    assert (accepted, accepted_again, first) == (True, False, again)
    assert len(storage.attempts.events) == 1


def test_the_round_is_read_after_the_attempt_or_a_counted_round_could_grow(storage, monkeypatch):
    attempt, *_ = start(storage)
    order, (get, round_get) = [], (storage.attempts.get, storage.rounds.get)
    monkeypatch.setattr(storage.attempts, "get", lambda key: order.append("attempt") or get(key))
    monkeypatch.setattr(storage.rounds, "remembered", lambda key: order.append("round") or round_get(key))
    attempts.save_answers(storage, "u1", attempt.attempt_id, {"1": "A"}, NOON)
    submit_attempt(storage, "u1", attempt.attempt_id, {}, None, NOON)
    assert order == ["attempt", "round"] * 2


def test_two_submissions_at_once_accept_one(storage):
    start(storage)
    storage.attempts.before_write = lambda: submit_attempt(storage, "u1", "hg-w1:u1:1", {"1": "B"}, None, NOON)
    done, accepted = submit_attempt(storage, "u1", "hg-w1:u1:1", {"1": "A"}, None, NOON)
    assert (done.answers, accepted, len(storage.attempts.events)) == ({"1": "B"}, False, 1)


def test_a_save_that_lands_during_a_submission_is_not_lost(storage):
    start(storage)
    storage.attempts.before_write = lambda: attempts.save_answers(storage, "u1", "hg-w1:u1:1", {"2": "B"}, NOON)
    done, _ = submit_attempt(storage, "u1", "hg-w1:u1:1", {"1": "A"}, None, NOON)
    assert done.answers == {"1": "A", "2": "B"}


def test_a_save_that_lands_while_the_server_submits_is_not_lost(storage):
    attempt, *_ = start(storage)
    late = NOON + 11 * MINUTE
    storage.attempts.before_write = lambda: attempts.save_answers(
        storage, "u1", attempt.attempt_id, {"2": "B"}, NOON + 10 * MINUTE
    )
    clock.settle_attempts(storage, "hg-w1", [attempt], late)
    assert storage.attempts.events == []
    clock.settle_attempts(storage, "hg-w1", [storage.attempts.kept[attempt.attempt_id]], late)
    assert storage.attempts.kept[attempt.attempt_id].answers == {"2": "B"}


def test_a_save_after_the_submission_is_told_so(storage):
    start(storage)
    storage.attempts.before_write = lambda: submit_attempt(storage, "u1", "hg-w1:u1:1", {}, None, NOON)
    with pytest.raises(AlreadySubmitted):
        attempts.save_answers(storage, "u1", "hg-w1:u1:1", {"1": "A"}, NOON)


def test_a_late_submission_is_told_when_time_was_over(storage):
    start(storage)
    with pytest.raises(TimeOver) as caught:
        submit_attempt(storage, "u1", "hg-w1:u1:1", {}, None, NOON + timedelta(minutes=10, seconds=31))
    assert caught.value.deadline_at == NOON + 10 * MINUTE


def test_what_the_server_submitted_is_given_to_a_late_submission(storage):
    attempt, *_ = start(storage)
    clock.settle_attempts(storage, "hg-w1", [attempt], NOON + 11 * MINUTE)
    done, accepted = submit_attempt(storage, "u1", "hg-w1:u1:1", {"1": "A"}, None, NOON + 12 * MINUTE)
    assert (done.by, accepted, done.answers) == ("server", False, {})


def test_a_draft_changed_by_two_is_told_to_the_second():
    class Contests:
        def get(self, contest_id):
            return contest()

        def change(self, before, after, fact=None, now=None, entry=None):
            return False

    storage = FakeStorage()
    storage.contests = Contests()
    with pytest.raises(ChangedMeanwhile):
        contests.change_contest(storage, "hg", {"title": "Tên"}, NOON)
    storage.contests.get = lambda contest_id: contest(state="published")
    with pytest.raises(ContestFixed):
        contests.change_contest(storage, "hg", {"title": "Tên"}, NOON)


def test_a_bank_file_with_errors_is_refused_with_their_places():
    found = banks.read_bank(
        b"BANK: bank\nTITLE: B\n\nTOPIC: t | T\n\nID: q1\nLEVEL: easy\nText?\nA. one\nANSWER: B\n", "text", "bank"
    )
    with pytest.raises(BankRefused) as caught:
        banks.require_bank(*found, "bank", "vi")
    assert caught.value.count and any(place.startswith("line ") for place in caught.value.fields)


def test_a_bank_file_must_be_the_bank_that_was_named():
    read, found = banks.read_bank(write(bank()).encode(), "text", "other")
    with pytest.raises(OtherBank):
        banks.require_bank(read, found, "other", "vi")
    assert banks.require_bank(read, found, "bank", "vi").questions == bank().questions
