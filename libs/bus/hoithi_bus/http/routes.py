"""Which door a path leads to."""

import re
from collections import defaultdict
from operator import itemgetter

from hoithi_bus.http.problems import NoSuchDoor, WrongMethod

PARAMETER = re.compile(r"<(?:(int):)?(\w+)>")
WHOLE = re.compile(r"[0-9]{1,18}")


class Routes:
    """Fixed paths by a dictionary, those with parameters by their fixed segments: a look per way to place parameters."""

    def __init__(self, doors):
        self.fixed: dict[str, dict] = defaultdict(dict)
        self.open: dict[int, list[_Shape]] = defaultdict(list)
        for door in doors:
            if "<" in door.path:
                self._pattern(door.path).doors[door.method] = door
            else:
                self.fixed[door.path][door.method] = door

    def _pattern(self, path: str) -> "_Pattern":
        made = _Pattern(path)
        shape = self._shape(path.count("/") + 1, [place for place, _, _ in made.parameters])
        known = shape.patterns.setdefault(shape.fixed(path.split("/")), made)
        if known.path != path:
            raise ValueError(f"{path} and {known.path}: give the parameter one name")
        return known

    def _shape(self, count: int, open_places: list[int]) -> "_Shape":
        fixed_places = [place for place in range(count) if place not in open_places]
        same = self.open[count]
        for known in same:
            if known.places == fixed_places:
                return known
        made = _Shape(fixed_places)
        same.append(made)
        same.sort(key=lambda shape: -len(shape.places))  # the more fixed segments, the earlier
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
        for shape in self.open.get(len(segments), ()):
            pattern = shape.patterns.get(shape.fixed(segments))
            values = pattern.values(segments) if pattern else None
            if values is not None:
                return pattern.doors, values
        raise NoSuchDoor()


class _Shape:
    """The patterns that have their fixed segments at the same places, by these segments."""

    def __init__(self, places: list[int]):
        self.places, self.fixed = places, itemgetter(*places)
        self.patterns: dict[str | tuple, _Pattern] = {}


class _Pattern:
    """A path with parameters: (place, name, whether it is a number) of each."""

    def __init__(self, path: str):
        self.path, self.doors = path, {}
        found = [(place, PARAMETER.fullmatch(segment)) for place, segment in enumerate(path.split("/")) if "<" in segment]
        if not all(match for _, match in found):
            raise ValueError(f"{path}: a parameter is a whole segment, <name> or <int:name>")
        self.parameters = [(place, match[2], bool(match[1])) for place, match in found]

    def values(self, segments: list[str]) -> dict | None:
        """The parameters' values, None when one cannot be that."""
        found = {}
        for place, name, whole in self.parameters:
            segment = segments[place]
            if not segment or (whole and not WHOLE.fullmatch(segment)):
                return None
            found[name] = int(segment) if whole else segment
        return found
