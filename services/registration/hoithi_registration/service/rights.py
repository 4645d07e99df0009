"""The doors of people with rights: second factor, sessions, invitations, names. A part of `Doors`."""

import secrets
from base64 import b32encode
from functools import partial

from hoithi_bus.http import Reply, door
from hoithi_bus.provide import Provided
from hoithi_registration import metrics
from hoithi_registration.domain import device
from hoithi_registration.domain.second_factor import RECOVERY_CODES
from hoithi_registration.handlers import accounts, invitations, own_data, roles, second_factor
from hoithi_registration.schemas import NamesAnswer, WhoseNames
from hoithi_registration.schemas import rights as schemas
from hoithi_registration.service import tokens
from hoithi_registration.service.vault import open_vault

GIVERS = ("operator", "organiser", "officer")
WATCHERS = ("organiser", "operator")
SECRET_BYTES = 20  # RFC 4226, 4: 160 bits
CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
NO_STORE = {"Cache-Control": "no-store"}


class Rights:
    """Expects `storage`, `passwords` and `signer` of the class it is a part of."""

    vault = Provided(open_vault)

    @property
    def prove(self):
        """`prove(person, code, now)`, see handlers.second_factor."""
        return partial(second_factor.prove, self.storage, self.vault)

    # Second factor

    @door("GET", "/me/second-factor", who="person", answer=schemas.FactorAnswer, summary="Whether the own account has one")
    def show_factor(self, call):
        found = second_factor.show_factor(self.storage, call.claims, call.now)
        since, left = (found.confirmed_at, len(found.recovery)) if found else (None, 0)
        return {"on": found is not None, "since": since, "recovery_codes_left": left, "needed_for": list(self.signer.needing)}

    @door(
        "POST",
        "/me/second-factor",
        who="person",
        body=schemas.BeginFactor,
        answer=schemas.BegunFactor,
        status=201,
        summary="Begin: a secret for an authenticator app",
    )
    def begin_factor(self, call):
        """Nothing is asked for before a code confirms it; beginning again gives another secret."""
        secret = secrets.token_bytes(SECRET_BYTES)
        password = call.body["password"]
        begun = second_factor.begin(self.storage, self.passwords, self.vault, call.claims, password, secret, call.now)
        return Reply.json({"secret": b32encode(begun.secret).decode(), "uri": begun.uri}, status=201, headers=NO_STORE)

    @door(
        "POST",
        "/me/second-factor/confirmation",
        who="person",
        body=schemas.Code,
        answer=schemas.RecoveryCodes,
        summary="Confirm by one code: it is on from now on",
    )
    def confirm_factor(self, call):
        """All other sessions end. This one has the second factor from its next `POST /refresh` on."""
        codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
        with metrics.outcome(metrics.CODES):
            second_factor.confirm(self.storage, self.vault, call.claims, call.body["code"], codes, call.now)
        return Reply.json({"recovery_codes": codes}, headers=NO_STORE)

    @door(
        "POST", "/me/second-factor/removal", who="person", body=schemas.Code, status=204, summary="Switch it off, against a code"
    )
    def remove_factor(self, call):
        """For a new phone: switch off, then begin again. Other sessions end; roles that need it sleep meanwhile."""
        with metrics.outcome(metrics.CODES):
            second_factor.remove(self.storage, self.vault, call.claims, call.body["code"], call.now)

    @door(
        "POST",
        "/second-factors/<user_id>/reset",
        who=("operator",),
        body=schemas.ResetFactor,
        status=204,
        summary="Lift the second factor of somebody who lost the phone",
    )
    def reset_factor(self, call, user_id):
        """Make sure who asks: by sight, or by calling back a number known before. All sessions of the person end."""
        second_factor.reset(self.storage, call.claims, user_id, call.body["reason"], call.now)

    # Sessions

    @door("GET", "/me/sessions", who="person", answer=schemas.OwnSessions, summary="Where the own account is signed in")
    def list_sessions(self, call):
        own_data.show(self.storage, call.claims, call.now)
        found = [each for each in self.storage.sessions.of(call.claims.user_id) if each.expires_at > call.now]
        listed = [vars(each) | {"current": each.session_id == call.claims.session_id} for each in found]
        return {"sessions": schemas.OwnSession(many=True).dump(listed)}

    @door("DELETE", "/me/sessions/<session_id>", who="person", status=204, summary="End one of the own sessions")
    def end_session(self, call, session_id):
        """An access token that was given out before still works at other services for at most ten minutes."""
        accounts.sign_out_of(self.storage, call.claims.user_id, session_id)

    # Invitations

    @door(
        "POST",
        "/invitations",
        who=GIVERS,
        body=schemas.Invite,
        answer=schemas.InvitationAnswer,
        status=201,
        summary="Invite somebody to a role by e-mail",
    )
    def invite(self, call):
        """Valid for seven days, once. Officers invite officers of units below their own."""
        fresh = invitations.Fresh(tokens.rising_id(call.now), tokens.new_secret())
        made = invitations.invite(self.storage, call.claims, call.body, fresh, call.now)
        metrics.INVITATIONS.labels("sent").inc()
        return _invitation(made, call.now)

    @door(
        "GET",
        "/invitations",
        who=GIVERS,
        query=schemas.InvitationSearch,
        answer=schemas.InvitationsAnswer,
        summary="Invitations, newest first: the own ones, operators all",
    )
    def list_invitations(self, call):
        limit = call.query["limit"]
        found = invitations.list_invitations(self.storage, call.claims, call.query.get("after"), limit)
        last = found[-1].invitation_id if len(found) == limit else None
        return {"invitations": [_invitation(each, call.now) for each in found], "next": last}

    @door(
        "POST",
        "/invitations/<invitation_id>/withdrawal",
        who=GIVERS,
        body=schemas.Withdrawal,
        status=204,
        summary="Withdraw an open invitation",
    )
    def withdraw_invitation(self, call, invitation_id):
        invitations.withdraw(self.storage, call.claims, invitation_id, call.body["reason"], call.now)
        metrics.INVITATIONS.labels("withdrawn").inc()

    @door(
        "POST",
        "/invitations/look",
        who="anyone",
        body=schemas.InvitationToken,
        answer=schemas.Offer,
        summary="What the link of a letter offers",
    )
    def look_at_invitation(self, call):
        found = invitations.look(self.storage, call.body["token"], call.now)
        return schemas.Offer().dump(vars(found) | vars(found.role))

    @door(
        "POST",
        "/invitations/accept",
        who="person",
        body=schemas.InvitationToken,
        answer=schemas.Offer,
        summary="Accept an invitation as the signed-in person",
    )
    def accept_invitation(self, call):
        """Who has no account yet gives the token as `invitation` to `POST /join`. The role works from the next refresh on."""
        person = own_data.show(self.storage, call.claims, call.now)
        accepted = invitations.accept(self.storage, call.body["token"], person.user_id, call.now)
        metrics.INVITATIONS.labels("accepted").inc()
        return schemas.Offer().dump(vars(accepted) | vars(accepted.role))

    # Names

    @door(
        "POST",
        "/roles/names",
        who=WATCHERS,
        body=WhoseNames,
        answer=NamesAnswer,
        summary="Names of people who act by a role, for readers of the log",
    )
    def names(self, call):
        """Of people who hold or held a role, and nobody else; organisers of one contest are not told those of another alone."""
        found = roles.names(self.storage, call.claims, call.body["user_ids"])
        return {"people": [{"user_id": user_id, "name": name, "roles": held} for user_id, name, held in found]}


def fresh_for(call) -> accounts.Fresh:
    """New random texts for somebody who enters, with what the device is called."""
    return tokens.fresh(device.device_of(call.headers.get("user-agent", "")))


def _invitation(found, now) -> dict:
    return schemas.InvitationAnswer().dump(vars(found) | vars(found.role) | {"state": found.state_at(now)})


def _recovery_code() -> str:
    """Four groups that a person can read and type; 80 bits."""
    return "-".join("".join(secrets.choice(CODE_LETTERS) for _ in range(4)) for _ in range(4))
