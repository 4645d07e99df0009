"""The primary of a replica set of three dies, freezes, or hands over; one member is cut off from the others."""

from pymongo.errors import PyMongoError

from hoithi_native import mongodb, waiting

from . import CannotWorkHere, Injector, injector
from .processes import PATIENCE_S, signal, wait_healthy

PRIMARY, WHOLE = "primary", ["PRIMARY", "SECONDARY", "SECONDARY"]
STEP_DOWN_S = 8


def member_states(platform) -> dict[str, str]:
    """Member -> PRIMARY, SECONDARY, ... as the primary sees them; empty while there is none."""
    names = {f"127.0.0.1:{port}": name for name, port in platform.mongodb.members.items()}
    try:
        with platform.mongodb.admin() as client:
            members = client.admin.command("replSetGetStatus")["members"]
    except PyMongoError:
        return {}
    return {names[member["name"]]: member["stateStr"] for member in members}


def primary(platform) -> str:
    """The member that is the primary; waits until there is one."""
    waiting.until(lambda: "PRIMARY" in member_states(platform).values(), "a primary", PATIENCE_S)
    return next(name for name, state in member_states(platform).items() if state == "PRIMARY")


def wait_whole(platform) -> None:
    """Until one primary and two secondaries agree, and every process sees the database."""
    waiting.until(lambda: sorted(member_states(platform).values()) == WHOLE, "the replica set", PATIENCE_S)
    wait_healthy(platform, *platform.pids())


class ReplicaSet(Injector):
    """What needs three members; hits the one that is the primary at that moment."""

    def usable(self, platform):
        if len(platform.mongodb.members) != len(mongodb.PROGRAMS):
            raise CannotWorkHere("the platform runs with one member: Instance(mongo_members=3)")

    def targets(self, platform):
        return [PRIMARY] if len(platform.mongodb.members) == len(mongodb.PROGRAMS) else []

    def heal(self, platform, target):
        wait_whole(platform)


@injector
class KillPrimary(ReplicaSet):
    """The others elect; the killed one comes back as a secondary."""

    kind, hold_s, weight = "mongo-primary-kill", (0.5, 6), 2

    def inject(self, platform, target, random):
        signal(platform, "kill", primary(platform))


@injector
class PausePrimary(ReplicaSet):
    """It keeps its connections and believes to be the primary until it hears of the new one."""

    kind, hold_s = "mongo-primary-pause", (3, 12)

    def inject(self, platform, target, random):
        signal(platform, "pause", primary(platform))

    def heal(self, platform, target):
        for name in platform.mongodb.members.keys() & platform.pids().keys():
            signal(platform, "resume", name)
        wait_whole(platform)


@injector
class StepDown(ReplicaSet):
    """As for maintenance."""

    kind = "mongo-step-down"

    def inject(self, platform, target, random):
        with platform.mongodb.direct(primary(platform)) as client:
            client.admin.command("replSetStepDown", STEP_DOWN_S, secondaryCatchUpPeriodSecs=5)


@injector
class IsolatePrimary(ReplicaSet):
    """The services still reach it, the other members do not: what it takes now must not be acknowledged."""

    kind, hold_s = "mongo-primary-isolated", (2, 12)

    def usable(self, platform):
        super().usable(platform)
        if not platform.network:
            raise CannotWorkHere("there is no proxy between the members: Instance(proxied=True)")

    def targets(self, platform):
        return super().targets(platform) if platform.network else []

    def inject(self, platform, target, random):
        alone = primary(platform)
        for other in platform.mongodb.members.keys() - {alone}:
            platform.network.disturb(alone, other, "black-hole")
            platform.network.disturb(other, alone, "black-hole")

    def heal(self, platform, target):
        for member in platform.mongodb.members:
            platform.network.calm(client=member)
        wait_whole(platform)
