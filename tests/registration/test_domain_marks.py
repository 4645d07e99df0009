"""Marks: equal for what may be one person, worthless without the key."""

from datetime import date

import pytest

from hoithi_registration.domain.marks import Marks, mailbox

BORN = date(1988, 2, 14)
MARKS = Marks(b"a secret of tests")


def mark(name="Lò Văn Páo", birth_date=BORN, email=None, marks=MARKS):
    return marks.of(name, birth_date, email)


def test_one_name_however_it_is_written_and_one_birthday_give_one_mark():
    assert mark()["identity_mark"] == mark("LO VAN  PAO")["identity_mark"] != mark("Lò Văn Đá")["identity_mark"]
    assert mark()["identity_mark"] != mark(birth_date=date(1988, 2, 15))["identity_mark"]


def test_a_mark_depends_on_the_key_and_says_nothing_of_what_it_is_made_of():
    found = mark()["identity_mark"]
    assert found != mark(marks=Marks(b"another secret"))["identity_mark"]
    assert len(found) == 24 and int(found, 16)


def test_without_birthday_or_address_there_is_nothing_to_compare():
    assert mark(birth_date=None) == {"identity_mark": None, "mailbox_mark": None}


@pytest.mark.parametrize("email", ["an.binh@gmail.com", "anbinh+thi2@gmail.com", "AnBinh@googlemail.com"])
def test_addresses_of_one_mailbox_give_one_mark(email):
    assert mailbox(email) == "anbinh@gmail.com"
    assert mark(email=email)["mailbox_mark"] == mark(email="anbinh@gmail.com")["mailbox_mark"]


def test_dots_count_at_every_other_provider():
    assert mailbox("an.binh+x@example.vn") == "an.binh@example.vn"
