"""Which door a path leads to."""

import re
from collections import defaultdict

from hoithi_bus.http.problems import NoSuchDoor, WrongMethod

PARAMETER = re.compile(r"<(?:(int):)?(\w+)>")
WHOLE = re.compile(r"[0-9]{1,18}")


class Routes:
    """Fixed paths by a dictionary, those with parameters by their number of segments and their fixed ones."""

    def __init__(self, doors):
        self.fixed: dict[str, dict] = defaultdict(dict)
        self.open: dict[int, list[_Pattern]] = defaultdict(list)
        for door in doors:
            if "<" in door.path:
                self._pattern(door.path).doors[door.method] = door
            else:
                self.fixed[door.path][door.method] = door

    def _pattern(self, path: str) -> "_Pattern":
        made = _Pattern(path)
        same = self.open[len(made.segments)]
        for known in same:
            if known.shape == made.shape and known.path != path:
                raise ValueError(f"{path} and {known.path}: give the parameter one name")
            if known.path == path:
                return known
        same.append(made)
        same.sort(key=lambda pattern: pattern.shape.count(None))  # the more fixed segments, the earlier
        return made

    def find(self, method: str, path: str) -> tuple[object, dict]:
        """(door, values of the path); raises NoSuchDoor or WrongMethod. HEAD is GET without a body."""
        doors, values = self.fixed.get(path), {}
        if doors is None:
            doors, values = self._match(path)
        door = doors.get("GET" if method == "HEAD" else method)
        if door is None:
            raise WrongMethod({*doors, "HEAD"} if "GET" in doors else doors)
        return door, values

    def _match(self, path: str) -> tuple[dict, dict]:
        segments = path.split("/")
        for pattern in self.open.get(len(segments), ()):
            values = pattern.values(segments)
            if values is not None:
                return pattern.doors, values
        raise NoSuchDoor()


class _Pattern:
    """A path with parameters; `shape` has None for each of them."""

    def __init__(self, path: str):
        self.path, self.doors = path, {}
        self.segments = [PARAMETER.fullmatch(segment) or segment for segment in path.split("/")]
        self.shape = [segment if isinstance(segment, str) else None for segment in self.segments]
        wrong = [segment for segment in self.shape if segment and "<" in segment]
        if wrong:
            raise ValueError(f"{path}: a parameter is a whole segment, <name> or <int:name>")

    def values(self, segments: list[str]) -> dict | None:
        """The parameters' values, None when the path is another one."""
        found = {}
        for known, segment in zip(self.segments, segments, strict=True):
            if isinstance(known, str):
                if known != segment:
                    return None
                continue
            kind, name = known.groups()
            if not segment or (kind and not WHOLE.fullmatch(segment)):
                return None
            found[name] = int(segment) if kind else segment
        return found
