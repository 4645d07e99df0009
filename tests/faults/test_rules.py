"""The suite's own rules, without any part running."""

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from hoithi_cli.rehearse.weekly_check import digest

from .book import Book, Sitting
from .checker import Checker, Stages
from .sabotaged import FOLDER, SABOTEURS
from .schedule import schedule
from .tap import Tapped

KINDS = dict.fromkeys(("kill", "pause", "poison"), SimpleNamespace(weight=1))
ANSWERS = {"1": "A"}
DIGEST = digest(ANSWERS)


def test_every_kind_comes_once_before_any_comes_again():
    assert sorted(schedule(KINDS, 3, seed=1)) == sorted(KINDS)
    assert len(schedule(KINDS, 50, seed=1)) == 50


def test_the_same_seed_gives_the_same_kinds():
    assert schedule(KINDS, 50, seed=1) == schedule(KINDS, 50, seed=1) != schedule(KINDS, 50, seed=2)


def sitting(**more) -> Sitting:
    return Sitting("a", "w1", "u1", **more)


def test_acknowledged_answers_must_be_what_the_server_submitted():
    mine = sitting(acknowledged={"1": "A"})
    mine.accepted({"by": "server", "submitted_at": "", "answers_digest": digest({"1": "B"}), "receipt": "r"})
    assert not mine.agrees()


def test_a_save_without_an_answer_may_be_stored_or_not():
    for stored in ({"1": "A"}, {"1": "A", "2": "C"}):
        mine = sitting(acknowledged={"1": "A"}, unsure={"2": "C"})
        mine.accepted({"by": "server", "submitted_at": "", "answers_digest": digest(stored), "receipt": "r"})
        assert mine.agrees()


def accepted() -> Book:
    book = Book()
    mine = book.sit({"attempt_id": "a", "round_id": "w1", "questions": [], "seq": 0}, "u1")
    mine.saved(ANSWERS)
    mine.accepted({"by": "server", "submitted_at": "", "answers_digest": DIGEST, "receipt": "r"})
    return book


@pytest.fixture
def differences(monkeypatch):
    """`differences(**stages)`: what the checker says when one attempt was accepted and the stages are these."""

    def compare(stored_digest=DIGEST, published=1, scored=1, extra_rows=0):
        checker = Checker(None, None, accepted(), [], None, set)
        monkeypatch.setattr(checker, "_key_of", lambda document: ("w1", "p", 1))
        stored = {"_id": "a", "state": "submitted", "answers": ANSWERS, "answers_digest": stored_digest}
        tapped = Tapped()
        for _ in range(published):
            tapped.add({"attempt_id": "a", "answers_digest": DIGEST, "answers": {"q": "a"}})
        document = {"_id": "a", "answers_digest": DIGEST, "questions": ["q"], "answers": ["a"], "right": 0}
        checker.rounds = [type("Round", (), {"round_id": "w1"})]
        checker.knowledge = {}
        monkeypatch.setattr("hoithi_cli.rehearse.people.score", lambda *given: None)
        rows = [{"person": "p", "number": "1"}] * (1 + extra_rows)
        checker._compare(Stages([stored], tapped, [document] * scored, {"w1": rows}))
        verdict = checker.verdict
        return len(verdict.lost), len(verdict.doubled), len(verdict.altered)

    return compare


def test_an_attempt_that_went_the_whole_road_makes_no_difference(differences):
    assert differences() == (0, 0, 0)


def test_an_event_published_twice_makes_no_difference(differences):
    assert differences(published=2) == (0, 0, 0)


def test_one_attempt_that_is_missing_anywhere_is_a_loss(differences):
    assert differences(published=0) == differences(scored=0) == (1, 0, 0)


def test_one_attempt_too_many_anywhere_is_a_double(differences):
    assert differences(scored=2) == differences(extra_rows=1) == (0, 1, 0)


def test_other_answers_are_an_alteration(differences):
    assert differences(stored_digest=digest({"1": "B"}))[2] > 0


def test_every_sabotage_still_finds_what_it_breaks():
    """It changes private methods and imported functions of production code: when those are renamed, this says so at once."""
    code = "import hoithi_bus.relay, hoithi_bus.listener, hoithi_scoring.storage.attempts"
    broken = {**os.environ, "PYTHONPATH": str(FOLDER), "HOITHI_SABOTAGE": ",".join(SABOTEURS)}
    done = subprocess.run([sys.executable, "-c", code], env=broken, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
