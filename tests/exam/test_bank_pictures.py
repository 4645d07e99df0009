"""Pictures inside Word and Moodle files: what becomes a question's picture, what is refused and where, and the way back."""

from base64 import b64encode
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.drawing.image import Image

from exam.docx import SPACES, docx, old, p, pictured, shown, table
from exam.making import NOON, bank, question
from exam.test_bank_desk import directly, handed_in, written
from exam.test_bank_foreign import quiz
from exam.test_bank_text import SOUND
from exam.test_domain_picture import SECRET, chunk, jpeg, png
from hoithi_exam.domain.bank import formats, moodle, word
from hoithi_exam.domain.bank.draft import Given
from hoithi_exam.domain.bank.pictures import MOST_WRITTEN_MB, brought
from hoithi_exam.domain.picture import MOST_KB, picture
from hoithi_exam.handlers import banks, uploading
from hoithi_exam.service import Doors

GIVEN = Given("bank", topic="Chung", level="easy")
RED = png(4, 3, chunk(b"tEXt", b"Title\0" + SECRET))
BIG = png(4, 3, chunk(b"tEXt", bytes(MOST_KB * 1024)))
ALT = "Biển báo hình tam giác"
ASKED = p("Câu 1: Biển này báo gì?")
OPTIONS = (p("A. Nguy hiểm"), p("B. Cấm"), p("Đáp án: A"))
NEXT = (p("Câu 2: Khác?"), p("A. x"), p("B. y"), p("Đáp án: A"))


def kept(made):
    return picture(made).reference


def read(form, data):
    bank, found = form.parse(data, GIVEN)
    assert bank is not None, [finding.sentence("vi") for finding in found]
    return bank, [(finding.where, finding.code) for finding in found]


def faults(form, data):
    bank, found = form.parse(data, GIVEN)
    assert bank is None and all(finding.sentence("vi") and finding.sentence("en") for finding in found)
    return [(finding.where, finding.code) for finding in found if finding.severity == "error"]


# Word


@pytest.mark.parametrize("run", [shown("a.png", ALT), old("a.png", ALT)])
def test_a_picture_below_what_is_asked_is_the_questions_with_its_words_and_without_its_tags(run):
    made, _ = read(word, docx(ASKED, pictured(run), *OPTIONS, media={"a.png": RED}))
    [question] = made.questions
    assert (question.picture, question.alt, question.text) == (kept(RED), ALT, "Biển này báo gì?")
    assert SECRET not in made.pictures[question.picture].body and brought(made)


def test_a_picture_in_the_line_of_the_question_belongs_to_it_and_not_to_the_one_before():
    before = "<w:p>" + shown("a.png", ALT) + "<w:r><w:t>Câu 2: Khác?</w:t></w:r></w:p>"
    made, _ = read(word, docx(ASKED, *OPTIONS, before, *NEXT[1:], media={"a.png": RED}))
    assert [each.picture for each in made.questions] == ["", kept(RED)]


def test_what_word_says_twice_is_taken_once():
    twice = f"<mc:AlternateContent {SPACES}><mc:Choice>{shown('a.png', ALT)[5:-6]}</mc:Choice><mc:Fallback>{old('b.png')[5:-6]}"
    run = f"<w:r>{twice}</mc:Fallback></mc:AlternateContent></w:r>"
    made, _ = read(word, docx(ASKED, pictured(run), *OPTIONS, media={"a.png": RED, "b.png": jpeg()}))
    assert made.questions[0].picture == kept(RED)


def test_a_line_with_the_words_goes_before_those_in_the_picture():
    blocks = (ASKED, pictured(shown("a.png", "Picture of a thing")), *OPTIONS, p(f"Mô tả hình: {ALT}"))
    assert read(word, docx(*blocks, media={"a.png": RED}))[0].questions[0].alt == ALT


