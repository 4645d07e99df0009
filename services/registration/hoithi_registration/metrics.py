"""What an operator wants counted. Labels are bounded by the code: no person, no unit."""

from contextlib import contextmanager

from prometheus_client import Counter, Gauge, Histogram

from hoithi_registration.domain.refusal import Refused

NAME = "hoithi_registration_"

JOINED = Counter(NAME + "joined_total", "People who joined", ("division",))
JOINS = Counter(NAME + "joins_total", "Registrations by outcome", ("outcome",))
SIGN_INS = Counter(NAME + "sign_ins_total", "Sign-ins by outcome", ("outcome",))
REFRESHES = Counter(NAME + "refreshes_total", "Uses of refresh tokens by outcome; RefreshReused may be theft", ("outcome",))
ERASURES = Counter(NAME + "erasures_total", "Requests to be forgotten by outcome", ("outcome",))
UNITS_CHANGED = Counter(NAME + "units_changed_total", "Units that were added or changed")
ROSTERS_FROZEN = Counter(NAME + "rosters_frozen_total", "Requests that ended with a frozen roster")
ROSTER_SHEETS = Counter(NAME + "roster_sheets_total", "Excel files with headcounts: kept, refused, or only tried", ("outcome",))
PHONE_LISTS = Counter(NAME + "phone_lists_total", "Lists of phone numbers handed to officers")
ROLES_CHANGED = Counter(NAME + "roles_changed_total", "Roles given and taken", ("what",))
CODES = Counter(NAME + "second_factor_codes_total", "Codes given to switch the second factor on or off, by outcome", ("outcome",))
PASSWORD_LINKS = Counter(NAME + "password_links_total", "Links asked for by who forgot the password, by outcome", ("outcome",))
PASSWORD_CODES = Counter(NAME + "password_codes_total", "Codes handed out to people without e-mail, by outcome", ("outcome",))
PASSWORD_RESETS = Counter(NAME + "password_resets_total", "New passwords by link or code, by outcome", ("outcome",))
INVITATIONS = Counter(NAME + "invitations_total", "Invitations to a role by what became of them", ("what",))
RETENTION = Counter(NAME + "retention_total", "People whose time is over: told before, or erased", ("what",))
PAGE_SESSIONS = Counter(NAME + "page_sessions_total", "Sessions begun on the page, by whose device it was", ("device",))
FORGED = Counter(NAME + "forged_requests_total", "Requests with the page's cookie that the page did not send")
HASH_SECONDS = Histogram(
    NAME + "password_hash_seconds",
    "Time of one Argon2id computation, without waiting",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5),
)
HASHES_WAITING = Gauge(NAME + "password_hashes_waiting", "Requests that wait for a free thread to hash a password")


@contextmanager
def outcome(counter: Counter):
    """Count what is done inside: "ok", the name of the refusal, or "error"."""
    try:
        yield
    except Refused as refusal:
        counter.labels(type(refusal).__name__).inc()
        raise
    except Exception:
        counter.labels("error").inc()
        raise
    counter.labels("ok").inc()
