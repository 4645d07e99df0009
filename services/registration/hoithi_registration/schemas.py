"""HTTP bodies: what registration accepts and what it answers."""

import re
import unicodedata

from hoithi_contracts.fields import Choice, Day, Flag, Instant, Many, Name, Part, Secret, StrictSchema, Text, Whole
from marshmallow import ValidationError
from marshmallow.fields import Dict, String

from hoithi_registration.domain import contact
from hoithi_registration.domain.role import BOUND_TO, EVERYTHING
from hoithi_registration.domain.unit import TREES

DIVISIONS = ("officials", "citizens", "pupils")
LANGUAGES = ("vi", "en")
UNIT_ID = "[A-Za-z0-9][A-Za-z0-9_-]{0,63}"
BOUND_ID = rf"[A-Za-z0-9][A-Za-z0-9._~-]{{0,79}}|\{EVERYTHING}"
NAME_SIGNS = set(" '’ʼ.,-/()·")


class PersonName(Text):
    """A name of a person: letters, digits and what occurs between them; single spaces."""

    def __init__(self, **kwargs):
        super().__init__(least=2, most=80, **kwargs)

    def _deserialize(self, value, attr, data, **kwargs):
        name = re.sub(r"\s+", " ", super()._deserialize(value, attr, data, **kwargs))
        letters = [sign for sign in name if unicodedata.category(sign)[0] == "L"]
        if not letters or not all(sign in NAME_SIGNS or unicodedata.category(sign)[0] in "LMN" for sign in name):
            raise ValidationError("not-a-name")
        return name


class Phone(Text):
    """A Vietnamese phone number in any usual spelling; kept as "+84912345678"."""

    def __init__(self, **kwargs):
        super().__init__(most=30, **kwargs)

    def _deserialize(self, value, attr, data, **kwargs):
        try:
            return contact.phone_number(super()._deserialize(value, attr, data, **kwargs))
        except ValidationError:
            raise
        except ValueError as error:
            raise ValidationError("not-a-vietnamese-phone") from error


class Email(Text):
    """An e-mail address; kept in lower case."""

    def __init__(self, **kwargs):
        super().__init__(most=254, **kwargs)

    def _deserialize(self, value, attr, data, **kwargs):
        try:
            return contact.email_address(super()._deserialize(value, attr, data, **kwargs))
        except ValidationError:
            raise
        except ValueError as error:
            raise ValidationError("not-an-email") from error


class IsoDay(Text):
    """A calendar day, YYYY-MM-DD, kept as text: such texts sort like the days they name."""

    def __init__(self, **kwargs):
        super().__init__(most=10, **kwargs)

    def _deserialize(self, value, attr, data, **kwargs):
        return Day().deserialize(super()._deserialize(value, attr, data, **kwargs)).isoformat()


class UnitId(Name):
    """The id of a unit, as in the imported list: "x00688"."""

    def __init__(self, **kwargs):
        super().__init__(pattern=rf"^{UNIT_ID}$", **kwargs)


def new_password(**kwargs) -> Secret:
    """A password being chosen."""
    return Secret(least=8, most=128, required=True, **kwargs)


def typed_password() -> Secret:
    """A password being checked."""
    return Secret(most=128, required=True)


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
    phone = Phone()
    email = Email()
    password = new_password()
    division = Choice(*DIVISIONS, required=True)
    unit_id = UnitId(required=True)
    party_unit_id = UnitId(allow_none=True)
    language = Choice(*LANGUAGES)
    consents = Many(Part(ConsentBody), most=20, required=True)
    guardian = Part(GuardianBody, allow_none=True)


class SignIn(StrictSchema):
    identifier = Text(most=254, required=True)
    password = typed_password()


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


class UnitBody(StrictSchema):
    id = UnitId(required=True)
    name = Text(most=200, required=True)
    kind = Name(pattern=r"^[a-z][a-z0-9-]{0,39}$", required=True)
    tree = Choice(*TREES, required=True)
    valid_from = IsoDay(required=True)
    parent_id = UnitId(allow_none=True, load_default=None)
    valid_to = IsoDay(allow_none=True, load_default=None)


class ImportUnits(StrictSchema):
    units = Many(Part(UnitBody), least=1, most=5000, required=True)


class UnitSearch(StrictSchema):
    tree = Choice(*TREES)
    q = Text(most=100)
    parent_id = UnitId()
    kind = Name(pattern=r"^[a-z][a-z0-9-]{0,39}$")
    on = Day()
    limit = Whole(least=1, most=500, load_default=50)
    after = UnitId()


class RosterRow(StrictSchema):
    unit_id = UnitId(required=True)
    headcount = Whole(most=10_000_000, required=True)


class DraftRoster(StrictSchema):
    rows = Many(Part(RosterRow), most=10_000, required=True)


class RoleBody(StrictSchema):
    role = Choice(*BOUND_TO, required=True)
    kind = Choice(*sorted(set(BOUND_TO.values())), required=True)
    id = Name(pattern=rf"^({BOUND_ID})$", required=True)


class GiveRole(RoleBody):
    """`identifier`: phone number or e-mail address of the account."""

    identifier = Text(most=254, required=True)


class RoleSearch(StrictSchema):
    limit = Whole(least=1, most=500, load_default=200)
    after = Name()


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


class SessionAnswer(StrictSchema):
    session_id = String()
    created_at = Instant()
    used_at = Instant()
    expires_at = Instant()


class ChangeAnswer(StrictSchema):
    at = Instant()
    what = String()
    fields_ = Many(String(), data_key="fields", attribute="fields")


class RoleAnswer(StrictSchema):
    user_id = String()
    name = String()
    role = String()
    kind = String()
    id = String()
    granted_by = String()
    granted_at = Instant()


class RolesAnswer(StrictSchema):
    roles = Many(Part(RoleAnswer))
    next = String(metadata={"description": "Give it as `after` to get the next page; null on the last."}, allow_none=True)


class AuditAnswer(StrictSchema):
    at = Instant()
    what = String()
    by = String()
    role = String()


class Export(StrictSchema):
    """Everything registration keeps about a person, apart from the password's hash."""

    exported_at = Instant()
    person = Part(Me)
    sessions = Many(Part(SessionAnswer))
    roles = Many(Part(RoleAnswer))
    history = Many(Part(ChangeAnswer))
    audit = Many(Part(AuditAnswer))


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


class UnitAnswer(StrictSchema):
    id = String()
    name = String()
    kind = String()
    tree = String()
    parent_id = String(allow_none=True)
    parent_name = String(allow_none=True)
    valid_from = String()
    valid_to = String(allow_none=True)


class UnitsAnswer(StrictSchema):
    units = Many(Part(UnitAnswer))
    next = String(metadata={"description": "Give it as `after` to get the next page; null on the last."}, allow_none=True)


class ImportAnswer(StrictSchema):
    revision = Whole()
    changed = Whole()
    unchanged = Whole()


class RosterAnswer(StrictSchema):
    contest_id = String()
    state = String()
    revision = Whole()
    rows = Many(Part(RosterRow))
    changed_by = String(allow_none=True)
    changed_at = Instant(allow_none=True)
    frozen_by = String(allow_none=True)
    frozen_at = Instant(allow_none=True)


class Keys(StrictSchema):
    keys = Many(Dict())
