"""A bank version is used by contests only after a second person approved it; every step is in the audit log."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from exam import making
from exam.docx import BOLD, docx, p
from exam.making import MINUTE, NOON, bank
from exam.test_bank_excel import HEADER, file_of, with_cell
from hoithi_contracts.fields import wire_instant
from hoithi_exam.domain.bank import formats, text
from hoithi_exam.domain.contest import NotReady
from hoithi_exam.domain.rules import plain
from hoithi_exam.domain.versions import APPROVED, DRAFT, BankVersion, NewerVersion, OwnImport
from hoithi_exam.handlers import banks, clock
from hoithi_exam.handlers.contests import check_contest, create_contest, publish_contest
from hoithi_exam.service import Doors
from hoithi_exam.service.bank_doors import open_approval

ORGANISER = ("organiser:contest:*",)
VERSION = BankVersion("bank:1", "bank", 1, "Ngân hàng", "vi", 24, "d", NOON, "first", DRAFT)


# The rule


def test_who_brought_a_version_in_cannot_approve_it():
    with pytest.raises(OwnImport):
        VERSION.approve("first", "", NOON)


def test_a_second_person_approves_once_and_again_is_quiet():
    approved = VERSION.approve("second", "đã soát", NOON)
    assert (approved.state, approved.approved_by, approved.note) == (APPROVED, "second", "đã soát")
    assert approved.approve("third", "", NOON + MINUTE) == approved


@pytest.mark.parametrize(
    ("given", "waits"), [({}, True), ({"BANK_APPROVAL": "required"}, True), ({"BANK_APPROVAL": "off"}, False)]
)
def test_approval_is_asked_for_unless_the_deployment_says_otherwise(given, waits):
    assert open_approval(given) is waits


def test_a_setting_that_is_neither_stops_the_start():
    with pytest.raises(SystemExit, match="BANK_APPROVAL"):
        open_approval({"BANK_APPROVAL": "maybe"})


# Contests


@pytest.fixture
def contest(storage):
    """A draft contest that uses the bank."""
    window = {"opens_at": NOON, "closes_at": NOON + 60 * MINUTE}
    body = {"contest_id": "hg", "title": "Cuộc thi", "rules": plain(making.rules()), "rounds": [window]}
    return create_contest(storage, body, NOON - MINUTE)


def test_a_contest_with_an_unapproved_bank_is_not_published_and_says_what_to_do(storage, contest):
    banks.keep_bank(storage, bank(), "first", NOON, approval=True)
    with pytest.raises(NotReady) as refused:
        publish_contest(storage, "hg", "vi", NOON - MINUTE)
    [sentence] = refused.value.fields["divisions.citizens"]
    assert "chưa được người thứ hai duyệt" in sentence
    banks.approve_bank(storage, "bank", 1, "second", "", NOON)
    assert publish_contest(storage, "hg", "vi", NOON - MINUTE).banks == {"citizens": "bank:1"}


def test_a_newer_draft_is_named_and_not_used(storage, contest):
    storage.banks.add(bank(), "first", NOON)
    banks.keep_bank(storage, bank(30), "first", NOON, approval=True)
    found = check_contest(storage, "hg", NOON - MINUTE)
    assert [(each.severity, each.code) for each in found] == [("warning", "bank-newer-unapproved")]
    assert publish_contest(storage, "hg", "vi", NOON - MINUTE).banks == {"citizens": "bank:1"}
    clock.tick(storage, NOON)
    assert storage.rounds.get("hg-w1").banks == {"citizens": "bank:1"}


def test_versions_of_before_there_was_an_approval_are_approved(storage):
    storage.banks.add(bank(), "first", NOON)
    storage.banks.collection.update_one({}, {"$unset": {"state": ""}})
    assert storage.banks.newest("bank", approved=True).is_approved


def test_two_who_approve_at_once_leave_one_approval_and_one_entry(storage):
    version = banks.keep_bank(storage, bank(), "first", NOON, approval=True)
    assert storage.banks.approve(version, version.approve("second", "", NOON))
    assert not storage.banks.approve(version, version.approve("third", "", NOON))
    assert [entry.by for entry in storage.banks.log("bank")] == ["first", "second"]


def test_changes_to_an_older_version_are_refused(storage):
    for size in (24, 30):
        storage.banks.add(bank(size), "first", NOON)
    with pytest.raises(NewerVersion):
        banks.edit_bank(storage, "bank", 1, {"topics": {}, "questions": []}, "vi")
    with pytest.raises(NewerVersion):
        banks.keep_edited(storage, bank(40), 1, "first", NOON, approval=True)


# Over HTTP


@pytest.fixture
def client(clean, serve):
    return serve(Doors).client


@pytest.fixture
def first(auth):
    return auth("first", roles=ORGANISER)


@pytest.fixture
def second(auth):
    return auth("second", roles=ORGANISER)


def send(client, headers, content, kind="application/octet-stream", path="/banks/bank", **query):
    return client.post(path, content=content, params=query, headers={**headers, "Content-Type": kind})


def imported(client, headers, size=24):
    return send(client, headers, text.write(bank(size)).encode(), format="text").json()


def test_import_approval_and_publication_go_through_two_people(client, first, second, auth, storage):
    assert imported(client, first)["state"] == "draft"
    refusal = client.post("/banks/bank/versions/1/approve", json={}, headers=first)
    assert (refusal.status_code, refusal.json()["type"].rpartition("/")[2]) == (403, "own-import")
    stranger = auth("third", roles=("organiser:contest:other",))
    assert client.post("/banks/bank/versions/1/approve", json={}, headers=stranger).status_code == 403
    for _ in range(2):
        answer = client.post("/banks/bank/versions/1/approve", json={"note": "đã soát"}, headers=second)
        assert (answer.status_code, answer.json()["state"], answer.json()["approved_by"]) == (200, "approved", "second")
    entries = client.get("/banks/bank/audit", headers=first).json()["entries"]
    assert [(entry["what"], entry["by"], entry["reason"]) for entry in entries] == [
        ("bank-imported", "first", ""), ("bank-approved", "second", "đã soát"),
    ]  # fmt: skip
    imported_, approved = entries
    assert (imported_["before"]["version"], imported_["after"]["version"], imported_["after"]["state"]) == (None, 1, "draft")
    assert (approved["before"], approved["after"]) == (
        {"version": 1, "state": "draft"}, {"version": 1, "state": "approved"},
    )  # fmt: skip
    assert client.get("/audit", headers=first).json()["entries"] == entries[::-1]


def test_without_approval_an_import_is_ready_at_once(clean, serve, first):
    client = serve(Doors, BANK_APPROVAL="off").client
    assert imported(client, first)["state"] == "approved"


@pytest.mark.parametrize("name", formats.NAMES)
def test_every_format_goes_out_and_comes_in_again(client, first, name):
    imported(client, first)
    answer = client.get("/banks/bank/versions/1/export", params={"format": name}, headers=first)
    assert answer.status_code == 200 and answer.headers["X-Left-Out"] == "0"
    assert answer.headers["Content-Disposition"].endswith(f'bank-1.{formats.FORMATS[name].suffix}"')
    again = send(client, first, answer.content, format="auto", dry_run="true", preview="3", topic="Chung", level="easy").json()
    assert (again["questions"], len(again["preview"]), again["version"]) == (24, 3, None)


def test_a_word_file_is_imported_by_its_content_type(client, first):
    rows = [p("Câu 1: Thủ đô?"), p("A. Huế"), p(("B. Hà Nội", BOLD))]
    kind = formats.FORMATS["docx"].content_type
    answer = send(client, first, docx(*rows), kind, topic="Địa lý", level="easy", preview="1").json()
    assert (answer["version"], answer["preview"][0]["right"]) == (1, "b")


def test_a_broken_workbook_comes_back_with_its_remarks(client, first):
    kind = formats.FORMATS["xlsx"].content_type
    broken = file_of(HEADER, with_cell("Mức độ", "x"))
    answer = send(client, {**first, "Accept-Language": "en"}, broken, kind, "/banks/bank/mend")
    assert answer.status_code == 200 and answer.headers["Content-Type"] == kind
    assert "the level “x” is not known" in load_workbook(BytesIO(answer.content)).active.cell(2, 12).value
    assert send(client, first, b"x", kind, "/banks/bank/mend").json()["type"].endswith("nothing-to-mend")


def test_topics_and_levels_are_changed_in_a_new_version(client, first, second):
    imported(client, first)
    change = {"topics": [{"slug": "moi", "name": "Mới"}], "questions": [{"id": "q001", "topic": "moi", "level": "hard"}]}
    answer = client.post("/banks/bank/versions/1/changes", json=change, headers=second)
    assert (answer.status_code, answer.json()["version"], answer.json()["state"]) == (201, 2, "draft")
    page = client.get("/banks/bank/versions/2?limit=1", headers=first).json()["page"]
    assert (page[0]["topic"], page[0]["level"]) == ("moi", "hard")
    assert client.post("/banks/bank/versions/2/approve", json={}, headers=second).status_code == 403
    assert client.post("/banks/bank/versions/1/changes", json=change, headers=second).status_code == 409


@pytest.mark.parametrize(
    ("change", "slug"),
    [
        ({"id": "q999", "level": "hard"}, "unknown-questions"),
        ({"id": "q001", "topic": "la"}, "bank-refused"),
        ({"id": "q001", "right": "e"}, "bank-refused"),
        ({"id": "q001", "level": "x"}, "not-valid"),
    ],
)
def test_a_change_that_makes_no_sound_bank_is_refused(client, first, change, slug):
    imported(client, first)
    answer = client.post("/banks/bank/versions/1/changes", json={"questions": [change]}, headers=first)
    assert answer.status_code == 422 and answer.json()["type"].endswith(slug)


def test_a_question_is_taken_out(client, first):
    imported(client, first)
    change = {"questions": [{"id": "q001", "drop": True}]}
    assert client.post("/banks/bank/versions/1/changes", json=change, headers=first).json()["questions"] == 23


def test_a_published_contest_over_http_needs_the_second_person(client, first, second):
    imported(client, first)
    window = {"opens_at": wire_instant(NOON + timedelta(days=900)), "closes_at": wire_instant(NOON + timedelta(days=901))}
    body = {"contest_id": "hg", "title": "Cuộc thi", "rules": plain(making.rules()), "rounds": [window]}
    assert client.post("/contests", json=body, headers=first).status_code == 201
    refusal = client.post("/contests/hg/publish", headers=first)
    assert refusal.status_code == 409 and "chưa được người thứ hai duyệt" in refusal.json()["errors"][0]["message"]
    client.post("/banks/bank/versions/1/approve", json={}, headers=second)
    assert client.post("/contests/hg/publish", headers=first).status_code == 200
