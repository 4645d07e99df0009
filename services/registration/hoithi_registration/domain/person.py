"""A person: joining, changing, being forgotten."""

import dataclasses
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hoithi_contracts.registration import UserErased, UserRegistered, UserUpdated
from hoithi_registration.domain import consent, contact
from hoithi_registration.domain.calendar import age, day_of
from hoithi_registration.domain.consent import Consent, Purpose
from hoithi_registration.domain.marks import Marks
from hoithi_registration.domain.refusal import Refused, refuse_if
from hoithi_registration.domain.role import EVERY_CONTEST, OPERATOR, Grant

NEEDS_GUARDIAN_UNDER = 16
OLDEST = 120
HISTORY_KEPT = 200
NOTED_AGAIN_AFTER = timedelta(days=1)
"""Activity is known to the day: a session is renewed every ten minutes, and not every time is worth a write."""
FIRST_OPERATOR = "operator"
SYSTEM = "system"


class IdentifierTaken(Refused):
    """Another account has this phone number or e-mail address."""


class AccountGone(Refused):
    """The account was erased."""


class StillOperator(Refused):
    """An operator's account is not erased: somebody must be left to run the platform."""


@dataclass(frozen=True)
class Guardian:
    """The adult who agreed for a person under 16."""

    name: str
    phone: str
    consented_at: datetime


@dataclass(frozen=True)
class Change:
    """What happened to an account and when: names of fields, never their values."""

    at: datetime
    what: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Notice:
    """The person was told that the data are to go at `erase_at`."""

    told_at: datetime
    erase_at: datetime


@dataclass(frozen=True)
class Person:
    """An account. Without `unit_id` it only serves (the first operator) and is not announced to the others."""

    user_id: str
    revision: int
    name: str
    division: str
    language: str
    registered_at: datetime
    birth_date: date | None = None
    unit_id: str | None = None
    party_unit_id: str | None = None
    phone: str | None = None
    email: str | None = None
    guardian: Guardian | None = None
    consents: tuple[Consent, ...] = ()
    grants: tuple[Grant, ...] = ()
    history: tuple[Change, ...] = ()
    password_hash: str = dataclasses.field(default="", repr=False)
    active_at: datetime | None = None
    notice: Notice | None = None

    @property
    def roles(self) -> list[str]:
        """Roles as tokens carry them."""
        return [str(grant.role) for grant in self.grants]

    def comes_back(self, now: datetime) -> bool:
        """Whether this activity is worth noting."""
        return self.active_at is None or now - self.active_at >= NOTED_AGAIN_AFTER

    def facts(self, marks: Marks | None = None) -> list[UserRegistered]:
        """The event that tells the others of this revision; none for an account that only serves."""
        kind = UserRegistered if self.revision == 1 else UserUpdated
        told = marks.of(self.name, self.birth_date, self.email) if marks else {}
        return [kind(**_shared(self, kind), **told)] if self.unit_id else []

    def erased(self, now: datetime) -> list[UserErased]:
        """The event that makes the others forget; StillOperator for an operator."""
        if str(OPERATOR) in self.roles:
            raise StillOperator()
        return [UserErased(user_id=self.user_id, erased_at=now)]


def join(body: dict, user_id: str, purposes: list[Purpose], now: datetime) -> Person:
    """The account a valid registration makes, still without its password."""
    refuse_if(_wrong_contact(body) | _wrong_age(body, now) | _weak_password(body["password"], body))
    return Person(
        user_id=user_id,
        revision=1,
        name=body["name"],
        birth_date=body["birth_date"],
        division=body["division"],
        unit_id=body["unit_id"],
        party_unit_id=body.get("party_unit_id"),
        phone=body.get("phone"),
        email=body.get("email"),
        language=body.get("language", "vi"),
        registered_at=now,
        active_at=now,
        guardian=_guardian(body, now),
        consents=consent.give(body["consents"], purposes, now),
        history=(Change(now, "joined"),),
    )


def change(person: Person, wishes: dict, purposes: list[Purpose], now: datetime) -> Person:
    """The person with the wished fields; the same object when nothing differs."""
    wished = _wished(person, wishes, purposes, now)
    differing = tuple(name for name, value in wished.items() if getattr(person, name) != value)
    if not differing:
        return person
    history = remember(person.history, Change(now, "changed", differing))
    return dataclasses.replace(person, **wished, revision=person.revision + 1, history=history)


def check_password(password: str, person: Person) -> None:
    """Refuse a new password that is the phone number or the e-mail address."""
    refuse_if(_weak_password(password, {"phone": person.phone, "email": person.email}))


def remember(history: tuple[Change, ...], entry: Change) -> tuple[Change, ...]:
    """The history with one more entry; the oldest beyond HISTORY_KEPT go."""
    return (*history, entry)[-HISTORY_KEPT:]


def first_operator(email: str, password_hash: str, now: datetime) -> Person:
    """The account every installation begins with; its fixed id makes it the same in every replica."""
    return Person(
        user_id=FIRST_OPERATOR,
        revision=1,
        name="Người vận hành",
        division="officials",
        language="vi",
        registered_at=now,
        active_at=now,
        email=email,
        password_hash=password_hash,
        grants=(Grant(OPERATOR, SYSTEM, now), Grant(EVERY_CONTEST, SYSTEM, now)),
        history=(Change(now, "joined"),),
    )


def _wished(person: Person, wishes: dict, purposes: list[Purpose], now: datetime) -> dict:
    wished = {name: wishes[name] for name in wishes if name not in ("consents", "guardian")}
    after = {"phone": person.phone, "email": person.email, "birth_date": person.birth_date} | wishes
    after.setdefault("guardian", person.guardian)
    refuse_if(_wrong_contact(after) | _wrong_age(after, now))
    if "birth_date" in wishes or "guardian" in wishes:
        wished["guardian"] = _guardian(after, now)
    if "consents" in wishes:
        wished["consents"] = consent.keep_dates(consent.give(wishes["consents"], purposes, now), person.consents)
    return wished


def _guardian(body: dict, now: datetime) -> Guardian | None:
    """Kept only where the law asks for one."""
    given = body.get("guardian")
    if given is None or not _is_child(body.get("birth_date"), now):
        return None
    return given if isinstance(given, Guardian) else Guardian(given["name"], given["phone"], now)


def _is_child(birth_date: date | None, now: datetime) -> bool:
    return birth_date is not None and age(birth_date, day_of(now)) < NEEDS_GUARDIAN_UNDER


def _wrong_contact(body: dict) -> dict[str, str]:
    return {} if body.get("phone") or body.get("email") else {"phone": "phone-or-email"}


def _wrong_age(body: dict, now: datetime) -> dict[str, str]:
    born = body.get("birth_date")
    if born is None:
        return {}
    if not 0 <= age(born, day_of(now)) <= OLDEST:
        return {"birth_date": "not-a-birth-date"}
    return {"guardian": "guardian-needed"} if _is_child(born, now) and not body.get("guardian") else {}


def _weak_password(password: str, body: dict) -> dict[str, str]:
    forbidden = contact.spellings(body["phone"]) if body.get("phone") else set()
    forbidden |= {body["email"]} if body.get("email") else set()
    return {"password": "password-is-identifier"} if password.strip().lower() in forbidden else {}


def _shared(person: Person, kind: type) -> dict:
    names = {field.name for field in dataclasses.fields(kind)} & {field.name for field in dataclasses.fields(person)}
    return {name: getattr(person, name) for name in names}
