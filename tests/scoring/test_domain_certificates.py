"""Certificates: codes people can read, and what one is worth."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoithi_scoring.domain import certificates, papers
from hoithi_scoring.domain.certificates import Certificate, Standing
from hoithi_scoring.domain.rounds import Round

SECRET = b"secret"
FIRST = Standing(place=5, division_place=3, division="citizens", points=20, duration_ms=492_345, right=19)
BLANK = Certificate("7K4M-2QXR-9D3T", "c-w1", "c", "c-w1", "a1", "u1")


@given(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=16))
def test_a_code_is_twelve_signs_nobody_misreads_and_always_the_same(scope, person):
    made = certificates.code(SECRET, scope, person)
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}", made)
    assert made == certificates.code(SECRET, scope, person) == certificates.as_read(made)


def test_codes_differ_by_person_round_and_platform():
    codes = {certificates.code(*of) for of in ((SECRET, "r1", "a"), (SECRET, "r2", "a"), (SECRET, "r1", "b"), (b"x", "r1", "a"))}
    assert len(codes) == 4


@pytest.mark.parametrize("typed", ["7k4m2qxr9d3t", " 7K4M 2QXR 9D3T ", "7k4m-2qxr-9d3t"])
def test_a_code_may_be_typed_as_people_type(typed):
    assert certificates.as_read(typed) == "7K4M-2QXR-9D3T"


def test_letters_that_look_like_digits_are_read_as_digits():
    assert certificates.as_read("O0Il-1111-1111") == "0011-1111-1111"


@pytest.mark.parametrize("typed", ["", "7K4M", "7K4M-2QXR-9D3T-1", "x" * 500])
def test_what_is_no_code_finds_nothing(typed):
    assert certificates.as_read(typed) == ""


def test_a_certificate_says_what_it_said_when_it_was_printed(making):
    printed = BLANK.issued(FIRST, making.opens)
    assert printed.issued(FIRST, making.closes) == printed
    assert printed.state(FIRST, erased=False) == "valid"


def test_corrected_results_make_the_earlier_paper_say_so(making):
    second = replace(FIRST, place=1, division_place=1, prize="first")
    printed = BLANK.issued(FIRST, making.opens)
    assert printed.state(second, erased=False) == "corrected"
    again = printed.issued(second, making.closes)
    assert again.state(second, erased=False) == "corrected"
    assert [issue.standing for issue in again.earlier(second)] == [FIRST]


def test_who_is_no_longer_in_the_results_has_a_withdrawn_one_and_erasure_comes_first(making):
    printed = BLANK.issued(FIRST, making.opens)
    assert printed.state(None, erased=False) == "withdrawn"
    assert printed.state(None, erased=True) == printed.state(FIRST, erased=True) == "erased"


def test_pieces_cover_everybody_once():
    assert [list(piece) for piece in certificates.pieces(5, 2)] == [[0, 1], [2, 3], [4]]
    assert certificates.pieces(0, 100) == []


# What stands on papers


def test_times_are_written_to_the_millisecond():
    assert (papers.clock(492_345), papers.clock(3_600_001)) == ("8:12,345", "1:00:00,001")


def picture(round, counts):
    return papers.round_picture("Công dân số", round, counts, "hoithi.example")["figures"]


def test_a_picture_shows_no_figure_below_ten(making):
    round = Round("c-w1").planned(making.published(), making.published().rounds[0])
    assert picture(round, {"participants": 242_242, "attempts": 804_000, "perfect": 9}) == [
        ["242.242", "người tham gia"],
        ["804.000", "lượt thi"],
    ]
    assert picture(round, {"participants": 9, "attempts": 30, "perfect": 0}) == []
    assert picture(round, None) == []


def test_the_picture_of_a_certificate_names_nobody():
    told = papers.certificate_picture("Công dân số", "Tuần 1", replace(FIRST, prize="first"), "hoithi.example")
    assert told["heading"] == "Giải Nhất" and "Hạng" not in str(told) and "u1" not in str(told)
