"""Fields that only registration has."""

import re
import unicodedata

from marshmallow import ValidationError

from hoithi_contracts.fields import Day, Name, Secret, Text
from hoithi_registration.domain import contact

UNIT_ID = "[A-Za-z0-9][A-Za-z0-9_-]{0,63}"
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
        told = {"description": "A Vietnamese number in any usual spelling", "examples": ["0912 345 678"]}
        super().__init__(most=30, metadata=told, **kwargs)

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
        super().__init__(most=254, metadata={"format": "email"}, **kwargs)

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
        super().__init__(most=10, metadata={"format": "date"}, **kwargs)

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
