"""The doors and the worker on the real parts: files, spreadsheets, paper, signed results over HTTP, events."""

import csv
import hashlib
import io
import json
import threading
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
import pytest
from docx import Document as Word
from openpyxl import Workbook, load_workbook
from pypdf import PdfReader

from hoithi_contracts.emulation import AssessmentReviewed
from hoithi_contracts.registration import OfficerChanged, RosterFrozen
from hoithi_contracts.scoring import ResultsCorrected, ResultsPublished
from hoithi_emulation.domain.results import KIND
from hoithi_sheets import MEDIA_TYPE

CAMPAIGN, ASSESSMENT = "/campaigns/nam-du-lieu", "/assessments/nam-du-lieu:x1"
BEGIN = {"kind": "collective", "unit_id": "x1"}


@pytest.fixture
def boss(auth):
    return auth("boss", roles=("organiser:contest:nam-du-lieu",))


@pytest.fixture
def officer(auth):
    return auth("o1", roles=("officer:unit:x1",))


@pytest.fixture
def above(auth):
    return auth("ot", roles=("officer:unit:t1",))


@pytest.fixture
def now(monkeypatch, making):
    """The doors' time is that of the campaign."""
    from hoithi_bus import clock

    monkeypatch.setattr(clock, "now", lambda: making.now)


@pytest.fixture
def handed(doors, opened, officer, now, making):
    """x1 has handed in, with a file; its answer."""
    begun = doors.post(f"{CAMPAIGN}/assessments", json=BEGIN, headers=officer)
    assert begun.status_code == 201, begun.text
    added = _add(doors, officer, 0, making.pdf)
    assert added.status_code == 201, added.text
    claims = {"revision": 1, "claims": [{"code": "A1", "value": 1}, {"code": "A2", "value": 12.5, "note": "=1+1"}]}
    assert doors.put(f"{ASSESSMENT}/claims", json=claims, headers=officer).status_code == 200
    handed = doors.post(f"{ASSESSMENT}/hand-in", json={"revision": 2}, headers=officer)
    assert handed.status_code == 200, handed.text
    return handed.json()


def _add(doors, who, revision, body, code="A1", name="Kế hoạch.pdf"):
    query = {"revision": revision, "code": code, "name": name}
    return doors.post(f"{ASSESSMENT}/files", params=query, content=body, headers={**who, "Content-Type": "application/pdf"})


def test_evidence_is_given_as_a_file_to_be_saved(doors, handed, above, auth):
    file = handed["files"][0]
    assert (file["name"], file["content_type"]) == ("Kế hoạch.pdf", "application/pdf")
    answer = doors.get(f"{ASSESSMENT}/files/{file['file_id']}", headers=above)
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF-")
    assert answer.headers["content-disposition"].startswith('attachment; filename="minh-chung-')
    assert (answer.headers["x-content-type-options"], answer.headers["cache-control"]) == ("nosniff", "no-store")
    assert doors.get(f"{ASSESSMENT}/files/{file['file_id']}", headers=auth("p9")).status_code == 404


def test_a_page_that_calls_itself_a_pdf_is_refused(doors, opened, officer, now):
    doors.post(f"{CAMPAIGN}/assessments", json=BEGIN, headers=officer)
    answer = _add(doors, officer, 0, b"<html><script>alert(1)</script></html>", name="ke-hoach.pdf")
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/not-evidence")
    assert _add(doors, officer, 0, b"%PDF-" + bytes(5 * 2**20 + 1)).status_code == 413


def test_the_level_above_corrects_points_with_a_reason_and_both_see_it(doors, handed, above, officer):
    body = {"revision": handed["revision"], "judgements": [{"code": "A2", "points": 10}]}
    refused = doors.post(f"{ASSESSMENT}/confirmation", json=body, headers=above)
    assert refused.status_code == 422 and refused.json()["errors"][0]["field"] == "judgements.A2"
    body["judgements"][0]["reason"] = "Một báo cáo chậm"
    assert doors.post(f"{ASSESSMENT}/confirmation", json=body, headers=officer).status_code == 403
    confirmed = doors.post(f"{ASSESSMENT}/confirmation", json=body, headers=above).json()
    seen = next(each for each in doors.get(ASSESSMENT, headers=officer).json()["criteria"] if each["code"] == "A2")
    assert (confirmed["state"], confirmed["total"]) == ("confirmed", 20)
    assert (seen["claimed"], seen["accepted"], seen["reason"]) == (12.5, 10, "Một báo cáo chậm")


@pytest.fixture
def confirmed(doors, handed, above):
    body = {"revision": handed["revision"]}
    assert doors.post(f"{ASSESSMENT}/confirmation", json=body, headers=above).status_code == 200


