import pytest

from hoithi_cli.rehearse import weekly_check
from hoithi_cli.rehearse.journal import Journal, Sitting


def sitting(person, right=7, by="person", receipt="r"):
    answers = {"1": "A"}
    return Sitting(
        f"c-w1:u{person}:1", f"u{person}", person, week=1, number=1, questions=10, expected_right=right, answers=answers,
        by=by, receipt=receipt and f"{receipt}{person}", answers_digest=weekly_check.digest(answers),
    )  # fmt: skip


def row(right=7, by="person"):
    return {"right": str(right), "by": by}


def failed(sittings, counted, rows):
    return {check.name for check in weekly_check.checks(sittings, counted, rows) if not check.ok}


def test_a_week_in_which_all_agrees_passes():
    assert failed([sitting(1), sitting(2, 3, "server")], 2, [row(), row(3, "server")]) == set()


@pytest.mark.parametrize(
    ("sittings", "counted", "rows", "wrong"),
    [
        ([sitting(1), sitting(2, receipt=None)], 2, [row(), row()], {"every attempt has a receipt"}),
        ([sitting(1)], 2, [row()], {"attempts counted"}),
        ([sitting(1)], 1, [], {"rows in attempts.csv", "right answers as in the question file"}),
        ([sitting(1)], 1, [row(6)], {"right answers as in the question file"}),
        ([sitting(1)], 1, [row(by="server")], {"papers the server submitted"}),
    ],
)
def test_what_does_not_agree_is_named(sittings, counted, rows, wrong):
    assert wrong <= failed(sittings, counted, rows)


def test_two_attempts_with_the_same_receipt_do_not_pass():
    assert "every attempt has a receipt" in failed([sitting(1), sitting(1)], 2, [row(), row()])


def test_a_receipt_over_other_answers_is_found():
    changed = sitting(1)
    changed.answers = {"1": "B"}
    assert "digests of the answers" in failed([changed], 1, [row()])


def test_somebody_elses_attempt_is_never_the_own_one():
    journal = Journal()
    journal.began(sitting(1))
    assert journal.somebody_elses("u1", 1) is None
    journal.began(sitting(2))
    assert journal.somebody_elses("u1", 1) == "c-w1:u2:1"
