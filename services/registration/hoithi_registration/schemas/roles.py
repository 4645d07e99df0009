"""Who may do what."""

from marshmallow.fields import Integer, String

from hoithi_contracts.fields import Choice, Flag, Instant, Many, Name, Part, StrictSchema, Text, Whole
from hoithi_registration.domain.role import BOUND_TO, EVERYTHING

BOUND_ID = rf"[A-Za-z0-9][A-Za-z0-9._~-]{{0,79}}|\{EVERYTHING}"


class RoleBody(StrictSchema):
    role = Choice(*BOUND_TO, required=True)
    kind = Choice(*sorted(set(BOUND_TO.values())), required=True)
    id = Name(pattern=rf"^({BOUND_ID})$", required=True)


class GiveRole(RoleBody):
    """`identifier`: phone number or e-mail address of the account."""

    identifier = Text(most=254, required=True)
    reason = Text(least=0, most=500, load_default="")


class Why(StrictSchema):
    """Kept in the audit log."""

    reason = Text(least=0, most=500, load_default="")


class RoleSearch(StrictSchema):
    limit = Whole(least=1, most=500, load_default=200)
    after = Name()


class WhomToTell(StrictSchema):
    """People by id, those after the given one."""

    limit = Whole(least=1, most=1000, load_default=1000)
    after = Name()


class Told(StrictSchema):
    events = Integer()
    next = String(allow_none=True)


class RoleAnswer(StrictSchema):
    user_id = String()
    name = String()
    role = String()
    kind = String()
    id = String()
    granted_by = String()
    granted_at = Instant()
    place = String(metadata={"description": "The unit's name; else the id."})
    granted_by_name = String(metadata={"description": "Empty when that account is gone."})
    second_factor = Flag()


class RolesAnswer(StrictSchema):
    roles = Many(Part(RoleAnswer))
    next = String(metadata={"description": "Give it as `after` to get the next page; null on the last."}, allow_none=True)


class WhoseNames(StrictSchema):
    user_ids = Many(Name(), most=200, required=True)


class PersonName(StrictSchema):
    """`roles`: those of now and those that were given once, as "organiser:contest:hg", as far as the caller may know them."""

    user_id = String()
    name = String()
    roles = Many(String())


class NamesAnswer(StrictSchema):
    """Only people whose name the caller may know; others are left out."""

    people = Many(Part(PersonName))
