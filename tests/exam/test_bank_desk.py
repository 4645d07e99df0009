"""A bank's file at the desk: handed in, read by the worker, found again, kept by a person, looked through by another."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from exam.making import NOON, bank, question
from exam.test_bank_excel import HEADER, OTHER, ROW, file_of, with_cell
from exam.test_domain_picture import png
from hoithi_exam.domain.bank import formats
from hoithi_exam.domain.uploads import MOST_TRIES, NotToKeep, UnknownUpload
from hoithi_exam.handlers import uploading
from hoithi_exam.service import Doors, Worker

ORGANISER = ("organiser:contest:*",)
QUERY = {"format": "auto", "name": "de-thi.xlsx"}


def directly(function, *args):
    return function(*args)


def handed_in(storage, raw, bank_id="bank", **query):
    return uploading.hand_in(storage, bank_id, raw, {**QUERY, **query}, "first", "vi", NOON)


def looked(storage, raw, **query):
    """The outcome of a file that was handed in."""
    handed_in(storage, raw, **query)
    return uploading.work(storage, directly, NOON).outcome


def written(made, form="text"):
    return b"".join(formats.FORMATS[form].pieces(made))


@pytest.mark.parametrize("form", formats.NAMES)
def test_the_format_is_found_out_and_nothing_is_kept_yet(storage, form):
    found = looked(storage, written(bank(), form), topic="Chung", level="easy")
    assert (found["format"], found["questions"], found["version"]) == (form, 24, None)
    assert len(found["preview"]) == 20 and found["preview"][0]["right"]
    assert storage.banks.newest("bank") is None


def test_a_broken_file_tells_each_place_and_cannot_be_kept(storage):
    found = looked(storage, file_of(HEADER, with_cell("Mức độ", "x")))
    [wrong] = [each for each in found["findings"] if each["severity"] == "error"]
    assert (wrong["place"], wrong["where"]) == ("Dòng 2, cột Mức độ", "row 2, column Mức độ")
    assert "«x»" in wrong["message"]
    [upload] = storage.uploads.collection.distinct("_id")
    with pytest.raises(NotToKeep):
        uploading.keep(storage, "bank", upload, "first", True)


def test_a_double_shows_both_questions_beside_each_other(storage):
    twin = [*ROW]
    twin[0] = "AT-009"
    found = looked(storage, file_of(HEADER, ROW, OTHER, twin))
    [double] = [each for each in found["findings"] if each["code"] == "double"]
    assert [each["id"] for each in double["pair"]] == ["at-001", "at-009"]
    assert double["place"].startswith("Dòng 4")


def test_a_file_is_compared_with_the_newest_version(storage):
    storage.banks.add(bank(), "first", NOON)
    found = looked(storage, written(bank(30)))
    assert (found["against"], found["counts"]["added"], found["counts"]["key"]) == (1, 6, 0)


def test_a_file_of_another_bank_or_use_is_refused(storage):
    assert looked(storage, written(bank(bank_id="other")))["findings"][0]["code"] == "other-bank"
    storage.banks.add(bank(), "first", NOON)
    changed = replace(bank(), questions=(replace(question(1), practice=True), *bank().questions[1:]))
    first = looked(storage, written(changed))["findings"][0]
    assert (first["code"], first["place"]) == ("use-changed", "Câu q001")


def test_a_file_that_was_looked_at_becomes_a_version_of_who_keeps_it_once(storage):
    upload = handed_in(storage, written(bank()))
    with pytest.raises(NotToKeep):
        uploading.keep(storage, "bank", upload.upload_id, "first", True)
    uploading.work(storage, directly, NOON)
    uploading.keep(storage, "bank", upload.upload_id, "second", True)
    assert uploading.work(storage, directly, NOON).outcome["version"] == 1
    assert (storage.banks.newest("bank").imported_by, storage.banks.newest("bank").state) == ("second", "draft")
    with pytest.raises(NotToKeep):
        uploading.keep(storage, "bank", upload.upload_id, "second", True)
    assert uploading.work(storage, directly, NOON) is None


def test_a_file_that_never_comes_to_an_end_is_given_up(storage):
    def stopped(function, *args):
        raise MemoryError

    upload = handed_in(storage, written(bank()))
    for _ in range(MOST_TRIES):
        with pytest.raises(MemoryError):
            uploading.work(storage, stopped, NOON)
    assert uploading.work(storage, directly, NOON).outcome["findings"][0]["code"] == "gave-up"
    assert storage.uploads.get("bank", upload.upload_id).state == "done"


def test_an_upload_belongs_to_its_bank(storage):
    upload = handed_in(storage, written(bank()))
    with pytest.raises(UnknownUpload):
        storage.uploads.get("other", upload.upload_id)


# Over HTTP, with a real worker


@pytest.fixture
def client(clean, serve):
    return serve(Doors).client


@pytest.fixture
def first(auth):
    return auth("first", roles=ORGANISER)


@pytest.fixture
def second(auth):
    return auth("second", roles=ORGANISER)


def send(client, headers, content, **query):
    kind = {**headers, "Content-Type": "application/octet-stream"}
    answer = client.post("/banks/bank/uploads", content=content, params=query, headers=kind)
    assert answer.status_code == 202, answer.text
    return f"/banks/bank/uploads/{answer.json()['upload_id']}"


def test_a_workbook_is_read_by_the_worker_mended_kept_and_approved(client, serve, first, second, eventually):
    serve(Worker)

    def done(path):
        found = client.get(path, headers=first).json()
        return found if found["state"] == "done" else None

    broken = send(client, first, file_of(HEADER, with_cell("Mức độ", "x")), name="sai.xlsx")
    found = eventually(lambda: done(broken))
    assert (found["name"], found["done"], found["total"], found["outcome"]["format"]) == ("sai.xlsx", 3, 3, "xlsx")
    mended = client.get(f"{broken}/mended", headers=first)
    assert "«x»" in load_workbook(BytesIO(mended.content)).active.cell(2, 12).value
    assert client.post(f"{broken}/keep", headers=first).json()["type"].endswith("not-to-keep")

    right = send(client, first, written(bank()))
    eventually(lambda: done(right))
    assert client.post(f"{right}/keep", headers=first).status_code == 202
    kept = eventually(lambda: (found := done(right)) and found["outcome"]["version"] and found)
    assert (kept["done"], kept["total"], kept["outcome"]["version_state"]) == (4, 4, "draft")
    assert client.post("/banks/bank/versions/1/approve", json={}, headers=first).status_code == 403
    assert client.post("/banks/bank/versions/1/approve", json={}, headers=second).status_code == 200


@pytest.fixture
def kept(storage):
    """Version 1 approved, 2 and 3 drafts: 2 has another key, 3 another question."""
    rekeyed = replace(bank(), questions=(replace(question(1), right="b"), *bank().questions[1:]))
    storage.banks.add(bank(), "first", NOON)
    for made in (rekeyed, replace(rekeyed, questions=(*rekeyed.questions, question(99)))):
        storage.banks.add(made, "first", NOON + timedelta(seconds=1), "draft")
    return storage


def test_what_a_second_person_sees_reaches_back_to_what_was_approved(client, kept, second):
    url = "/banks/bank/versions/3/differences"
    found = client.get(url, headers=second).json()
    assert (found["against"], found["counts"]) == (1, {"key": 1, "changed": 0, "added": 1, "dropped": 0})
    [rekeyed, added] = found["page"]
    assert (rekeyed["before"]["right"], rekeyed["after"]["right"], rekeyed["fields"]) == ("a", "b", ["right"])
    assert (added["id"], added["before"]) == ("q099", None)
    assert client.get(f"{url}?against=2", headers=second).json()["counts"]["key"] == 0
    assert [each["id"] for each in client.get(f"{url}?kind=added", headers=second).json()["page"]] == ["q099"]
    assert client.get("/banks/bank/versions/1/differences", headers=second).json()["against"] is None
    page = client.get("/banks/bank/versions/1/differences?limit=20", headers=second).json()
    assert (len(page["page"]), page["next"]) == (20, 20)


def test_a_question_gets_a_picture_that_stays_when_a_file_is_imported_again(client, kept, first, second):
    answer = client.post("/banks/bank/pictures", content=png(), headers={**first, "Content-Type": "image/png"})
    reference = answer.json()["picture"]
    shown = client.get(f"/pictures/{reference}")
    assert (shown.headers["Content-Type"], shown.headers["Content-Security-Policy"]) == (
        "image/png", "default-src 'none'; sandbox",
    )  # fmt: skip
    change = {"id": "q001", "picture": reference, "alt": "Biển báo"}
    url = "/banks/bank/versions/3/changes"
    assert client.post(url, json={"questions": [{**change, "alt": ""}]}, headers=first).status_code == 422
    unknown = {"questions": [{**change, "picture": "AbCdEfGhIjKlMnOp.6x4"}]}
    assert client.post(url, json=unknown, headers=first).json()["errors"][0]["field"] == "questions.0.picture"
    assert client.post(url, json={"questions": [change]}, headers=first).json()["version"] == 4
    found = client.get("/banks/bank/versions/4/differences?against=3", headers=second).json()["page"]
    assert [(each["id"], each["fields"]) for each in found] == [("q001", ["picture", "alt"])]
    exported = client.get("/banks/bank/versions/4/export?format=xlsx", headers=first).content
    again = client.post("/banks/bank?format=auto", content=exported, headers={**first, "Content-Type": "text/plain"})
    assert (again.status_code, again.json()["version"]) == (200, 4)


def test_what_is_no_picture_is_refused_whatever_it_is_called(client, first):
    answer = client.post("/banks/bank/pictures", content=b"<svg/>", headers={**first, "Content-Type": "image/png"})
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/not-picture")
    assert client.get("/pictures/AbCdEfGhIjKlMnOp.6x4").status_code == 404


def test_a_version_is_searched_at_the_server_page_by_page(client, kept, second):
    url = "/banks/bank/versions/3"
    found = client.get(f"{url}?q=cau hoi&topic=an-toan&limit=5", headers=second).json()
    assert (found["found"], len(found["page"])) == (13, 5)
    onward = client.get(f"{url}?q=cau hoi&topic=an-toan&limit=20&after={found['next']}", headers=second).json()
    assert (len(onward["page"]), onward["next"]) == (8, None)
    assert [each["id"] for each in client.get(f"{url}?ids=q099,q001", headers=second).json()["page"]] == ["q001", "q099"]


def test_five_thousand_questions_are_searched_and_paged_at_the_server(client, storage, second):
    storage.banks.add(bank(5000), "first", NOON)
    url = "/banks/bank/versions/1"
    one = client.get(f"{url}?q=cau so 4711", headers=second).json()
    assert (one["found"], one["page"][0]["id"], one["next"]) == (1, "q4711", None)
    seen, after = 0, ""
    while after is not None:
        page = client.get(f"{url}?level=hard&limit=500{after and f'&after={after}'}", headers=second).json()
        seen, after = seen + len(page["page"]), page["next"]
    assert seen == page["found"] == 1666


def test_an_overview_tells_topics_levels_and_languages(client, kept, second):
    said = {"name": "Tày", "questions": [{"id": "q001", "text": "tày?", "options": ["1", "2", "3", "4"]}]}
    client.put("/banks/bank/versions/3/languages/tyz", json=said, headers=second)
    found = client.get("/banks/bank/versions/3/overview", headers=second).json()
    assert [(each["name"], sum(each["levels"].values())) for each in found["topics"]] == [("An toàn", 13), ("Dịch vụ công", 12)]
    [language] = found["languages"]
    assert (language["name"], language["texts"], language["sounds"], language["questions"]) == ("Tày", 1, 0, 25)
    lacking = client.get("/banks/bank/versions/3?lacks=tyz", headers=second).json()
    assert lacking["found"] == 24


def test_organisers_of_a_contest_read_the_version_its_papers_are_drawn_from_and_no_other(serve, auth, just_opened, storage):
    just_opened()
    storage.banks.add(bank(30), "first", NOON)
    client, own, other = (
        serve(Doors).client,
        auth("o1", roles=("organiser:contest:hg",)),
        auth("o2", roles=("organiser:contest:x",)),
    )

    def read(version: int, header, **query) -> int:
        return client.get(f"/banks/bank/versions/{version}", params=query, headers=header).status_code

    assert (read(1, own, round="hg-w1"), read(1, own), read(2, own, round="hg-w1")) == (200, 403, 403)
    assert (read(1, other, round="hg-w1"), read(1, own, round="nothing")) == (403, 404)
