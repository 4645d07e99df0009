"""Forgotten passwords."""

from marshmallow.fields import String

from hoithi_contracts.fields import Instant, Secret, StrictSchema, Text
from hoithi_registration.schemas.fields import new_password


class AskForLink(StrictSchema):
    identifier = Text(most=254, required=True)


class HandOutCode(StrictSchema):
    """`reason`: how you made sure who asks; kept in the audit log."""

    identifier = Text(most=254, required=True)
    reason = Text(least=3, most=500, required=True)


class CodeAnswer(StrictSchema):
    name = String()
    code = String(metadata={"description": "Shown this once; works once."})
    expires_at = Instant()


class ByLink(StrictSchema):
    token = Secret(least=20, most=100, required=True)
    new_password = new_password()


class ByCode(StrictSchema):
    identifier = Text(most=254, required=True)
    code = Secret(least=6, most=40, required=True)
    new_password = new_password()
