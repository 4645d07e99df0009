"""Contests: what the check finds, and what publication fixes."""

from dataclasses import replace

import pytest

from exam.making import MINUTE, NOON, bank, contest, plan, rules
from hoithi_contracts.exam import Prize
from hoithi_exam.domain import contest as rooms
from hoithi_exam.domain.findings import check
from hoithi_exam.domain.rules import Division, Draw, Publication


def found(given=None, rounds=None, banks=None, now=NOON - MINUTE) -> list[tuple]:
    result = check(given or rules(), (plan(),) if rounds is None else rounds, {"bank": bank()} if banks is None else banks, now)
    return [(finding.severity, finding.code, finding.where, finding.numbers) for finding in result]


def codes(**more) -> list[str]:
    return [code for _, code, _, _ in found(**more)]


def test_a_sound_contest_has_no_findings():
    assert found() == []


def test_a_contest_needs_a_round():
    assert codes(rounds=()) == ["no-rounds"]


def test_a_round_shorter_than_its_paper_is_found_with_both_lengths():
    assert found(rounds=(plan(length=5 * MINUTE),)) == [
        ("error", "round-too-short", "rounds.1", {"number": 1, "seconds": 300, "paper_seconds": 600})
    ]


def test_a_start_window_that_would_cut_papers_is_a_warning_with_its_numbers():
    numbers = {"number": 1, "window": 20, "paper_seconds": 600}
    tight = (plan(length=10 * MINUTE),)
    assert found(rounds=tight) == [("warning", "start-window-too-long", "rounds.1", numbers)]
    assert codes(given=rules(start_window_seconds=0), rounds=tight) == []


def test_a_round_that_ends_before_it_begins_is_found():
    assert codes(rounds=(plan(length=-MINUTE),), now=NOON - 9 * MINUTE) == ["round-too-short"]


def test_rounds_that_overlap_are_found_whatever_their_order():
    later = plan(2, NOON + 30 * MINUTE)
    assert codes(rounds=(later, plan())) == ["rounds-overlap"]
    assert codes(rounds=(plan(), plan(2, NOON + 60 * MINUTE))) == []


def test_a_round_in_the_past_is_found_and_one_that_is_due_is_a_warning():
    assert codes(now=NOON + 60 * MINUTE) == ["round-over"]
    assert found(now=NOON)[0][:2] == ("warning", "round-opens-at-once")


def test_a_blueprint_that_the_bank_cannot_fill_is_found_with_asked_and_available():
    blueprint = (Draw("an-toan", "hard", 9), Draw("dich-vu", "*", 21))
    short = found(rules(paper_size=30, divisions=(Division("citizens", "bank", blueprint),)))
    assert {code for _, code, _, _ in short} == {"blueprint-short"}
    told = [tuple(numbers[name] for name in ("topic", "level", "asked", "available")) for *_, numbers in short]
    assert told == [("an-toan", "hard", 9, 4), ("dich-vu", "*", 21, 12)]


def test_a_blueprint_that_does_not_add_up_to_the_paper_is_found():
    assert found(rules(paper_size=5)) == [("error", "blueprint-size", "divisions.citizens", {"asked": 4, "paper_size": 5})]


def test_missing_and_unknown_banks_are_found_by_division():
    assert codes(banks={}) == ["bank-unknown"]
    assert codes(given=rules(divisions=(replace(rules().divisions[0], bank=""),))) == ["bank-missing"]


def test_two_banks_of_a_contest_must_not_share_question_ids():
    two = rules(divisions=(rules().divisions[0], replace(rules().divisions[0], name="pupils", bank="other")))
    assert codes(given=two, banks={"bank": bank(), "other": bank(bank_id="other", first=24)}) == ["question-twice"]
    assert codes(given=two, banks={"bank": bank(), "other": bank(bank_id="other", first=100)}) == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_finding_is_told_in_both_languages(language):
    bad = rules(paper_size=5, divisions=(Division("citizens", "", (Draw(count=4),)), Division("pupils", "no", (Draw(count=5),))))
    for finding in check(bad, (plan(length=MINUTE), plan(2)), {}, NOON + 90 * MINUTE):
        assert "{" not in finding.sentence(language)


def test_errors_stop_the_publication_and_warnings_do_not():
    with pytest.raises(rooms.NotReady) as caught:
        rooms.require_ready(check(rules(), (), {}, NOON), "en")
    assert (caught.value.count, set(caught.value.fields)) == (2, {"rounds", "divisions.citizens"})
    rooms.require_ready(check(rules(), (plan(),), {"bank": bank()}, NOON), "en")


def test_publication_tells_rules_and_rounds():
    published, event = contest().publish({"citizens": "bank:2"}, NOON)
    assert (published.state, published.published_at, event.revision) == ("published", NOON, 1)
    assert event.rounds == [plan()] and event.rules == rules().for_results()


def test_publication_tells_the_prizes_of_the_season_and_whether_winners_are_verified_first():
    told = replace(rules(), season_prizes=(Prize("first", 1),), publication=Publication(winners_verified=True))
    _, event = contest().change("Hà Giang", told, (plan(),)).publish({}, NOON)
    assert event.season_prizes == [Prize("first", 1)] and event.publication.winners_verified


def test_the_rounds_of_a_contest_begin_planned_with_the_checked_banks():
    published, _ = contest().publish({"citizens": "bank:2"}, NOON)
    (made,) = published.planned_rounds()
    assert (made.round_id, made.state, made.banks, made.rules_version) == ("hg-w1", "planned", {"citizens": "bank:2"}, 1)


def test_a_draft_changes_and_counts_its_versions():
    assert contest().change("Tên mới", rules(), ()).revision == 2


def test_a_published_contest_is_fixed():
    published, _ = contest().publish({}, NOON)
    with pytest.raises(rooms.ContestFixed):
        published.change("Tên mới", rules(), ())


def test_banks_are_chosen_by_division():
    assert rooms.with_banks(rules(), {"citizens": "chung"}).divisions[0].bank == "chung"
    with pytest.raises(rooms.UnknownDivision) as caught:
        rooms.with_banks(rules(), {"pupils": "chung"})
    assert caught.value.fields == {"banks.pupils": "unknown-division"}
