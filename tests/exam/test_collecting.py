"""What nothing refers to goes after a while; what anything may still show stays."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam.making import NOON, bank, question
from exam.test_domain_picture import png
from exam.test_domain_sound import wav
from hoithi_exam import metrics
from hoithi_exam.domain.bank.edit import UnknownPictures
from hoithi_exam.domain.collecting import GRACE, sort
from hoithi_exam.domain.picture import UnknownPicture, picture
from hoithi_exam.domain.sound import sound
from hoithi_exam.handlers import banks, speech
from hoithi_exam.handlers.collecting import collect
from hoithi_exam.service import Worker

HOUR = timedelta(hours=1)
LATER = NOON + GRACE
RED, TALL = picture(png(4, 3)), picture(png(3, 9))


# The rule


def test_a_files_time_begins_when_nothing_refers_to_it_and_ends_thirty_days_later():
    assert sort({"a": None}, set(), NOON).begun == {"a"}
    assert not sort({"a": NOON}, set(), LATER - HOUR).over
    assert sort({"a": NOON}, set(), LATER).over == {"a"}


@given(st.dictionaries(st.sampled_from("abcdef"), st.none() | st.datetimes()), st.sets(st.sampled_from("abcdef")), st.datetimes())
def test_what_is_referred_to_is_never_over(kept, referred, now):
    found = sort(kept, referred, now)
    assert not (found.over | found.begun) & referred and not found.again - referred
    assert found.over | found.begun <= kept.keys()


# With what exam keeps


def there(storage, made) -> bool:
    try:
        return storage.pictures.get(made.reference) == made
    except UnknownPicture:
        return False


def shown(number, made):
    return replace(question(number), picture=made.reference, alt="Biển báo")


def test_a_picture_of_any_version_stays_and_one_of_none_goes_when_its_time_is_over(storage):
    for made in (RED, TALL):
        storage.pictures.keep(made)
    storage.banks.add(replace(bank(), questions=(shown(1, RED), *bank().questions[1:])), "first", NOON)
    storage.banks.add(bank(), "first", NOON)  # the newest version has none any more
    assert collect(storage, NOON)["picture"] == (0, 1)
    assert collect(storage, LATER - HOUR)["picture"] == (0, 1) and there(storage, TALL)
    assert collect(storage, LATER)["picture"] == (1, 0)
    assert there(storage, RED) and not there(storage, TALL)


def test_the_time_counts_from_the_last_reference_and_not_from_the_upload(storage):
    first, second = sound(wav()), sound(wav(0.2))
    storage.banks.add(bank(), "first", NOON)
    for made in (first, second):
        storage.sounds.keep(made)

    def say(made):
        told = {"id": "q001", "text": "", "options": [], "sound": made.reference, "option_sounds": ["", made.reference, "", ""]}
        speech.add_language(storage, "bank", 1, "tyz", {"name": "Tày", "questions": [told]})

    say(first)
    assert collect(storage, NOON)["sound"] == (0, 1)
    say(second)  # referred to just before its time was over
    assert collect(storage, LATER)["sound"] == (0, 1), "the first one begins to wait, the second one no longer does"
    assert collect(storage, LATER + GRACE)["sound"] == (1, 0)
    assert storage.sounds.missing([first.reference, second.reference]) == {first.reference}


@pytest.mark.parametrize("way", ["uploaded again", "named in a change"])
def test_what_somebody_is_about_to_refer_to_is_not_deleted_under_the_hands(storage, way):
    storage.pictures.keep(RED)
    storage.banks.add(bank(), "first", NOON)
    collect(storage, NOON)
    found = sort(storage.pictures.alone_since(), set(), LATER)  # a look has read what is referred to ...
    if way == "uploaded again":
        storage.pictures.keep(RED)
    change = {"id": "q001", "picture": RED.reference, "alt": "Biển báo"}
    made, _ = banks.edit_bank(storage, "bank", 1, {"topics": {}, "questions": [change]}, "vi")
    assert storage.pictures.drop(found.over, LATER - GRACE) == 0  # ... and deletes
    banks.keep_edited(storage, made, 1, "first", LATER, approval=True)
    assert collect(storage, LATER + GRACE)["picture"] == (0, 0) and there(storage, RED)


def test_a_picture_that_is_gone_is_named_when_a_draft_wants_it(storage):
    storage.pictures.keep(RED)
    storage.banks.add(bank(), "first", NOON)
    collect(storage, NOON)
    collect(storage, LATER)
    change = {"id": "q001", "picture": RED.reference, "alt": "Biển báo"}
    with pytest.raises(UnknownPictures):
        banks.edit_bank(storage, "bank", 1, {"topics": {}, "questions": [change]}, "vi")


def test_the_worker_looks_and_counts(clean, storage, serve, eventually):
    storage.pictures.keep(RED)
    storage.pictures.begin([RED.reference], NOON - 20 * GRACE)
    before = metrics.COLLECTED.labels("picture")._value.get()
    serve(Worker)
    assert eventually(lambda: not there(storage, RED))
    assert eventually(lambda: metrics.COLLECTED.labels("picture")._value.get() == before + 1)
