"""The checker must notice. One run in which four promises are broken, each for other attempts (sabotage/)."""

import pytest

SABOTAGE = ("--sabotage", "drop-in-relay,acknowledge-early,score-twice,alter-answers")
QUIET = ("--kinds", "front-reload", "--faults", "1", "--round", "8", "--people", "12", "--threads", "3", "--patience", "15")


@pytest.fixture(scope="module")
def verdict(faults):
    """What the checker says of a run in which nothing else goes wrong."""
    code, printed, report = faults("--seed", "5", *SABOTAGE, *QUIET)
    assert code == 1 and not report["ok"], printed
    assert report["verdict"]["counts"]["receipts"] > 10
    return report["verdict"]


def ids_of(texts: list[str], ending: str) -> set[str]:
    return {text.split()[0] for text in texts if text.endswith(ending)}


def test_an_event_that_the_relay_drops_is_noticed(verdict):
    dropped = ids_of(verdict["lost"], "is not published")
    assert len(dropped) == 1
    assert dropped < ids_of(verdict["lost"], "is not scored")


def test_events_that_are_acknowledged_before_they_are_handled_are_noticed(verdict):
    assert ids_of(verdict["lost"], "is not scored") - ids_of(verdict["lost"], "is not published")


def test_an_attempt_that_is_scored_twice_is_noticed(verdict):
    assert len(ids_of(verdict["doubled"], "is scored but has no receipt")) == 1


def test_an_answer_that_is_altered_on_the_way_is_noticed(verdict):
    assert len(ids_of(verdict["altered"], "scored answers are not those published")) >= 1


def test_a_round_that_lacks_an_attempt_gets_no_results(verdict):
    assert any(text.endswith("no results") for text in verdict["unfinished"])
