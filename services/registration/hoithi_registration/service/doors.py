"""The HTTP doors."""

from hoithi_bus.http import AuditDoors, Reply, door
from hoithi_bus.provide import Provided
from hoithi_registration import metrics, schemas
from hoithi_registration.domain.role import EVERYTHING, Role
from hoithi_registration.domain.second_factor import awake
from hoithi_registration.handlers import accounts, own_data, retelling, roles, rosters, units
from hoithi_registration.service import tokens
from hoithi_registration.service.officers import OfficerDoors
from hoithi_registration.service.opening import open_first_operator, open_purposes
from hoithi_registration.service.page_doors import PageDoors
from hoithi_registration.service.password_doors import PasswordDoors
from hoithi_registration.service.passwords import open_passwords
from hoithi_registration.service.problems import PROBLEMS, REASONS
from hoithi_registration.service.rights import GIVERS, Rights, fresh_for
from hoithi_registration.storage import open_storage

MEGABYTE = 1024 * 1024
ORGANISERS = ("organiser", "operator")


class Doors(Rights, PageDoors, OfficerDoors, PasswordDoors, AuditDoors):
    """People, units, rosters and roles of hoithi."""

    name = "registration"
    title = "hoithi registration"
    problems = PROBLEMS
    reasons = REASONS
    storage = Provided(open_storage)
    passwords = Provided(open_passwords)
    signer = Provided(tokens.open_signer)
    purposes = Provided(open_purposes)
    first_operator = Provided(open_first_operator)

    def health_checks(self):
        return {"mongodb": self.storage.ping}

    # Accounts

    @door("GET", "/consents", who="anyone", answer=schemas.PurposesAnswer, summary="What people are asked to agree to")
    def consents(self, call):
        return {"purposes": [purpose.told_in(call.language) for purpose in self.purposes]}

    @door("POST", "/join", who="anyone", body=schemas.Join, answer=schemas.SignedIn, status=201, summary="Create an account")
    def join(self, call):
        with metrics.outcome(metrics.JOINS):
            entered = accounts.join(self.storage, self.passwords, self.purposes, call.body, fresh_for(call), call.now)
        metrics.JOINED.labels(entered.person.division).inc()
        return self._signed_in(entered, call.now)

    @door(
        "POST",
        "/sign-in",
        who="anyone",
        body=schemas.SignIn,
        answer=schemas.SignedIn,
        summary="Sign in by phone number or e-mail",
    )
    def sign_in(self, call):
        with metrics.outcome(metrics.SIGN_INS):
            entered = accounts.sign_in(self.storage, self.passwords, self.prove, call.body, fresh_for(call), call.now)
        return self._signed_in(entered, call.now)

    @door(
        "POST",
        "/refresh",
        who="anyone",
        body=schemas.Refresh,
        answer=schemas.SignedIn,
        summary="Get new tokens for the refresh token",
    )
    def refresh(self, call):
        with metrics.outcome(metrics.REFRESHES):
            entered = accounts.refresh(self.storage, call.body["refresh_token"], tokens.new_secret(), call.now)
        return self._signed_in(entered, call.now)

    @door("POST", "/sign-out", who="person", status=204, summary="End this session")
    def sign_out(self, call):
        accounts.sign_out(self.storage, call.claims.session_id)

    @door("POST", "/sign-out-everywhere", who="person", status=204, summary="End all sessions of the account")
    def sign_out_everywhere(self, call):
        accounts.sign_out_everywhere(self.storage, call.claims.user_id)

    @door("GET", "/keys", who="anyone", answer=schemas.Keys, summary="The public keys of access tokens (JWKS)")
    def keys(self, call):
        return Reply.json(self.signer.jwks, headers={"Cache-Control": "public, max-age=300"})

    # Own data

    @door("GET", "/me", who="person", answer=schemas.Me, summary="The own account")
    def me(self, call):
        return schemas.Me().dump(own_data.show(self.storage, call.claims, call.now))

    @door("PATCH", "/me", who="person", body=schemas.ChangeMe, answer=schemas.Me, summary="Change the own account")
    def change_me(self, call):
        return schemas.Me().dump(own_data.change(self.storage, call.claims, call.body, self.purposes, call.now))

    @door("POST", "/me/password", who="person", body=schemas.ChangePassword, status=204, summary="Choose a new password")
    def change_password(self, call):
        """Ends all other sessions."""
        own_data.change_password(self.storage, self.passwords, call.claims, call.body, call.now)

    @door("GET", "/me/export", who="person", answer=schemas.Export, summary="Everything kept about the own person")
    def export_me(self, call):
        exported = own_data.export(self.storage, call.claims, call.now)
        held = [_held(exported.person, grant) for grant in exported.person.grants]
        person = exported.person
        more = {"roles": held, "history": person.history, "active_at": person.active_at, "notice": person.notice}
        body = schemas.Export().dump(vars(exported) | more)
        attached = 'attachment; filename="hoithi-registration.json"'
        return Reply.json(body, headers={"Content-Disposition": attached, "Cache-Control": "no-store"})

    @door("POST", "/me/erasure", who="person", body=schemas.Erase, status=204, summary="Be forgotten")
    def erase_me(self, call):
        """Name, contact, consents and sessions are deleted at once and for good; the other services hear of it."""
        with metrics.outcome(metrics.ERASURES):
            own_data.erase(self.storage, self.passwords, call.claims, call.body["password"], call.now)

    # Units

    @door(
        "GET",
        "/units",
        who="anyone",
        query=schemas.UnitSearch,
        answer=schemas.UnitsAnswer,
        summary="Search units by name and place",
    )
    def units(self, call):
        """`q`: beginnings of words, with or without diacritics. `on`: the day they must exist, today by default."""
        found = units.search_units(self.storage, call.query, call.now)
        ids = [shown.unit.id for shown in found]
        return {"units": [_unit(shown) for shown in found], "next": _next(ids, call.query["limit"])}

    @door("GET", "/units/<unit_id>", who="anyone", answer=schemas.UnitAnswer, summary="One unit")
    def unit(self, call, unit_id):
        return _unit(units.show_unit(self.storage, unit_id))

    @door(
        "POST",
        "/units",
        who=ORGANISERS,
        body=schemas.ImportUnits,
        answer=schemas.ImportAnswer,
        limit=MEGABYTE,
        summary="Add and change units",
    )
    def import_units(self, call):
        """All or nothing: a wrong row is named and then nothing is changed. Units that are equal stay untouched.

        For operators and organisers of all contests: every contest has the same units.
        """
        _require_organiser(call.claims, EVERYTHING)
        change = units.import_units(self.storage, call.body["units"], call.claims.user_id, call.now)
        changed = len(change.units)
        metrics.UNITS_CHANGED.inc(changed)
        return {"revision": change.revision, "changed": changed, "unchanged": len(call.body["units"]) - changed}

    # Rosters

    @door(
        "GET",
        "/rosters/<contest_id>",
        who=(*ORGANISERS, "officer"),
        answer=schemas.RosterAnswer,
        summary="Headcounts of a contest",
    )
    def roster(self, call, contest_id):
        """Officers see the rows of their own units and of those below."""
        return schemas.RosterAnswer().dump(rosters.visible_roster(self.storage, call.claims, contest_id))

    @door(
        "PUT",
        "/rosters/<contest_id>",
        who=ORGANISERS,
        body=schemas.DraftRoster,
        answer=schemas.RosterAnswer,
        limit=MEGABYTE,
        summary="Draft the headcounts of a contest",
    )
    def draft_roster(self, call, contest_id):
        """Replaces all rows of the draft."""
        _require_organiser(call.claims, contest_id)
        drafted = rosters.draft_roster(self.storage, contest_id, call.body["rows"], call.claims.user_id, call.now)
        return schemas.RosterAnswer().dump(drafted)

    @door(
        "POST",
        "/rosters/<contest_id>/freeze",
        who=ORGANISERS,
        answer=schemas.RosterAnswer,
        summary="Make the headcounts official",
    )
    def freeze_roster(self, call, contest_id):
        """Once and for good; a second time changes nothing."""
        _require_organiser(call.claims, contest_id)
        frozen = rosters.freeze_roster(self.storage, contest_id, call.claims.user_id, call.now)
        metrics.ROSTERS_FROZEN.inc()
        return schemas.RosterAnswer().dump(frozen)

    # After a restore

    @door(
        "POST",
        "/retell/people",
        who=("operator",),
        query=schemas.WhomToTell,
        answer=schemas.Told,
        summary="Publish what was told of people again, page by page",
    )
    def retell_people(self, call):
        events, last = retelling.retell_people(self.storage, call.query.get("after", ""), call.query["limit"], call.now)
        return {"events": events, "next": last}

    @door("POST", "/retell/units", who=("operator",), answer=schemas.Told, summary="Publish all units and frozen rosters again")
    def retell_units(self, call):
        return {"events": retelling.retell_units_and_rosters(self.storage, call.now), "next": None}

    # Roles

    @door("GET", "/roles", who=GIVERS, query=schemas.RoleSearch, answer=schemas.RolesAnswer, summary="Who holds which role")
    def list_roles(self, call):
        """`limit` counts people, of whom each may hold several roles. Shown are the roles one may give and take, and those of
        officers of the own unit.
        """
        found, last = roles.people_with_roles(self.storage, call.claims, call.query.get("after", ""), call.query["limit"])
        return {"roles": schemas.RoleAnswer(many=True).dump([_shown(each) for each in found]), "next": last}

    @door("POST", "/roles", who=ORGANISERS, body=schemas.GiveRole, answer=schemas.RoleAnswer, status=201, summary="Give a role")
    def give_role(self, call):
        """Operators give every role, organisers that of a unit's officer. It works from the person's next refresh on."""
        given = roles.give_role(self.storage, call.claims, call.body, call.now)
        metrics.ROLES_CHANGED.labels("given").inc()
        return schemas.RoleAnswer().dump(_shown(given))

    @door(
        "DELETE",
        "/roles/<user_id>/<role>/<kind>/<bound_to>",
        who=GIVERS,
        query=schemas.Why,
        status=204,
        summary="Take a role away",
    )
    def take_role(self, call, user_id, role, kind, bound_to):
        """Access tokens that were given out before still carry it for at most ten minutes."""
        roles.take_role(self.storage, call.claims, user_id, Role(role, kind, bound_to), call.query["reason"], call.now)
        metrics.ROLES_CHANGED.labels("taken").inc()

    def _access_token(self, entered, now):
        session = entered.session
        return self.signer.access_token(entered.person, session.session_id, now, session.second_factor)

    def _asleep(self, entered):
        return awake(entered.person.roles, entered.session.second_factor, self.signer.needing)[1]

    def _signed_in(self, entered, now):
        return {
            "user": schemas.Me().dump(entered.person),
            "access_token": self._access_token(entered, now),
            "expires_in_s": tokens.LIFETIME_S,
            "refresh_token": entered.refresh_token,
            "asleep": self._asleep(entered),
        }


def _require_organiser(claims, contest_id):
    if not claims.holds("operator"):
        claims.require("organiser", "contest", contest_id)


def _next(ids: list[str], limit: int) -> str | None:
    """Where the next page begins; a page that is not full is the last."""
    return ids[-1] if len(ids) == limit else None


def _unit(shown) -> dict:
    return schemas.UnitAnswer().dump(vars(shown.unit) | {"parent_name": shown.parent_name})


def _shown(held) -> dict:
    more = {name: getattr(held, name) for name in ("place", "granted_by_name", "second_factor")}
    return _held(held.person, held.grant) | more


def _held(person, grant) -> dict:
    return vars(grant.role) | {
        "granted_by": grant.granted_by,
        "granted_at": grant.granted_at,
        "user_id": person.user_id,
        "name": person.name,
    }
