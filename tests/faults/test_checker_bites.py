"""The checker must notice: each of these breaks one promise in the processes of one service (sabotage/)."""

import pytest

QUIET = ("--kinds", "front-reload", "--faults", "1", "--round", "10", "--people", "12", "--threads", "3", "--patience", "12")


@pytest.fixture
def report_of(faults):
    """`report_of(sabotage)`: the report of a run in which nothing else goes wrong."""

    def run(sabotage: str) -> dict:
        code, printed, report = faults("--sabotage", sabotage, "--seed", "5", *QUIET)
        assert code == 1 and not report["ok"], printed
        assert report["verdict"]["counts"]["receipts"] > 10
        return report["verdict"]

    return run


def test_an_event_that_the_relay_drops_is_noticed(report_of):
    verdict = report_of("drop-in-relay")
    dropped = [text for text in verdict["lost"] if text.endswith("is not published")]
    assert len(dropped) == 1
    assert len([text for text in verdict["lost"] if text.endswith("is not scored")]) == 1


def test_events_that_are_acknowledged_before_they_are_handled_are_noticed(report_of):
    verdict = report_of("acknowledge-early")
    assert any(text.endswith("is not scored") for text in verdict["lost"])
    assert not any(text.endswith("is not published") for text in verdict["lost"])


def test_an_attempt_that_is_scored_twice_is_noticed(report_of):
    verdict = report_of("score-twice")
    assert len([text for text in verdict["doubled"] if text.endswith("is scored but has no receipt")]) == 1
    assert not [text for text in verdict["lost"] if "is not scored" in text]


def test_an_answer_that_is_altered_on_the_way_is_noticed(report_of):
    verdict = report_of("alter-answers")
    assert [text for text in verdict["altered"] if "scored answers are not those published" in text]