@pytest.mark.parametrize("alt", ["", "cau-1-dap-an-b.png", r"C:\Users\an\Desktop\IMG_2041.JPG"])
def test_a_picture_without_words_is_refused_and_a_files_name_is_no_words(alt):
    assert faults(word, docx(ASKED, pictured(shown("a.png", alt)), *OPTIONS, media={"a.png": RED})) == [
        ("paragraph 2", "alt-missing")
    ]


@pytest.mark.parametrize(
    ("run", "code"),
    [
        (shown("big.png", ALT), "picture-too-big"),
        (shown("a.gif", ALT), "picture-not-readable"),
        (shown("nowhere.png", ALT), "picture-not-in-file"),
        (shown("far.png", ALT, how="link"), "picture-not-in-file"),
        (shown("a.png", ALT, crop='l="20000"'), "picture-changed"),
        (shown("a.png", ALT, turn='rot="5400000"'), "picture-changed"),
        (shown("a.png", ALT, turn='flipH="1"'), "picture-changed"),
        (old("a.png", ALT, 'croptop="6554f"'), "picture-changed"),
        (f"<w:r><w:drawing><wp:inline {SPACES}><a:graphic><a:graphicData><wpg:wgp/></a:graphicData></a:graphic></wp:inline>"
         "</w:drawing></w:r>", "picture-changed"),
        (shown("a.png", ALT) + shown("b.jpg", ALT), "picture-second"),
    ],
    ids=range(10),
)  # fmt: skip
def test_a_picture_that_cannot_be_taken_as_it_is_seen_is_refused_with_its_paragraph(run, code):
    media = {"a.png": RED, "b.jpg": jpeg(), "big.png": BIG, "a.gif": b"GIF89a" + bytes(20)}
    made = docx(ASKED, pictured(run), *OPTIONS, *NEXT, media=media, linked={"far.png": "https://example.org/far.png"})
    assert faults(word, made) == [("paragraph 2", code)]


def test_a_picture_is_not_read_further_than_a_picture_may_be():
    made = docx(ASKED, pictured(shown("a.png", ALT)), *OPTIONS, media={"a.png": bytes(20 * 2**20)})
    assert faults(word, made) == [("paragraph 2", "picture-too-big")]


@pytest.mark.parametrize(
    ("place", "code"),
    [(2, "picture-in-option"), (3, "picture-in-option"), (4, "picture-misplaced")],
)
def test_a_picture_that_stands_with_an_option_or_behind_the_question_is_refused(place, code):
    blocks = [ASKED, *OPTIONS]
    blocks.insert(place, pictured(shown("a.png", ALT)))
    assert faults(word, docx(*blocks, *NEXT, media={"a.png": RED})) == [(f"paragraph {place + 1}", code)]


def test_an_emblem_before_the_first_question_and_a_stamp_behind_the_answers_are_left_out_and_told():
    emblem, stamp = (pictured(shown("a.png")) for _ in range(2))
    made, found = read(word, docx(emblem, ASKED, *OPTIONS[:2], p("ĐÁP ÁN"), p("1.A"), stamp, media={"a.png": RED}))
    assert not made.questions[0].picture and not made.pictures
    assert [where for where, code in found if code == "picture-left-out"] == ["paragraph 1", "paragraph 7"]


def test_a_picture_in_the_cell_of_the_question_is_its_own_and_in_one_of_an_option_refused():
    head = ["Câu hỏi", "Phương án A", "Phương án B", "Đáp án đúng"]
    cell = p("Biển gì?") + pictured(shown("a.png", ALT))
    made, _ = read(word, docx(table(head, [cell, "x", "y", "A"]), media={"a.png": RED}))
    assert (made.questions[0].text, made.questions[0].picture) == ("Biển gì?", kept(RED))
    wrong = docx(table(head, ["Biển gì?", pictured(shown("a.png", ALT)), "y", "A"]), media={"a.png": RED})
    assert ("table 1, row 2", "picture-in-option") in faults(word, wrong)


# Moodle