def test_a_sheet_of_values_is_tried_corrected_and_kept(doors, opened, boss):
    path = f"{CAMPAIGN}/indices/C1/sheet"
    wrong = doors.post(path, content=excel(["Mã đơn vị", "Chỉ số"], ["x1", "cao"]), headers={**boss, "Content-Type": MEDIA_TYPE})
    assert wrong.json()["findings"][0]["column"] == "B"
    marked = doors.post(
        f"{path}/corrections", content=excel(["Mã đơn vị", "Chỉ số"], ["x1", "cao"]), headers={**boss, "Content-Type": MEDIA_TYPE}
    )
    assert "không phải" in load_workbook(io.BytesIO(marked.content)).active.cell(2, 3).value
    table = "Mã đơn vị;Chỉ số\nx1;85,5\nx2;60\n".encode()
    kept = doors.post(path, params={"dry_run": "false"}, content=table, headers={**boss, "Content-Type": "text/csv"}).json()
    assert (kept["saved"], [value["value"] for value in kept["values"]]) == (True, [85.5, 60])
    assert doors.post(path, content=b"\xff\xfe", headers={**boss, "Content-Type": "text/csv"}).status_code == 422


def excel(*lines) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for line in lines:
        book.active.append(line)
    book.save(file)
    return file.getvalue()


def test_a_person_is_told_the_own_part_over_one_door(doors, opened, now, auth, officer, boss):
    person = auth("p1")
    mine = f"/me{CAMPAIGN}"
    bare = doors.get(mine, headers=person).json()
    assert (bare["may_begin"], bare["mine"], bare["assessment"], bare["most"]) == (True, "not-begun", None, 100)
    assert [each["code"] for each in bare["criteria"]] == ["I1", "I2"]
    body = {"kind": "individual", "own": True, "name": "Vàng Thị Mỷ"}
    begun = doors.post(f"{CAMPAIGN}/assessments", json=body, headers=person).json()
    path = f"/assessments/{begun['assessment_id']}"
    claims = {"revision": 0, "claims": [{"code": "I1", "value": 60}]}
    assert doors.put(f"{path}/claims", json=claims, headers=person).status_code == 200
    assert doors.post(f"{path}/hand-in", json={"revision": 1}, headers=person).status_code == 200
    given_back = {"revision": 2, "reason": "Thiếu minh chứng"}
    assert doors.post(f"{path}/return", json=given_back, headers=officer).status_code == 200
    [line] = doors.get("/me/campaigns", headers=person).json()["campaigns"]
    assert (line["campaign_id"], line["mine"], line["may_begin"]) == ("nam-du-lieu", "returned", False)
    assert doors.get(mine, headers=person).json()["assessment"]["reason"] == "Thiếu minh chứng"
    assert doors.post(f"{path}/hand-in", json={"revision": 3}, headers=person).status_code == 200
    assert doors.post(f"{path}/confirmation", json={"revision": 4}, headers=officer).status_code == 200
    assert doors.post(f"{CAMPAIGN}/decision", json={"revision": 1}, headers=boss).status_code == 200
    decided = doors.get(mine, headers=person).json()
    assert (decided["state"], decided["standing"]["place"], decided["standing"]["total"]) == ("decided", 1, 60)
    assert [each["code"] for each in decided["standing"]["awards"]] == ["bang-khen-cn"]
    assert doors.get(mine, headers=auth("p2")).json()["standing"] is None


def test_files_for_the_yearly_evaluation_hold_no_formula(doors, confirmed, boss, opened):
    opened.database["assessments"].update_one({"_id": "nam-du-lieu:x1"}, {"$set": {"name": "=HYPERLINK(1)"}})
    sheet = load_workbook(io.BytesIO(doors.get(f"{CAMPAIGN}/evaluation.xlsx", headers=boss).content)).active
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert cells["=HYPERLINK(1)"].data_type == "s" and 22.5 in cells and "A2" in cells
    rows = list(csv.DictReader(io.StringIO(doors.get(f"{CAMPAIGN}/evaluation.csv", headers=boss).text)))
    assert (rows[0]["name"], rows[0]["total"], rows[0]["A2"]) == ("'=HYPERLINK(1)", "22.5", "12.5")


def test_the_list_comes_on_paper_as_pdf_and_docx(doors, confirmed, boss):
    add = {"assessment_id": "nam-du-lieu:x1", "award": "giay-khen", "act": "add", "reason": "Dẫn đầu"}
    assert doors.post(f"{CAMPAIGN}/nominations", json=add, headers=boss).status_code == 200
    made = doors.post(f"{CAMPAIGN}/list", json={"number": "12/DS-BTC", "signer": "Nguyễn Văn A"}, headers=boss)
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(made.content)).pages).split())
    for said in ("DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG (DỰ THẢO)", "12/DS-BTC", "Xã Ngọc Đường", "22,5", "Nguyễn Văn A"):
        assert said in text, said
    word = doors.post(f"{CAMPAIGN}/list", json={"format": "docx"}, headers=boss)
    cells = [cell.text for table in Word(io.BytesIO(word.content)).tables for row in table.rows for cell in row.cells]
    assert "Xã Ngọc Đường" in cells
    decided = doors.post(f"{CAMPAIGN}/decision", json={"revision": 1}, headers=boss)
    assert decided.json()["campaign"]["state"] == "decided"
    assert doors.post(f"{CAMPAIGN}/nominations", json=add, headers=boss).status_code == 409


