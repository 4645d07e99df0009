"""HTTP bodies: what registration accepts and what it answers."""

from hoithi_registration.schemas.officers import PhoneListBody, RosterSheetAnswer, RosterSheetQuery
from hoithi_registration.schemas.people import (
    ChangeMe,
    ChangePassword,
    Erase,
    Export,
    Join,
    Keys,
    Me,
    PurposesAnswer,
    Refresh,
    SignedIn,
    SignIn,
)
from hoithi_registration.schemas.roles import (
    GiveRole,
    RoleAnswer,
    RolesAnswer,
    RoleSearch,
    Told,
    WhomToTell,
)
from hoithi_registration.schemas.units import (
    DraftRoster,
    ImportAnswer,
    ImportUnits,
    RosterAnswer,
    UnitAnswer,
    UnitsAnswer,
    UnitSearch,
)

__all__ = [
    "ChangeMe",
    "ChangePassword",
    "DraftRoster",
    "Erase",
    "Export",
    "GiveRole",
    "ImportAnswer",
    "ImportUnits",
    "Join",
    "Keys",
    "Me",
    "PhoneListBody",
    "PurposesAnswer",
    "Refresh",
    "RoleAnswer",
    "RoleSearch",
    "RolesAnswer",
    "RosterAnswer",
    "RosterSheetAnswer",
    "RosterSheetQuery",
    "SignIn",
    "SignedIn",
    "Told",
    "UnitAnswer",
    "UnitSearch",
    "UnitsAnswer",
    "WhomToTell",
]
