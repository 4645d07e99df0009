"""The page's cookies, and which requests may use them (docs/decisions/0081).

One holds the refresh token, out of reach of scripts and sent to the session doors only. The other tells the page's scripts that
there is one and on whose device, nothing else: a page of which nobody is signed in then asks nobody.
"""

from datetime import datetime
from urllib.parse import urlsplit

from hoithi_registration import metrics
from hoithi_registration.domain.refusal import Refused
from hoithi_registration.domain.session import OWN
from hoithi_registration.handlers.accounts import Entered

PAGE_HEADER = "X-Hoithi-Page"
PATH = "/api/registration/session"
SESSION, DEVICE = "hoithi-session", "hoithi-device"


class ForgedRequest(Refused):
    """Not sent by our page: another site may have made a browser send it."""


def refuse_forged(headers) -> None:
    """Raise ForgedRequest unless the page's own script asks.

    SameSite=Strict keeps the cookie from other sites; these hold in browsers that do not know it, and for signing in, which needs
    no cookie. No other origin may set the header without asking first (CORS), and nobody is allowed.
    """
    if headers.get(PAGE_HEADER) != "1" or not (_same_site(headers) and _same_origin(headers)):
        metrics.FORGED.inc()
        raise ForgedRequest()


def _same_site(headers) -> bool:
    return headers.get("sec-fetch-site", "same-origin") == "same-origin"


def _same_origin(headers) -> bool:
    """Who sends no Origin is no browser, or one whose header told enough. Over TLS an origin without it is another one."""
    origin = headers.get("origin")
    if origin is None:
        return True
    scheme, host = urlsplit(origin)[:2]
    return host != "" and host == headers.get("host") and scheme in (("https",) if over_tls(headers) else ("http", "https"))


def over_tls(headers) -> bool:
    """What nginx says, who asks the gateway in front of it."""
    return headers.get("x-forwarded-proto") == "https"


def token_in(headers) -> str:
    """The refresh token of the cookie; empty when there is none."""
    pairs = (pair.strip().partition("=") for pair in headers.get("cookie", "").split(";"))
    return next((value for name, _, value in pairs if name == _session_name(headers)), "")


def of_session(entered: Entered, headers, now: datetime) -> dict:
    """The headers that keep a session: on an own device until it ends, on another one until the browser is closed."""
    session = entered.session
    left = f"; Max-Age={int((session.expires_at - now).total_seconds())}" if session.device == OWN else ""
    return _headers(headers, entered.refresh_token, session.device, left)


def of_nobody(headers) -> dict:
    """The headers that take the cookies away."""
    return _headers(headers, "", "", "; Max-Age=0")


def _headers(headers, token: str, device: str, left: str) -> dict:
    rest = f"; SameSite=Strict{'; Secure' if over_tls(headers) else ''}{left}"
    cookies = (f"{_session_name(headers)}={token}; Path={PATH}; HttpOnly{rest}", f"{DEVICE}={device}; Path=/{rest}")
    return {"Set-Cookie": cookies, "Cache-Control": "no-store"}


def _session_name(headers) -> str:
    """With the prefix browsers let nobody set such a cookie without TLS (RFC 6265bis, 4.1.3.1)."""
    return f"__Secure-{SESSION}" if over_tls(headers) else SESSION