def test_a_campaign_is_made_from_a_template_over_the_doors(doors, boss, auth, storage):
    assert {each["id"] for each in doors.get("/templates", headers=boss).json()["templates"]} == {
        "bac-kan-2022",
        "tuyen-quang-2023",
    }
    body = {"campaign_id": "nam-du-lieu", "template": "tuyen-quang-2023", "from_day": date(2026, 1, 1).isoformat()}
    made = doors.post("/campaigns", json=body, headers=boss).json()
    found = doors.post(f"{CAMPAIGN}/check", headers=boss).json()
    assert found["ready"] is False and {each["code"] for each in found["findings"]} >= {"contest-missing"}
    names = ("revision", "title", "from_day", "to_day", "assess_until", "review_until", "rules")
    change = {name: made[name] for name in names}
    assert doors.put(CAMPAIGN, json=change, headers=boss).json()["revision"] == 2
    assert doors.put(CAMPAIGN, json=change, headers=boss).json()["type"] == "/problems/changed-meanwhile"
    assert doors.get("/campaigns", headers=auth("p1")).json() == {"campaigns": []}


# The worker


class Scoring(BaseHTTPRequestHandler):
    """The two public doors of a round's results; `files`: path -> body."""

    files: dict[str, bytes] = {}

    def do_GET(self):
        body = self.files.get(self.path)
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *arguments):
        pass


@pytest.fixture
def scoring(instance):
    """`scoring(units, revision)`: official results of hg-w1, signed with scoring's real key; `scoring.url`."""
    files: dict[str, bytes] = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Here", (Scoring,), {"files": files}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    kid = json.loads(instance.secret("results-keys.json"))["keys"][0]["kid"]

    own_key = instance.secret("results-key.pem")

    def publish(units, revision=1, key=own_key):
        rows = ",\n".join(json.dumps({"unit_id": unit, "party_unit_id": None}) for unit in units)
        body = f'{{"format":"hoithi-results/1","rows":[\n{rows}\n]}}\n'.encode()
        told = {"round_id": "hg-w1", "contest_id": "hg", "revision": revision, "state": "official",
                "digest": hashlib.sha256(body).hexdigest()}  # fmt: skip
        signature = jwt.encode(told, key, algorithm="EdDSA", headers={"kid": kid, "typ": KIND})
        files["/rounds/hg-w1/results.json"] = body
        files["/rounds/hg-w1/signature"] = json.dumps({"signature": signature}).encode()

    publish.url = f"http://127.0.0.1:{server.server_port}"
    yield publish
    server.shutdown()


@pytest.fixture
def worker(opened, serve, scoring):
    from hoithi_emulation.service import Worker

    return serve(Worker, SCORING_URL=scoring.url)


def told(revision=1, kind=ResultsPublished, **more):
    about = (
        {"attempts": 3, "participants": 3, "number": 1} if kind is ResultsPublished else {"previous_digest": "", "reason": "sửa"}
    )
    return kind(round_id="hg-w1", revision=revision, contest_id="hg", digest="d", **about, **more)


def test_official_results_are_fetched_when_they_are_told_and_again_when_corrected(
    worker, opened, publish, scoring, eventually, making
):
    scoring(["x1", "x1", "x2"])
    publish(told(published_at=making.now))
    found = eventually(lambda: opened.results.fetched({"hg"}))
    assert found[0].participants == {"x1": 2, "x2": 1}
    scoring(["x1"], revision=2)
    publish(told(2, ResultsCorrected, corrected_at=making.now))
    eventually(lambda: opened.results.fetched({"hg"})[0].participants == {"x1": 1})


def test_results_that_scoring_did_not_sign_are_not_counted(worker, opened, publish, scoring, eventually, making):
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    scoring(["x1"], key=Ed25519PrivateKey.generate())
    publish(told(published_at=making.now))
    trouble = eventually(lambda: [each["trouble"] for each in opened.results.known({"hg"}) if each["trouble"]])
    assert "known keys" in trouble[0] and opened.results.fetched({"hg"}) == []


def test_what_registration_tells_twice_is_kept_once(worker, opened, publish, settled, making):
    frozen = RosterFrozen(roster_id="hg:x1", revision=1, contest_id="hg", unit_id="x1", headcount=9, frozen_at=making.now)
    officer = OfficerChanged(officer_id="x1:o1", changed_at=making.now, user_id="o1", unit_id="x1", holds=True)
    for event in (making.units_changed(), frozen, officer) * 2:
        publish(event)
    settled()
    assert (len(opened.units.all()), opened.units.headcounts()) == (len(making.units), {"hg": {"x1": 9}})
    assert opened.units.officers_of(["x1", "x2"]) == ["o1"]


def test_a_review_is_told_once_saved(worker, doors, handed, above, heard, eventually):
    events = heard(AssessmentReviewed)
    body = {"revision": handed["revision"], "reason": "Thiếu số liệu quý IV"}
    assert doors.post(f"{ASSESSMENT}/return", json=body, headers=above).status_code == 200
    eventually(lambda: events)
    assert (events[0].outcome, events[0].user_ids) == ("returned", ["o1"])