def asked(image, *files, option="", why=""):
    within = "".join(files)
    return quiz(
        f'<question type="multichoice"><questiontext format="html"><text><![CDATA[<p>Biển gì?</p>{image}]]></text>{within}'
        f"</questiontext><generalfeedback format='html'><text><![CDATA[Vì thế.{why}]]></text></generalfeedback>"
        f"<single>true</single><answer fraction='100' format='html'><text><![CDATA[Cấm{option}]]></text></answer>"
        "<answer fraction='0'><text>Đi</text></answer></question>"
    ).encode()


def file(name, content, path="/"):
    return f'<file name="{name}" path="{path}" encoding="base64">{b64encode(content).decode()}</file>'


IMG = f'<img src="@@PLUGINFILE@@/a%20b.png?time=1" alt="{ALT}">'


@pytest.mark.parametrize(
    "made",
    [
        asked(IMG, file("a b.png", RED)),
        asked(f'<img src="@@PLUGINFILE@@/hinh/a.png" alt="{ALT}">', file("a.png", RED, "/hinh/")),
        asked(f'<img src="data:image/png;base64,{b64encode(RED).decode()}" alt="{ALT}">'),
    ],
    ids=range(3),
)
def test_a_picture_in_moodles_text_is_the_questions(made):
    [question] = read(moodle, made)[0].questions
    assert (question.text, question.picture, question.alt) == ("Biển gì?", kept(RED), ALT)


@pytest.mark.parametrize(
    ("made", "codes"),
    [
        (asked(IMG), ["picture-not-in-file"]),
        (asked(f'<img src="https://example.org/a.png" alt="{ALT}">'), ["picture-not-in-file"]),
        (asked("", file("a b.png", RED)), ["file-not-used"]),
        (asked(IMG, file("a b.png", RED), file("c.png", RED)), ["file-not-used"]),
        (asked(IMG, file("a b.png", BIG)), ["picture-too-big"]),
        (asked(IMG, file("a b.png", bytes(2**21))), ["picture-too-big"]),
        (asked(IMG, file("a b.png", b"GIF89a")), ["picture-not-readable"]),
        (asked(IMG, '<file name="a b.png" path="/" encoding="base64">=?=</file>'), ["picture-not-readable"]),
        (asked(IMG.replace(ALT, ""), file("a b.png", RED)), ["alt-missing"]),
        (asked("", option=IMG), ["picture-in-option"]),
        (asked("", why=IMG), ["picture-misplaced"]),
        (asked(IMG + IMG, file("a b.png", RED)), ["picture-second"]),
    ],
    ids=range(12),
)
def test_what_moodle_shows_and_a_question_cannot_is_refused(made, codes):
    assert [code for _, code in faults(moodle, made)] == codes


def test_a_sound_in_moodles_text_is_left_out_with_its_file_and_told():
    made, found = read(moodle, asked('<audio src="@@PLUGINFILE@@/a.mp3"></audio>', file("a.mp3", b"ID3")))
    assert "picture-left-out" in [code for _, code in found] and not made.pictures


# Excel


def test_pictures_above_the_cells_of_a_workbook_are_left_out_and_told():
    book, file = load_workbook(BytesIO(written(bank(), "xlsx"))), BytesIO()
    book.active.add_image(Image(BytesIO(RED)), "D2")
    book.save(file)
    again, found = formats.parse(file.getvalue(), "xlsx", GIVEN)
    assert again == bank() and [(each.where, each.code) for each in found] == [("file", "picture-left-out")]


# The way back


def with_pictures(made, files, alt=ALT):
    pictures = [picture(file) for file in files]
    pairs = zip(made.questions, pictures, strict=False)
    questions = tuple(replace(each, picture=shown.reference, alt=alt) for each, shown in pairs)
    return replace(
        made, questions=questions + made.questions[len(questions) :], pictures={each.reference: each for each in pictures}
    )


