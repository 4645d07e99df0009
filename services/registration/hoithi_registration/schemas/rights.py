"""Second factor, sessions, invitations."""

from marshmallow.fields import String

from hoithi_contracts.fields import Choice, Flag, Instant, Many, Name, Part, Secret, StrictSchema, Text, Whole
from hoithi_registration.domain.session import DEVICES
from hoithi_registration.schemas.fields import Email, typed_password
from hoithi_registration.schemas.roles import RoleBody

NEXT = "Give it as `after` to get the next page; null on the last."


def reason(**kwargs) -> Text:
    """Why; kept in the audit log."""
    return Text(most=500, **kwargs)


# Second factor


def code_field(**kwargs) -> Secret:
    """Of the app, or a recovery code; blanks and hyphens do not count."""
    return Secret(least=6, most=40, **kwargs)


class BeginFactor(StrictSchema):
    password = typed_password()


class Code(StrictSchema):
    code = code_field(required=True)


class ResetFactor(StrictSchema):
    reason = reason(required=True, least=3)


class FactorAnswer(StrictSchema):
    on = Flag()
    since = Instant(allow_none=True)
    recovery_codes_left = Whole()
    needed_for = Many(String(), metadata={"description": "Kinds of role that count only in sessions with a second factor."})


class BegunFactor(StrictSchema):
    secret = String(metadata={"description": "Base32, to be typed where no camera is; shown this once."})
    uri = String(metadata={"description": "otpauth://totp/..., to be shown as a QR code; this once."})


class RecoveryCodes(StrictSchema):
    recovery_codes = Many(String(), metadata={"description": "Each once instead of a code; shown this once."})


# Sessions


class OwnSession(StrictSchema):
    session_id = String()
    client = String(metadata={"description": "Browser and system, or empty."})
    device = Choice(*DEVICES, allow_none=True, metadata={"description": "Whose it is, of a session on the page."})
    created_at = Instant()
    used_at = Instant()
    expires_at = Instant()
    second_factor = Flag()
    current = Flag()


class OwnSessions(StrictSchema):
    sessions = Many(Part(OwnSession))


# Invitations


class Invite(RoleBody):
    email = Email(required=True)
    language = Choice("vi", "en", load_default="vi")
    reason = reason(load_default="", least=0)


class InvitationToken(StrictSchema):
    token = Secret(least=20, most=100, required=True)


class InvitationAnswer(StrictSchema):
    """`email` is masked once the invitation is closed."""

    invitation_id = String()
    email = String()
    role = String()
    kind = String()
    id = String()
    place = String()
    by = String()
    by_name = String()
    invited_at = Instant()
    expires_at = Instant()
    state = Choice("open", "accepted", "withdrawn", "expired")
    closed_by = String(allow_none=True)
    closed_at = Instant(allow_none=True)


class Offer(StrictSchema):
    """What a letter's link offers."""

    role = String()
    kind = String()
    id = String()
    place = String()
    by_name = String()
    expires_at = Instant()


class InvitationSearch(StrictSchema):
    limit = Whole(least=1, most=200, load_default=50)
    after = Name()


class InvitationsAnswer(StrictSchema):
    invitations = Many(Part(InvitationAnswer))
    next = String(metadata={"description": NEXT}, allow_none=True)


class Withdrawal(StrictSchema):
    reason = reason(load_default="", least=0)
