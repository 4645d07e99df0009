"""What is asked of each door: the values of its path, its body. What is not named here has none.

Contest `hg` (registration and exam) or `c` (scoring, notify; in emulation a campaign) with round `-w1`, unit x1. `{names}` are
values of the world.
"""

from dataclasses import dataclass, field

from emulation.conftest import PDF
from exam.making import bank
from exam.test_bank_excel import HEADER, file_of, with_cell
from exam.test_domain_picture import png
from exam.test_domain_sound import opus
from hoithi_exam.domain.bank import formats, text
from hoithi_sheets import Sheet, workbook

PAGE = {"X-Hoithi-Page": "1"}
PASSWORD = "mot-mat-khau-dai"
UNIT = {"id": "x8", "name": "Xã Mới", "kind": "commune", "tree": "administrative", "valid_from": "2025-07-01"}
ROW = {"unit_id": "x1", "headcount": 5}
OFFICER = {"role": "officer", "kind": "unit", "id": "x1"}
WINDOW = {"opens_at": "2030-01-01T00:00:00Z", "closes_at": "2030-01-02T00:00:00Z"}
KEY = {"question_id": "q001", "right": "b", "reason": "sửa"}
HARDER = {"id": "q001", "level": "hard"}
TRANSLATED = {"name": "Tày", "questions": [{"id": "q001", "text": "tày?", "options": ["1", "2", "3", "4"]}]}
WHY = "Đáp án câu 4 đã được đính chính."
COMPLAINT = {"kind": "score", "text": "Tôi trả lời đúng câu 4 nhưng bị tính sai."}
VERIFIED, DISMISSED = {"outcome": "verified"}, {"outcome": "dismissed", "reason": "cùng lớp"}
LONGER = {"closes_at": "2099-01-01T00:00:00Z", "reason": "mất điện", "notice": "Gia hạn"}

XLSX = formats.FORMATS["xlsx"].content_type
ROSTER = {"content": workbook(Sheet("x", ("Mã đơn vị", "Quân số"), [("x1", 5)])), "kind": XLSX, "query": {"unit_id": "x1"}}
TO_CALL = {"user_ids": ["u1"], "reason": "nhắc tuần 1"}
TIMES = {"daily_at": "11:00", "weekly_at": None, "weekly_on": 1}
POINTS = {"criterion": "Tham gia", "steps": [{"least_rate": 50, "points": 5}]}
FIRST = [{"name": "first", "count": 1}]
OF_POOL = {"contest_id": "c", "pool_id": "quy-xa"}
POOL = {"unit_id": "x1", "title": "Quỹ giải xã", "prizes": FIRST, "rounds": ["c-w1"]}
COMMUNES = {"title": "Khối xã", "tree": "administrative", "kinds": ["commune"], "prizes": FIRST}
UNIT_PRIZES = {"rounds": ["c-w1"], "blocks": [COMMUNES]}
OF_UNIT = {"contest_id": "c", "unit_id": "x1"}
OF_DAY = {**OF_UNIT, "kind": "daily", "day": "2026-09-08"}

CAMPAIGN, DRAFT, OF_DRAFT = {"campaign_id": "c"}, {"campaign_id": "d"}, {"assessment_id": "c:i1"}
LATER = {"assess_until": "2026-11-20T00:00:00Z", "review_until": "2026-12-20T00:00:00Z"}
DAYS = {"from_day": "2026-01-01", "to_day": "2026-12-31", **LATER}
VALUES = {"content": "Mã đơn vị,Giá trị\nx1,80\n".encode(), "kind": "text/csv"}


@dataclass(frozen=True)
class Asked:
    """Values of the path by name, JSON body, query, more headers, or raw content of a kind."""

    path: dict = field(default_factory=dict)
    body: dict | None = None
    query: dict = field(default_factory=dict)
    content: bytes | None = None
    kind: str = "text/plain"
    headers: dict = field(default_factory=dict)