ALTS = st.text(st.sampled_from("aâđ >&\"'.1\\\\"), min_size=1, max_size=20).map(lambda text: " ".join(text.split()) or "x")


@pytest.mark.parametrize("name", ["docx", "moodle"])
@settings(max_examples=40)
@given(made=SOUND, files=st.lists(st.sampled_from([RED, png(3, 900), jpeg()]), min_size=1, max_size=4), alt=ALTS)
def test_any_bank_with_pictures_survives(name, made, files, alt):
    before = with_pictures(made, files, alt)
    again, found = formats.parse(written(before, name), name, Given("other"))
    assert again == before, [finding.sentence("en") for finding in found]
    assert {each.reference: each.body for each in brought(again)} == {each.reference: each.body for each in brought(before)}


@pytest.mark.parametrize("name", formats.NAMES)
def test_every_format_tells_how_many_questions_stand_in_it_without_their_picture(name):
    before = with_pictures(bank(), [RED, jpeg()])
    holds = name in ("docx", "moodle")
    assert formats.FORMATS[name].without_picture(before) == (0 if holds else 2)
    assert formats.FORMATS[name].without_picture(replace(before, pictures={})) == 2


def test_a_file_with_pictures_is_looked_at_with_them_and_kept_and_exported_and_the_same_again(storage):
    upload = handed_in(storage, written(with_pictures(bank(), [RED, jpeg()]), "docx"))
    found = uploading.work(storage, directly, NOON).outcome
    assert storage.pictures.missing([each["picture"] for each in found["preview"][:2]]) == set(), "the preview shows them"
    uploading.keep(storage, "bank", upload.upload_id, "first", True)
    assert uploading.work(storage, directly, NOON).outcome["version"] == 1
    for form in ("moodle", "docx", "xlsx"):
        out = banks.write_bank(storage, "bank", 1, form)
        assert out.without_picture == (2 if form == "xlsx" else 0)
        again, found = banks.read_bank(b"".join(out.pieces), "auto", "bank")
        assert banks.keep_bank(storage, again, "second", NOON).version == 1, form


def test_more_pictures_than_a_file_may_have_are_left_out_counted_and_not_lost(storage, monkeypatch):
    banks.keep_bank(storage, with_pictures(bank(), [RED, jpeg()]), "first", NOON)
    assert storage.pictures.weight([kept(RED), kept(jpeg())]) < MOST_WRITTEN_MB * 2**20
    monkeypatch.setattr("hoithi_exam.domain.bank.pictures.MOST_WRITTEN_MB", 0)
    out = banks.write_bank(storage, "bank", 1, "docx")
    assert out.without_picture == 2
    again, _ = banks.read_bank(b"".join(out.pieces), "docx", "bank")
    assert not again.questions[0].picture and banks.keep_bank(storage, again, "second", NOON).version == 1


def test_one_wrong_picture_and_nothing_of_the_file_is_kept(storage):
    made = docx(ASKED, pictured(shown("a.png", ALT)), *OPTIONS, *NEXT[:1], pictured(shown("big.png", ALT)), *NEXT[1:],
                media={"a.png": RED, "big.png": BIG})  # fmt: skip
    handed_in(storage, made)
    found = uploading.work(storage, directly, NOON).outcome
    [wrong] = [each for each in found["findings"] if each["severity"] == "error"]
    assert (wrong["code"], wrong["place"]) == ("picture-too-big", "Đoạn 7") and "301 KB" in wrong["message"]
    assert storage.pictures.missing([kept(RED)])


def test_the_door_says_how_many_pictures_are_not_in_the_file(storage, serve, auth):
    storage.banks.add(replace(bank(), questions=(replace(question(1), picture="AbCdEfGhIjKlMnOp.6x4", alt="x"),)), "first", NOON)
    client, header = serve(Doors).client, auth("first", roles=("organiser:contest:*",))
    answer = client.get("/banks/bank/versions/1/export?format=gift", headers=header)
    assert answer.headers["X-Without-Picture"] == "1"
