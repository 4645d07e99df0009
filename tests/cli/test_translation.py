"""A translator's folder: the table, the names of audio files, and what is refused with its place."""

import csv

import pytest

from hoithi_cli import translation
from hoithi_cli.trouble import WrongUsage

QUESTION = {"id": "an-toan-001", "text": "Câu hỏi,\nhai dòng?", "options": ["một", "hai"]}
OTHER = {"id": "an-toan-002", "text": "Câu hai?", "options": ["có", "không", "chưa"]}
QUESTIONS = {each["id"]: each for each in (QUESTION, OTHER)}


@pytest.fixture
def folder(tmp_path):
    """`folder(texts, *sounds, separator=",")`: a table with these translations, and audio files of these names."""

    def make(texts: dict | None = None, *sounds: str, separator=","):
        rows = list(csv.reader(translation.table(list(QUESTIONS.values()), {}).removeprefix("\ufeff").splitlines(keepends=True)))
        for row in rows[1:]:
            part = row[0] if row[1] == translation.QUESTION else f"{row[0]} {row[1]}"
            row[3] = (texts or {}).get(part, "")
        with (tmp_path / translation.TABLE).open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=separator).writerows(rows)
        for name in sounds:
            (tmp_path / name).write_bytes(name.encode())
        return tmp_path

    return make


def test_the_table_has_a_row_for_every_part_and_what_was_translated_before():
    before = {"an-toan-001": {"text": "Tày?", "options": ["nưng", "slong"]}}
    rows = list(csv.reader(translation.table([QUESTION], before).removeprefix("\ufeff").splitlines(keepends=True)))
    assert [row[:2] for row in rows[1:]] == [["an-toan-001", "câu hỏi"], ["an-toan-001", "A"], ["an-toan-001", "B"]]
    assert [row[3] for row in rows[1:]] == ["Tày?", "nưng", "slong"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_is_read_however_excel_separates_it(folder, separator):
    found = translation.read(folder({"an-toan-001": "Tày?", "an-toan-001 B": "slong"}, separator=separator))
    assert found.texts == {("an-toan-001", ""): "Tày?", ("an-toan-001", "b"): "slong"}
    assert translation.changed(found, QUESTIONS) == []


def test_audio_files_belong_to_questions_and_options_by_their_names(folder):
    found = translation.read(folder({}, "an-toan-001.mp3", "an-toan-001.b.opus", "AN-TOAN-002.A.WAV"))
    assert set(found.sounds) == {("an-toan-001", ""), ("an-toan-001", "b"), ("an-toan-002", "a")}


def test_other_files_in_the_folder_do_not_matter(folder):
    (folder({"an-toan-001": "Tày?"}) / "ghi-chú.docx").write_bytes(b"")
    assert translation.read(folder({"an-toan-001": "Tày?"})).sounds == {}


@pytest.mark.parametrize(
    ("sounds", "told"),
    [
        (["câu một.mp3"], "câu một.mp3"),
        (["an-toan-001.k.mp3"], "an-toan-001.k.mp3"),
        (["an-toan-001.mp3", "an-toan-001.wav"], "same part"),
    ],
)
def test_a_name_that_is_not_understood_is_told(folder, sounds, told):
    with pytest.raises(WrongUsage, match=told):
        translation.read(folder({}, *sounds))


def test_a_row_that_is_not_understood_is_told(folder):
    made = folder({"an-toan-001": "Tày?"})
    table = made / translation.TABLE
    table.write_text(table.read_text("utf-8-sig").replace(",B,", ",hai,"), "utf-8")
    with pytest.raises(WrongUsage, match="row 4"):
        translation.read(made)


def test_an_empty_folder_is_refused(folder):
    with pytest.raises(WrongUsage, match="no translation"):
        translation.read(folder())


def test_an_original_that_was_changed_meanwhile_is_named(folder):
    found = translation.read(folder({"an-toan-001": "Tày?", "an-toan-001 A": "nưng"}))
    now = {"an-toan-001": {**QUESTION, "options": ["khác", "hai"]}}
    assert translation.changed(found, now) == ["an-toan-001 A"]


def test_what_the_folder_does_not_have_stays_as_it_was(folder):
    before = {"text": "Tày?", "options": ["nưng", "slong"], "sound": "s" * 16, "option_sounds": ["a" * 16, ""]}
    found = translation.read(folder({}, "an-toan-001.b.mp3"))
    said = translation.said(found, QUESTION, {("an-toan-001", "b"): "b" * 16}, before)
    assert said == {"id": "an-toan-001", **before, "option_sounds": ["a" * 16, "b" * 16]}


def test_a_new_text_replaces_the_old_one_as_a_whole(folder):
    found = translation.read(folder({"an-toan-001": "Mới?", "an-toan-001 A": "nưng", "an-toan-001 B": "slong"}))
    said = translation.said(found, QUESTION, {}, {"text": "cũ", "options": ["1", "2"]})
    assert (said["text"], said["options"], said["option_sounds"]) == ("Mới?", ["nưng", "slong"], ["", ""])