ASKED = {
    "registration": {
        "POST /join": Asked(body={"name": "x"}),
        "POST /sign-in": Asked(body={"identifier": "{phone}", "password": PASSWORD}),
        "POST /session/join": Asked(body={"name": "x"}, headers=PAGE),
        "POST /session/sign-in": Asked(body={"identifier": "{phone}", "password": PASSWORD, "device": "own"}, headers=PAGE),
        "POST /session/refresh": Asked(headers=PAGE),
        "POST /session/sign-out": Asked(headers=PAGE),
        "POST /refresh": Asked(body={"refresh_token": "none.none"}),
        "PATCH /me": Asked(body={"language": "en"}),
        "POST /me/password": Asked(body={"password": PASSWORD, "new_password": "mot-mat-khau-khac"}),
        "POST /me/erasure": Asked(body={"password": PASSWORD}),
        "POST /me/second-factor": Asked(body={"password": PASSWORD}),
        "POST /me/second-factor/confirmation": Asked(body={"code": "123456"}),
        "POST /me/second-factor/removal": Asked(body={"code": "123456"}),
        "POST /second-factors/{user_id}/reset": Asked({"user_id": "{other}"}, {"reason": "mất điện thoại"}),
        "DELETE /me/sessions/{session_id}": Asked({"session_id": "{session}"}),
        "GET /units/{unit_id}": Asked({"unit_id": "x1"}),
        "POST /units": Asked(body={"units": [UNIT]}),
        "GET /rosters/{contest_id}": Asked({"contest_id": "hg"}),
        "PUT /rosters/{contest_id}": Asked({"contest_id": "hg"}, {"rows": [ROW]}),
        "POST /rosters/{contest_id}/freeze": Asked({"contest_id": "hg"}),
        "POST /rosters/{contest_id}/sheet": Asked({"contest_id": "hg"}, **ROSTER),
        "POST /rosters/{contest_id}/sheet/corrections": Asked({"contest_id": "hg"}, **ROSTER),
        "POST /units/{unit_id}/phone-list": Asked({"unit_id": "x1"}, TO_CALL),
        "POST /roles": Asked(body={**OFFICER, "identifier": "{phone}"}),
        "DELETE /roles/{user_id}/{role}/{kind}/{bound_to}": Asked(
            {"user_id": "{holder}", "role": "officer", "kind": "unit", "bound_to": "x1"}
        ),
        "POST /password-resets": Asked(body={"identifier": "nobody-{who}@example.vn"}),
        "POST /password-resets/by-code": Asked(
            body={"identifier": "nobody-{who}@example.vn", "code": "abcd-efgh", "new_password": PASSWORD}
        ),
        "POST /password-resets/by-link": Asked(body={"token": "nobody-ever-made-this-token", "new_password": PASSWORD}),
        "POST /password-resets/codes": Asked(body={"identifier": "{phone}", "reason": "gặp trực tiếp"}),
        "POST /roles/names": Asked(body={"user_ids": ["operator"]}),
        "POST /invitations": Asked(body={**OFFICER, "email": "mai@example.vn"}),
        "POST /invitations/{invitation_id}/withdrawal": Asked({"invitation_id": "{invitation}"}, {}),
        "POST /invitations/look": Asked(body={"token": "nobody-ever-made-this-token"}),
        "POST /invitations/accept": Asked(body={"token": "nobody-ever-made-this-token"}),
    },
    "exam": {
        "GET /templates/{template_id}": Asked({"template_id": "neutral"}),
        "POST /contests": Asked(body={"contest_id": "hg2", "title": "x", "rounds": [WINDOW]}),
        "GET /contests/{contest_id}": Asked({"contest_id": "draft"}),
        "PUT /contests/{contest_id}": Asked({"contest_id": "draft"}, {"title": "y"}),
        "POST /contests/{contest_id}/check": Asked({"contest_id": "draft"}),
        "POST /contests/{contest_id}/publish": Asked({"contest_id": "hg"}),
        "POST /contests/{contest_id}/retell": Asked({"contest_id": "hg"}),
        "POST /banks/{bank_id}": Asked({"bank_id": "bank"}, content=text.write(bank()).encode(), query={"format": "text"}),
        "GET /banks/{bank_id}/versions/{version}": Asked({"bank_id": "bank", "version": "1"}),
        "GET /banks/{bank_id}/audit": Asked({"bank_id": "bank"}),
        "POST /banks/{bank_id}/mend": Asked({"bank_id": "bank"}, content=file_of(HEADER, with_cell("Mức độ", "x")), kind=XLSX),
        "POST /banks/{bank_id}/versions/{version}/approve": Asked({"bank_id": "bank", "version": "1"}, {}),
        "POST /banks/{bank_id}/versions/{version}/changes": Asked({"bank_id": "bank", "version": "1"}, {"questions": [HARDER]}),
        "GET /banks/{bank_id}/versions/{version}/export": Asked({"bank_id": "bank", "version": "1"}),
        "POST /banks/{bank_id}/pictures": Asked({"bank_id": "bank"}, content=png(), kind="image/png"),
        "GET /pictures/{reference}": Asked({"reference": "AbCdEfGhIjKlMnOp.6x4"}),
        "POST /banks/{bank_id}/uploads": Asked({"bank_id": "bank"}, content=text.write(bank()).encode()),
        "GET /banks/{bank_id}/uploads/{upload_id}": Asked({"bank_id": "bank", "upload_id": "none"}),
        "POST /banks/{bank_id}/uploads/{upload_id}/keep": Asked({"bank_id": "bank", "upload_id": "none"}),
        "GET /banks/{bank_id}/uploads/{upload_id}/mended": Asked({"bank_id": "bank", "upload_id": "none"}),
        "GET /banks/{bank_id}/versions/{version}/overview": Asked({"bank_id": "bank", "version": "1"}),
        "GET /banks/{bank_id}/versions/{version}/differences": Asked({"bank_id": "bank", "version": "1"}),
        "POST /contests/{contest_id}/arrivals": Asked({"contest_id": "hg"}, {"from": "zalo", "what": "visit"}),
        "GET /contests/{contest_id}/card": Asked({"contest_id": "hg"}),
        "GET /contests/{contest_id}/card.svg": Asked({"contest_id": "hg"}),
        "GET /contests/{contest_id}/channels": Asked({"contest_id": "hg"}),
        "GET /contests/{contest_id}/page": Asked({"contest_id": "hg"}),
        "GET /contests/{contest_id}/picture.png": Asked({"contest_id": "hg"}),
        "GET /contests/{contest_id}/poster.pdf": Asked({"contest_id": "hg"}, query={"unit": "Xã Đồng Văn"}),
        "GET /attempts/{attempt_id}/languages/{code}": Asked({"attempt_id": "{attempt}", "code": "tyz"}),
        "POST /banks/{bank_id}/sounds": Asked({"bank_id": "bank"}, content=opus(), kind="audio/ogg"),
        "GET /banks/{bank_id}/stock": Asked({"bank_id": "bank"}),
        "GET /banks/{bank_id}/versions/{version}/languages/{code}": Asked({"bank_id": "bank", "version": "1", "code": "tyz"}),
        "PUT /banks/{bank_id}/versions/{version}/languages/{code}": Asked(
            {"bank_id": "bank", "version": "1", "code": "tyz"}, TRANSLATED
        ),
        "POST /contests/{contest_id}/amend": Asked({"contest_id": "hg"}, {"title": "y", "reason": "sửa", "notice": "Đổi tên"}),
        "GET /contests/{contest_id}/practice/{number}": Asked({"contest_id": "hg", "number": "1"}),
        "GET /contests/{contest_id}/practice/{number}/languages/{code}": Asked(
            {"contest_id": "hg", "number": "1", "code": "tyz"}
        ),
        "POST /rounds/{round_id}/halt": Asked({"round_id": "hg-w1"}, {"reason": "lộ đề", "notice": "Dừng"}),
        "POST /rounds/{round_id}/resume": Asked({"round_id": "hg-w1"}, {"notice": "Tiếp tục"}),
        "GET /rounds/{round_id}/live": Asked({"round_id": "hg-w1"}),
        "GET /sounds/{reference}": Asked({"reference": "0" * 64 + ".ogg"}),
        "GET /rounds/{round_id}": Asked({"round_id": "hg-w1"}),
        "POST /rounds/{round_id}/extend": Asked({"round_id": "hg-w1"}, LONGER),
        "POST /rounds/{round_id}/keys": Asked({"round_id": "hg-w1"}, KEY),
        "GET /rounds/{round_id}/proposals": Asked({"round_id": "hg-w1"}),
        "POST /rounds/{round_id}/proposals/{proposal_id}/confirmation": Asked({"round_id": "hg-w1", "proposal_id": "p1"}),
        "POST /rounds/{round_id}/proposals/{proposal_id}/withdrawal": Asked({"round_id": "hg-w1", "proposal_id": "p1"}, {}),
        "POST /rounds/{round_id}/attempts": Asked({"round_id": "hg-w1"}),
        "GET /rounds/{round_id}/attempts": Asked({"round_id": "hg-w1"}),
        "GET /attempts/{attempt_id}": Asked({"attempt_id": "{attempt}"}),
        "PUT /attempts/{attempt_id}/answers": Asked({"attempt_id": "{attempt}"}, {"answers": {"1": "A"}}),
        "POST /attempts/{attempt_id}/submit": Asked({"attempt_id": "{attempt}"}, {}),
        "GET /attempts/{attempt_id}/review": Asked({"attempt_id": "{attempt}"}),
        "POST /receipts/verify": Asked(body={"receipt": "a.b.c"}),
    },
    "scoring": {
        "GET /certificates/{code}": Asked({"code": "ABCD-EFGH-JKMN"}),
        "GET /certificates/{code}/page": Asked({"code": "ABCD-EFGH-JKMN"}),
        "GET /certificates/{code}/picture.png": Asked({"code": "ABCD-EFGH-JKMN"}),
        "GET /complaints/{complaint_id}": Asked({"complaint_id": "{complaint}"}),
        "POST /complaints/{complaint_id}/answer": Asked({"complaint_id": "{complaint}"}, {"text": "Câu 4 ạ."}),
        "POST /complaints/{complaint_id}/decision": Asked({"complaint_id": "{complaint}"}, {"outcome": "upheld", "reason": WHY}),
        "POST /complaints/{complaint_id}/question": Asked({"complaint_id": "{complaint}"}, {"text": "Câu nào ạ?"}),
        "POST /complaints/{complaint_id}/withdrawal": Asked({"complaint_id": "{complaint}"}),
        "GET /contests/{contest_id}/complaints": Asked({"contest_id": "c"}),
        "GET /contests/{contest_id}/holidays": Asked({"contest_id": "c"}),
        "PUT /contests/{contest_id}/holidays": Asked({"contest_id": "c"}, {"days": ["2999-01-01"], "reason": "Tết"}),
        "GET /contests/{contest_id}/mine/certificate.pdf": Asked({"contest_id": "c"}),
        "GET /rounds/{round_id}/certificates": Asked({"round_id": "c-w1"}),
        "POST /rounds/{round_id}/certificates": Asked({"round_id": "c-w1"}, {}),
        "GET /rounds/{round_id}/certificates.zip": Asked({"round_id": "c-w1"}),
        "POST /rounds/{round_id}/complaints": Asked({"round_id": "c-w1"}, COMPLAINT),
        "POST /rounds/{round_id}/key-previews": Asked({"round_id": "c-w1"}, {"question_id": "q.1", "right": "c"}),
        "GET /rounds/{round_id}/key-previews/{preview_id}": Asked({"round_id": "c-w1", "preview_id": "none"}),
        "GET /rounds/{round_id}/items": Asked({"round_id": "c-w1"}),
        "GET /rounds/{round_id}/items.csv": Asked({"round_id": "c-w1"}),
        "GET /rounds/{round_id}/mine/certificate.pdf": Asked({"round_id": "c-w1"}),
        "GET /contests/{contest_id}/season/winners": Asked({"contest_id": "c"}),
        "POST /contests/{contest_id}/season/winners/{person}/check": Asked({"contest_id": "c", "person": "nobody"}, VERIFIED),
        "POST /results/verify": Asked(body={"signature": "a.b.c"}),
        "GET /rounds/{round_id}/flags": Asked({"round_id": "c-w1"}),
        "POST /rounds/{round_id}/flags/{flag_id}/decision": Asked({"round_id": "c-w1", "flag_id": "none"}, DISMISSED),
        "POST /rounds/{round_id}/minutes": Asked({"round_id": "c-w1"}, {}),
        "GET /rounds/{round_id}/signature": Asked({"round_id": "c-w1"}),
        "GET /rounds/{round_id}/winners": Asked({"round_id": "c-w1"}),
        "POST /rounds/{round_id}/winners/{person}/check": Asked({"round_id": "c-w1", "person": "nobody"}, VERIFIED),
        "GET /rounds/{round_id}/page": Asked({"round_id": "c-w1"}),
        "GET /rounds/{round_id}/picture.png": Asked({"round_id": "c-w1"}),
        "GET /contests/{contest_id}/rounds": Asked({"contest_id": "c"}),
        "GET /contests/{contest_id}/season": Asked({"contest_id": "c"}),
        "GET /contests/{contest_id}/season.csv": Asked({"contest_id": "c"}),
        "GET /contests/{contest_id}/evaluation": Asked({"contest_id": "c"}),
        "PUT /contests/{contest_id}/evaluation": Asked({"contest_id": "c"}, POINTS),
        "GET /contests/{contest_id}/report-times": Asked({"contest_id": "c"}),
        "PUT /contests/{contest_id}/report-times": Asked({"contest_id": "c"}, TIMES),
        "GET /contests/{contest_id}/units/{unit_id}/evaluation.csv": Asked(OF_UNIT),
        "GET /contests/{contest_id}/units/{unit_id}/evaluation.xlsx": Asked(OF_UNIT),
        "GET /contests/{contest_id}/units/{unit_id}/report.pdf": Asked(OF_UNIT),
        "GET /contests/{contest_id}/units/{unit_id}/report.xlsx": Asked(OF_UNIT),
        "GET /contests/{contest_id}/units/{unit_id}/reports": Asked(OF_UNIT),
        "GET /contests/{contest_id}/units/{unit_id}/reports/{kind}/{day}": Asked(OF_DAY),
        "GET /contests/{contest_id}/units/{unit_id}/reports/{kind}/{day}/report.pdf": Asked(OF_DAY),
        "GET /contests/{contest_id}/units/{unit_id}/trend": Asked(OF_UNIT),
        "GET /rounds/{round_id}/units/{unit_id}/not-yet": Asked({"round_id": "c-w1", "unit_id": "x1"}),
        "GET /rounds/{round_id}/units/{unit_id}/standing": Asked({"round_id": "c-w1", "unit_id": "x1"}),
        "GET /contests/{contest_id}/pools": Asked({"contest_id": "c"}),
        "PUT /contests/{contest_id}/pools/{pool_id}": Asked(OF_POOL, POOL),
        "POST /contests/{contest_id}/pools/{pool_id}/withdrawal": Asked(OF_POOL, {"reason": "nhầm đơn vị"}),
        "GET /contests/{contest_id}/pools/{pool_id}/winners": Asked(OF_POOL),
        "GET /contests/{contest_id}/pools/{pool_id}/candidates": Asked(OF_POOL),
        "POST /contests/{contest_id}/pools/{pool_id}/candidates/{person}/check": Asked({**OF_POOL, "person": "nobody"}, VERIFIED),
        "GET /contests/{contest_id}/pools/{pool_id}/certificates.pdf": Asked(OF_POOL),
        "GET /contests/{contest_id}/pool-rights": Asked({"contest_id": "c"}),
        "PUT /contests/{contest_id}/pool-rights": Asked({"contest_id": "c"}, {"officers": False}),
        "GET /contests/{contest_id}/mine/pools": Asked({"contest_id": "c"}, query={"round_id": "c-w1"}),
        "GET /contests/{contest_id}/collective-prizes": Asked({"contest_id": "c"}),
        "PUT /contests/{contest_id}/collective-prizes": Asked({"contest_id": "c"}, UNIT_PRIZES),
        "GET /rounds/{round_id}/unit-prizes": Asked({"round_id": "c-w1"}),
        "POST /rounds/{round_id}/unit-prizes/{unit_id}/check": Asked({"round_id": "c-w1", "unit_id": "x1"}, VERIFIED),
        "GET /rounds/{round_id}/unit-certificates.pdf": Asked({"round_id": "c-w1"}),
        "GET /rounds/{round_id}/prizes.csv": Asked({"round_id": "c-w1"}),
        "GET /contests/{contest_id}/season/charts": Asked({"contest_id": "c"}, query={"unit_id": "x1"}),
        "POST /contests/{contest_id}/season/minutes": Asked({"contest_id": "c"}, {}),
        "GET /contests/{contest_id}/season/participation": Asked({"contest_id": "c"}, query={"unit_id": "x1"}),
        "GET /contests/{contest_id}/season/prizes.csv": Asked({"contest_id": "c"}),
        "GET /contests/{contest_id}/season/unit-certificates.pdf": Asked({"contest_id": "c"}),
        "GET /contests/{contest_id}/season/unit-prizes": Asked({"contest_id": "c"}),
        "POST /contests/{contest_id}/season/unit-prizes/{unit_id}/check": Asked({"contest_id": "c", "unit_id": "x1"}, VERIFIED),
        "GET /contests/{contest_id}/season/units": Asked({"contest_id": "c"}),
        "GET /contests/{contest_id}/season/units.csv": Asked({"contest_id": "c"}),
        "GET /rounds/{round_id}": Asked({"round_id": "c-w1"}),
        "GET /rounds/{round_id}/results": Asked({"round_id": "c-w1"}),
        "GET /rounds/{round_id}/results.csv": Asked({"round_id": "c-w1"}),
        "GET /rounds/{round_id}/results.json": Asked({"round_id": "c-w1"}),
        "GET /rounds/{round_id}/attempts.csv": Asked({"round_id": "c-w1"}),
        "GET /rounds/{round_id}/rules.json": Asked({"round_id": "c-w1"}),
        "GET /rounds/{round_id}/units": Asked({"round_id": "c-w1"}),
        "GET /rounds/{round_id}/units.csv": Asked({"round_id": "c-w1"}),
        "GET /rounds/{round_id}/charts": Asked({"round_id": "c-w1"}, query={"unit_id": "x1"}),
        "GET /contests/{contest_id}/charts": Asked({"contest_id": "c"}),
        "GET /rounds/{round_id}/participation": Asked({"round_id": "c-w1"}, query={"unit_id": "x1"}),
        "GET /rounds/{round_id}/mine": Asked({"round_id": "c-w1"}),
        "GET /rounds/{round_id}/invalidations": Asked({"round_id": "c-w1"}),
        "POST /rounds/{round_id}/invalidations": Asked({"round_id": "c-w1"}, {"attempt_id": "c-w1:u1:1", "reason": "gian lận"}),
        "POST /rounds/{round_id}/official": Asked({"round_id": "c-w1"}, {"note": "x", "despite_complaints": "chờ kết luận"}),
        "POST /rounds/{round_id}/reminders": Asked({"round_id": "c-w1"}, {"unit_id": "x1"}),
        "GET /rounds/{round_id}/proposals": Asked({"round_id": "c-w1"}),
        "POST /rounds/{round_id}/proposals/{proposal_id}/confirmation": Asked({"round_id": "c-w1", "proposal_id": "p1"}),
        "POST /rounds/{round_id}/proposals/{proposal_id}/withdrawal": Asked({"round_id": "c-w1", "proposal_id": "p1"}, {}),
    },
    "notify": {
        "GET /deliveries/{delivery_id}": Asked({"delivery_id": "reminder:m1:u1"}),
        "POST /deliveries/{delivery_id}/retry": Asked({"delivery_id": "reminder:m1:u1"}),
        "GET /templates/{name}": Asked({"name": "welcome"}),
        "GET /templates/{name}/page": Asked({"name": "welcome"}),
    },
    "emulation": {
        "POST /campaigns": Asked(body={"campaign_id": "c2", "template": "bac-kan-2022", "from_day": "2026-01-01"}),
        "GET /campaigns/{campaign_id}": Asked(CAMPAIGN),
        "GET /me/campaigns/{campaign_id}": Asked(CAMPAIGN),
        "PUT /campaigns/{campaign_id}": Asked(DRAFT, {**DAYS, "title": "Tên khác", "rules": {}, "revision": 1}),
        "POST /campaigns/{campaign_id}/check": Asked(DRAFT),
        "POST /campaigns/{campaign_id}/open": Asked(DRAFT, {"revision": 1}),
        "POST /campaigns/{campaign_id}/deadlines": Asked(CAMPAIGN, {**LATER, "reason": "mưa lũ", "revision": 1}),
        "GET /campaigns/{campaign_id}/counted": Asked(CAMPAIGN),
        "POST /campaigns/{campaign_id}/indices/{code}/sheet": Asked({**CAMPAIGN, "code": "C1"}, **VALUES),
        "POST /campaigns/{campaign_id}/indices/{code}/sheet/corrections": Asked({**CAMPAIGN, "code": "C1"}, **VALUES),
        "GET /campaigns/{campaign_id}/assessments": Asked(CAMPAIGN, query={"unit_id": "x1"}),
        "POST /campaigns/{campaign_id}/assessments": Asked(CAMPAIGN, {"kind": "collective", "unit_id": "x1"}),
        "GET /assessments/{assessment_id}": Asked({"assessment_id": "c:x1"}),
        "PUT /assessments/{assessment_id}/claims": Asked(OF_DRAFT, {"revision": 0, "claims": [{"code": "I1", "value": 5}]}),
        "POST /assessments/{assessment_id}/files": Asked(
            OF_DRAFT, content=PDF, kind="application/pdf", query={"revision": 0, "code": "I1", "name": "a.pdf"}
        ),
        "GET /assessments/{assessment_id}/files/{file_id}": Asked({**OF_DRAFT, "file_id": "f1"}),
        "DELETE /assessments/{assessment_id}/files/{file_id}": Asked({**OF_DRAFT, "file_id": "f1"}, query={"revision": 0}),
        "POST /assessments/{assessment_id}/hand-in": Asked(OF_DRAFT, {"revision": 0}),
        "POST /assessments/{assessment_id}/confirmation": Asked({"assessment_id": "c:x1"}, {"revision": 0}),
        "POST /assessments/{assessment_id}/return": Asked({"assessment_id": "c:x1"}, {"revision": 0, "reason": "thiếu số liệu"}),
        "GET /campaigns/{campaign_id}/ranking": Asked(CAMPAIGN),
        "GET /campaigns/{campaign_id}/nominations": Asked(CAMPAIGN),
        "POST /campaigns/{campaign_id}/nominations": Asked(
            CAMPAIGN, {"assessment_id": "c:x2", "award": "giay-khen", "act": "add", "reason": "dẫn đầu"}
        ),
        "POST /campaigns/{campaign_id}/decision": Asked(CAMPAIGN, {"revision": 1}),
        "GET /campaigns/{campaign_id}/evaluation.xlsx": Asked(CAMPAIGN),
        "GET /campaigns/{campaign_id}/evaluation.csv": Asked(CAMPAIGN),
        "POST /campaigns/{campaign_id}/list": Asked(CAMPAIGN, {}),
    },
}
