"""Rules of `hoithi bank` and `hoithi items`."""

import json

BANKS = (200, {"banks": [{"bank_id": "b", "version": 2}, {"bank_id": "b", "version": 3}, {"bank_id": "c", "version": 9}]})
KEPT = (201, {"bank_id": "b", "version": 4, "questions": 1, "state": "draft", "findings": []})


def test_a_file_is_sent_as_what_it_is_and_the_next_step_is_told(hoithi, site, signed_in, tmp_path):
    (tmp_path / "b.docx").write_bytes(b"PK")
    site.on("POST", "/api/exam/banks/b", KEPT)
    result = hoithi("bank", "import", tmp_path / "b.docx", "--topic", "Chung", "--level", "easy", *signed_in)
    asked = site.asked[-1]
    assert result.exit_code == 0 and "hoithi bank approve b" in result.stdout
    assert asked["headers"]["Content-Type"].endswith("wordprocessingml.document")
    assert {"format=auto", "topic=Chung", "level=easy", "dry_run=false"} <= set(asked["query"].split("&"))


def test_a_dry_run_keeps_nothing(hoithi, site, signed_in, tmp_path):
    (tmp_path / "b.gift.txt").write_text("// hoithi bank_id: b\n")
    site.on("POST", "/api/exam/banks/b", (200, {**KEPT[1], "version": None, "state": None}))
    assert hoithi("bank", "import", tmp_path / "b.gift.txt", "--dry-run", *signed_in).exit_code == 0
    assert "dry_run=true" in site.asked[-1]["query"]


def test_a_broken_workbook_is_saved_with_its_remarks(hoithi, site, signed_in, tmp_path):
    (tmp_path / "b.xlsx").write_bytes(b"PK")
    errors = [{"field": "row 3, column Mức độ", "code": "x", "message": "Row 3: the level is not known."}]
    site.on("POST", "/api/exam/banks/b", (422, {"type": "/problems/bank-refused", "title": "Refused", "errors": errors}))
    site.on("POST", "/api/exam/banks/b/mend", (200, b"mended"))
    result = hoithi("bank", "check", tmp_path / "b.xlsx", "--corrected", tmp_path / "out.xlsx", *signed_in)
    assert result.exit_code == 4 and (tmp_path / "out.xlsx").read_bytes() == b"mended"


def test_the_newest_version_is_approved_with_its_note(hoithi, site, signed_in):
    site.on("GET", "/api/exam/banks", BANKS)
    site.on("POST", "/api/exam/banks/b/versions/3/approve", (200, {"state": "approved"}))
    assert "b version 3 is approved" in hoithi("bank", "approve", "b", "--note", "đã soát", *signed_in).stdout
    assert json.loads(site.asked[-1]["body"]) == {"note": "đã soát"}


def test_differences_are_read_page_by_page(hoithi, site, signed_in):
    change = {"kind": "key", "id": "q1", "fields": ["right"], "before": {}, "after": {}}
    site.on("GET", "/api/exam/banks", BANKS)
    page = {"against": 2, "counts": {}, "renamed": {}, "page": [change], "next": None}
    site.on("GET", "/api/exam/banks/b/versions/3/differences", (200, page))
    result = hoithi("bank", "differences", "b", "--against", "2", *signed_in)
    assert result.exit_code == 0 and "q1" in result.stdout and "against=2" in site.asked[-1]["query"]


def test_a_picture_is_sent_and_put_to_its_question(hoithi, site, signed_in, tmp_path):
    (tmp_path / "b.png").write_bytes(b"PNG")
    site.on("GET", "/api/exam/banks", BANKS)
    site.on("POST", "/api/exam/banks/b/pictures", (201, {"picture": "r.4x3", "content_type": "image/png"}))
    site.on("POST", "/api/exam/banks/b/versions/3/changes", KEPT)
    assert hoithi("bank", "picture", "b", "q1", tmp_path / "b.png", "--alt", "Biển báo", *signed_in).exit_code == 0
    assert json.loads(site.asked[-1]["body"]) == {"questions": [{"id": "q1", "picture": "r.4x3", "alt": "Biển báo"}]}


def test_an_export_is_saved_whole_and_says_what_is_left_out(hoithi, site, signed_in, tmp_path):
    site.on("GET", "/api/exam/banks", BANKS)
    site.on("GET", "/api/exam/banks/b/versions/3/export", (200, b"Q", {"X-Left-Out": "2", "X-Without-Picture": "3"}))
    result = hoithi("bank", "export", "b", "--format", "aiken", "--to", tmp_path / "b.txt", *signed_in)
    assert (tmp_path / "b.txt").read_bytes() == b"Q" and "2 questions have no place" in result.stdout
    assert "3 questions are in it without their picture" in " ".join(result.stdout.split())
    assert hoithi("bank", "export", "b", "--format", "pdf", *signed_in).exit_code == 2


def test_topics_and_levels_are_set_for_questions_of_the_newest_version(hoithi, site, signed_in):
    site.on("GET", "/api/exam/banks", BANKS)
    site.on("POST", "/api/exam/banks/b/versions/3/changes", KEPT)
    assert hoithi("bank", "set", "b", "q1", "q2", "--level", "hard", *signed_in).exit_code == 0
    assert json.loads(site.asked[-1]["body"]) == {"questions": [{"id": "q1", "level": "hard"}, {"id": "q2", "level": "hard"}]}
    assert hoithi("bank", "set", "b", "q1", *signed_in).exit_code == 2


def test_items_are_read_page_by_page_and_shown_with_their_flags(hoithi, site, signed_in, document):
    item = {
        "question_id": "q1", "right": "a", "answers": 40, "omitted": 0, "facility": 0.5, "discrimination": -0.2,
        "point_biserial": None, "choices": [{"letters": "", "count": 1}], "flags": ["negative-discrimination"],
    }  # fmt: skip
    page = {"round_id": "c-w1", "attempts": 40, "questions": 2, "made_at": "x", "items": [item], "next": 1}
    site.on("GET", "/api/scoring/rounds/c-w1/items", (200, page), (200, {**page, "next": None}))
    assert len(document(hoithi("items", "c-w1", "--json", *signed_in))["items"]) == 2
    site.on("GET", "/api/scoring/rounds/c-w1/items", (200, {**page, "next": None}))
    assert "negative-discrimination" in hoithi("items", "c-w1", *signed_in).stdout.replace("\n", "")
