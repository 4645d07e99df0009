"""Accounts, sessions, own data."""

from marshmallow.fields import Dict, String

from hoithi_contracts.fields import Choice, Day, Flag, Instant, Many, Name, Part, Secret, StrictSchema, Text, Whole
from hoithi_registration.domain.session import DEVICES
from hoithi_registration.schemas.fields import Email, PersonName, Phone, UnitId, new_password, typed_password
from hoithi_registration.schemas.roles import RoleAnswer

DIVISIONS = ("officials", "citizens", "pupils")
LANGUAGES = ("vi", "en")


class GuardianBody(StrictSchema):
    name = PersonName(required=True)
    phone = Phone(required=True)


class ConsentBody(StrictSchema):
    purpose = Name(required=True)
    version = Name(required=True)


class Join(StrictSchema):
    """A registration. `guardian` is needed, and kept, for people under 16 only."""

    name = PersonName(required=True)
    birth_date = Day(required=True)
    phone = Phone(allow_none=True)
    email = Email(allow_none=True)
    password = new_password()
    division = Choice(*DIVISIONS, required=True)
    unit_id = UnitId(required=True)
    party_unit_id = UnitId(allow_none=True)
    language = Choice(*LANGUAGES)
    consents = Many(Part(ConsentBody), most=20, required=True)
    guardian = Part(GuardianBody, allow_none=True)
    invitation = Secret(least=20, most=100, metadata={"description": "The token of an invitation to a role."})


class SignIn(StrictSchema):
    identifier = Text(most=254, required=True)
    password = typed_password()
    code = Secret(least=6, most=40, metadata={"description": "Of the second factor: from the app, or a recovery code."})


class PageJoin(Join):
    """A registration on the page; `device`: whose it is, the person's own, a shared one or a helper's."""

    device = Choice(*DEVICES, required=True)


class PageSignIn(SignIn):
    """Signing in on the page; `device`: whose it is, the person's own, a shared one or a helper's."""

    device = Choice(*DEVICES, required=True)


class Refresh(StrictSchema):
    refresh_token = Secret(most=200, required=True)


class ChangeMe(StrictSchema):
    """Only what is given changes; null removes a phone number, an e-mail address or a party unit.

    `consents` replaces all consents: one that is left out is withdrawn.
    """

    name = PersonName()
    birth_date = Day()
    phone = Phone(allow_none=True)
    email = Email(allow_none=True)
    division = Choice(*DIVISIONS)
    unit_id = UnitId()
    party_unit_id = UnitId(allow_none=True)
    language = Choice(*LANGUAGES)
    consents = Many(Part(ConsentBody), most=20)
    guardian = Part(GuardianBody)


class ChangePassword(StrictSchema):
    password = typed_password()
    new_password = new_password()


class Erase(StrictSchema):
    password = typed_password()


class ConsentAnswer(ConsentBody):
    given_at = Instant()


class GuardianAnswer(StrictSchema):
    name = String()
    phone = String()
    consented_at = Instant()


class Me(StrictSchema):
    user_id = String()
    revision = Whole()
    name = String()
    birth_date = Day(allow_none=True)
    division = String()
    unit_id = String(allow_none=True)
    party_unit_id = String(allow_none=True)
    phone = String(allow_none=True)
    email = String(allow_none=True)
    language = String()
    registered_at = Instant()
    guardian = Part(GuardianAnswer, allow_none=True)
    consents = Many(Part(ConsentAnswer))
    roles = Many(String())


class SignedIn(StrictSchema):
    user = Part(Me)
    access_token = String()
    expires_in_s = Whole()
    refresh_token = String()
    asleep = Many(String(), metadata={"description": "Roles that wait for the second factor."})


class PageSession(StrictSchema):
    """Without a refresh token: that is in the cookie."""

    user = Part(Me)
    access_token = String()
    expires_in_s = Whole()
    device = Choice(*DEVICES)
    asleep = Many(String(), metadata={"description": "Roles that wait for the second factor."})


class SessionAnswer(StrictSchema):
    session_id = String()
    device = String(allow_none=True)
    client = String()
    created_at = Instant()
    used_at = Instant()
    expires_at = Instant()
    second_factor = Flag()


class ChangeAnswer(StrictSchema):
    at = Instant()
    what = String()
    fields_ = Many(String(), data_key="fields", attribute="fields")


class AuditAnswer(StrictSchema):
    at = Instant()
    what = String()
    by = String()
    role = String()
    before = Dict()
    after = Dict()
    reason = String()


class NoticeAnswer(StrictSchema):
    told_at = Instant()
    erase_at = Instant()


class Export(StrictSchema):
    """Everything registration keeps about a person, apart from the password's hash.

    `active_at`: last activity, to the day. `notice`: when the person was told that the data are to go, and when they go.
    """

    exported_at = Instant()
    person = Part(Me)
    sessions = Many(Part(SessionAnswer))
    roles = Many(Part(RoleAnswer))
    history = Many(Part(ChangeAnswer))
    audit = Many(Part(AuditAnswer))
    active_at = Instant(allow_none=True)
    notice = Part(NoticeAnswer, allow_none=True)


class PurposeAnswer(StrictSchema):
    purpose = String()
    version = String()
    required = Flag()
    language = String()
    title = String()
    text = String()
    retention = String()


class PurposesAnswer(StrictSchema):
    purposes = Many(Part(PurposeAnswer))


class Keys(StrictSchema):
    keys = Many(Dict())
