"""Who may look at which deliveries."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Reach:
    """What somebody with certain roles may see: all contests (None) or these, addresses or only their shape."""

    contest_ids: tuple[str, ...] | None
    sees_addresses: bool = False

    def covers(self, contest_id: str | None) -> bool:
        """A welcome belongs to no contest: only those who see everything see it."""
        return self.contest_ids is None or contest_id in self.contest_ids


def reach(roles: Iterable[str]) -> Reach:
    """Operators see everything; organisers their contests, with masked addresses."""
    held = [role.split(":", 2) for role in roles if role.count(":") >= 2]
    if any(role == "operator" for role, _, _ in held):
        return Reach(None, sees_addresses=True)
    contests = tuple(sorted(scope for role, kind, scope in held if (role, kind) == ("organiser", "contest")))
    return Reach(None if "*" in contests else contests)
