"""Flags: what is called suspicious, what is not, and who may decide."""

from datetime import UTC, datetime

import pytest

from hoithi_scoring.domain.flags import Flags, Paper, decide, folded, namesakes, one_person
from hoithi_scoring.domain.refusals import AttemptUnknown, FlagDecided, OwnFlag

NOW = datetime(2026, 9, 14, tzinfo=UTC)
QUESTIONS = [f"q{number}" for number in range(20)]
FIVE_MINUTES = 300_000


def paper(user="u1", *, right=20, duration_ms=FIVE_MINUTES, answers=None, submitted_ms=0, unit="x1", number=1):
    answers = answers or ["a"] * 20
    return Paper(
        f"w1:{user}:{number}", f"p-{user}", user, unit, QUESTIONS, answers, right, right == 20, duration_ms, submitted_ms
    )


def found(papers, names=None, **alike):
    flags = Flags({"same-name": names or {}, **{kind.replace("_", "-"): keys for kind, keys in alike.items()}})
    for each in papers:
        flags.add(each)
    return flags.flags()


@pytest.mark.parametrize(("right", "seconds", "flagged"), [(20, 39, 1), (16, 39, 1), (15, 39, 0), (20, 40, 0), (3, 5, 0)])
def test_a_nearly_perfect_paper_faster_than_reading_is_flagged(right, seconds, flagged):
    flags = found([paper(right=right, duration_ms=seconds * 1000)])
    assert [flag.kind for flag in flags] == ["impossible-speed"] * flagged


def test_a_flag_says_its_figures_and_names_the_attempt():
    [flag] = found([paper(duration_ms=20_000)])
    assert flag.facts == {"questions": 20, "right": 20, "duration_ms": 20_000}
    assert (flag.attempts, flag.people, flag.users) == (("w1:u1:1",), ("p-u1",), ("u1",))


def test_the_same_wrong_answers_in_the_same_second_from_one_unit_are_flagged():
    answers = ["b", *["a"] * 19]
    [flag] = found([paper(f"u{number}", right=19, answers=answers, submitted_ms=5_000 + number) for number in range(3)])
    assert (flag.kind, flag.facts, len(flag.attempts)) == ("same-answers", {"people": 3, "submitted_ms": 5_000}, 3)


@pytest.mark.parametrize(
    "other",
    [
        {"unit": "x2"},
        {"submitted_ms": 2_000},
        {"answers": ["c", *["a"] * 19]},
        {"user": "u1", "number": 2},
    ],
    ids=["another unit", "another second", "other answers", "the same person"],
)
def test_answers_that_are_not_alike_in_everything_are_not_flagged(other):
    told = {"right": 19, "answers": ["b", *["a"] * 19], "submitted_ms": 0}
    assert found([paper("u1", **told), paper(**{"user": "u2", **told, **other})]) == []


def test_perfect_and_empty_papers_are_alike_without_meaning_anything():
    assert found([paper("u1"), paper("u2")]) == []
    assert found([paper(user, right=0, answers=[""] * 20) for user in ("u1", "u2")]) == []


@pytest.mark.parametrize(("perfect", "others", "flagged"), [(10, 1, 1), (9, 0, 0), (10, 2, 0)])
def test_a_minute_of_hardly_anything_but_perfect_papers_of_a_unit_is_flagged(perfect, others, flagged):
    papers = [paper(f"u{number}", submitted_ms=number * 1000) for number in range(perfect)]
    papers += [paper(f"v{number}", right=12, submitted_ms=number * 1000) for number in range(others)]
    flags = found(papers)
    assert [flag.kind for flag in flags] == ["perfect-together"] * flagged
    assert [flag.facts["people"] for flag in flags] == [perfect] * flagged


def test_a_candidate_with_a_namesake_in_the_unit_who_took_part_is_flagged():
    people = [("u1", "Vàng Thị Mỷ", "x1"), ("u2", "vàng  thị mỷ", "x1"), ("u3", "Vàng Thị Mỷ", "x2"), ("u4", "Lò Văn Đá", "x1")]
    names = namesakes(["u1"], people)
    assert set(names) == {"u1", "u2"}
    [flag] = found([paper("u1"), paper("u2", right=3), paper("u2", number=2), paper("u3")], names)
    assert (flag.kind, flag.attempts, flag.facts) == ("same-name", ("w1:u1:1", "w1:u2:1"), {"people": 2, "units": 1})
    assert found([paper("u1")], names) == []


def test_accounts_with_one_mark_in_one_unit_are_flagged_when_both_took_part():
    keys = one_person([[("m", "u1", "x1"), ("m", "u2", "x1"), ("m", "u3", "x2")]], candidates=[])
    assert set(keys) == {"u1", "u2"}
    [flag] = found([paper("u1"), paper("u2", right=3), paper("u3")], same_identity=keys)
    assert (flag.kind, flag.attempts, flag.facts) == ("same-identity", ("w1:u1:1", "w1:u2:1"), {"people": 2, "units": 1})
    assert "m" not in flag.flag_id.removeprefix("same-identity-")
    assert found([paper("u1"), paper("u3")], same_identity=keys) == []


def test_the_same_mark_in_other_units_is_compared_for_who_would_win_something():
    keys = one_person([[("m", "u1", "x1"), ("m", "u3", "x2")], [("n", "u4", "x1"), ("n", "u5", "x2")]], candidates=["u3"])
    assert set(keys) == {"u1", "u3"}
    [flag] = found([paper("u1"), paper("u3", unit="x2")], same_mailbox=keys)
    assert (flag.kind, flag.facts) == ("same-mailbox", {"people": 2, "units": 2})


def test_people_who_win_nothing_are_not_compared():
    assert namesakes(["u9"], [("u1", "Lò Văn Đá", "x1"), ("u2", "Lò Văn Đá", "x1")]) == {}


def test_names_are_compared_as_people_write_them():
    assert folded("ĐẶNG  Thị Mỷ ") == folded("dang thi my")


def test_the_same_attempts_in_any_order_give_the_same_flags():
    papers = [paper(f"u{number}", duration_ms=10_000, submitted_ms=number * 1000) for number in range(12)]
    assert found(papers) == found(reversed(papers)) != []


# Deciding


def flag():
    [made] = found([paper(f"u{number}", right=19, answers=["b", *["a"] * 19]) for number in range(3)])
    return made


def test_who_invalidates_without_naming_attempts_means_all_of_them():
    assert decide(flag(), None, "invalidated", "gian lận", (), "boss", NOW).attempts == flag().attempts
    assert decide(flag(), None, "invalidated", "gian lận", ("w1:u1:1",), "boss", NOW).attempts == ("w1:u1:1",)
    assert decide(flag(), None, "dismissed", "cùng lớp", (), "boss", NOW).attempts == ()


def test_only_attempts_of_the_flag_are_struck():
    with pytest.raises(AttemptUnknown):
        decide(flag(), None, "invalidated", "gian lận", ("w1:u9:1",), "boss", NOW)


def test_a_decision_stays_and_the_same_again_is_quiet():
    first = decide(flag(), None, "dismissed", "cùng lớp", (), "boss", NOW)
    assert decide(flag(), first, "dismissed", "cùng lớp", (), "other", NOW) is first
    with pytest.raises(FlagDecided):
        decide(flag(), first, "invalidated", "gian lận", (), "boss", NOW)


def test_nobody_decides_a_flag_about_the_own_attempt():
    with pytest.raises(OwnFlag):
        decide(flag(), None, "dismissed", "tôi biết", (), "u1", NOW)
