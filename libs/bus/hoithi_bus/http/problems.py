"""Errors as RFC 9457 problem details, in the person's language."""

import json
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from hoithi_bus.http import reasons as known

HERE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True)
class Problem:
    """How an exception is told: HTTP status, slug of its type, a sentence per language.

    The sentences may name attributes of the exception in braces. `retry_after`: seconds, or the name
    of the exception's attribute that holds them.
    """

    status: int
    slug: str
    vi: str
    en: str
    retry_after: int | str | None = None


class NotSignedIn(Exception):
    """No token, or one that registration did not sign."""


class SessionExpired(Exception):
    """The token's time is over."""


class Forbidden(Exception):
    """Signed in, but without the right."""


class SecondFactorNeeded(Exception):
    """The person has the right, but this session was opened with a password alone."""


class BodyTooLarge(Exception):
    def __init__(self, limit: int):
        self.limit_kb = limit // 1024


class NotJson(Exception):
    """The body is not JSON in UTF-8."""


class WrongContentType(Exception):
    def __init__(self, expected: str):
        self.expected = expected


class NotValid(Exception):
    """`fields`: path of each wrong field -> reason or list of reasons."""

    def __init__(self, fields: dict):
        self.fields = fields


class NoSuchDoor(Exception):
    """No door at this path."""


class WrongMethod(Exception):
    def __init__(self, allowed):
        self.allowed = ", ".join(sorted(allowed))


OWN = {
    NotSignedIn: Problem(401, "not-signed-in", "Bạn cần đăng nhập.", "Please sign in."),
    SessionExpired: Problem(
        401,
        "session-expired",
        "Phiên đã hết hạn, hãy làm mới hoặc đăng nhập lại.",
        "The session has expired: refresh it or sign in again.",
    ),
    Forbidden: Problem(
        403, "not-allowed", "Tài khoản của bạn không có quyền làm việc này.", "Your account has no right to do this."
    ),
    SecondFactorNeeded: Problem(
        403,
        "second-factor-needed",
        "Việc này cần xác thực hai bước. Hãy bật trong trang tài khoản, rồi đăng nhập lại bằng mật khẩu và mã xác thực.",
        "This needs the second factor. Switch it on in your account, then sign in again with password and code.",
    ),
    BodyTooLarge: Problem(
        413, "too-large", "Dữ liệu gửi lên quá lớn (tối đa {limit_kb} KB).", "The data sent is too large (at most {limit_kb} KB)."
    ),
    NotJson: Problem(400, "not-json", "Nội dung gửi lên không phải JSON hợp lệ (UTF-8).", "The body is not valid JSON (UTF-8)."),
    WrongContentType: Problem(
        415, "wrong-content-type", "Kiểu nội dung phải là {expected}.", "The content type must be {expected}."
    ),
    NotValid: Problem(
        422, "not-valid", "Một số thông tin chưa đúng, hãy xem từng mục.", "Some fields are not right; see each of them."
    ),
    NoSuchDoor: Problem(404, "no-such-page", "Không có địa chỉ này.", "There is nothing at this address."),
    WrongMethod: Problem(405, "wrong-method", "Địa chỉ này chỉ nhận {allowed}.", "This address only takes {allowed}."),
}
UNAVAILABLE = Problem(
    503,
    "try-again",
    "Hệ thống đang bận, hãy thử lại sau vài giây.",
    "The system is busy; try again in a few seconds.",
    retry_after=2,
)
INTERNAL = Problem(
    500,
    "internal",
    "Đã có lỗi phía máy chủ (mã {reference}). Dữ liệu của bạn không bị thay đổi.",
    "The server failed (reference {reference}). Nothing of yours was changed.",
)


def find(error: Exception, table: dict) -> Problem | None:
    """The entry of the exception's class or of its nearest base."""
    for cls in type(error).__mro__:
        if cls in table:
            return table[cls]
    return OWN.get(type(error))


def language_of(request) -> str:
    """ "en" for who prefers it, else "vi"."""
    return "en" if request.headers.get("accept-language", "").lower().startswith("en") else "vi"


def render(problem: Problem, error: Exception, language: str, instance: str, reasons: dict) -> tuple[int, dict, bytes]:
    """Status, headers and body of a problem."""
    values = {name: _shown(value) for name, value in vars(error).items()}
    sentence = (problem.vi if language == "vi" else problem.en).format(**values)
    body = {
        "type": f"/problems/{problem.slug}",
        "title": sentence,
        "status": problem.status,
        "detail": sentence,
        "instance": instance,
    }
    fields = getattr(error, "fields", None)
    if fields:
        body["errors"] = list(_field_errors(fields, language, {**known.REASONS, **reasons}))
    headers = {"Content-Type": "application/problem+json", "Content-Language": language, "Cache-Control": "no-store"}
    if problem.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if problem.status == 405:
        headers["Allow"] = getattr(error, "allowed", "")
    if problem.retry_after is not None:
        headers["Retry-After"] = str(vars(error).get(problem.retry_after, problem.retry_after))
    return problem.status, headers, json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")


def _shown(value):
    return value.astimezone(HERE).strftime("%H:%M:%S %d/%m/%Y") if isinstance(value, datetime) else value


def _field_errors(fields: dict, language: str, reasons: dict, path: str = ""):
    for name, wrong in fields.items():
        # marshmallow puts errors of the whole object under _schema and of dictionary items under key/value.
        here = path if name in ("_schema", "value", "key") else f"{path}.{name}" if path else str(name)
        if isinstance(wrong, dict):
            yield from _field_errors(wrong, language, reasons, here)
            continue
        for reason in [wrong] if isinstance(wrong, str) else wrong:
            code = str(reason).partition(":")[0]
            yield {
                "field": here,
                "code": code if code in reasons else "not-valid",
                "message": known.sentence(str(reason), language, reasons),
            }
