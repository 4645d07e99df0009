"""The base of a service's HTTP side."""

from functools import cache

from hoithi_bus.http.door import Reply, door
from hoithi_bus.http.openapi import describe
from hoithi_bus.http.watch import Watched


class Doors(Watched):
    """Base of a service's doors.

    Attributes: `name`, `title`, `version`; `problems`, a table of the domain's exceptions
    (class -> Problem); `reasons`, sentences of the service's own field errors (code -> (vi, en)).
    """

    title = ""
    problems: dict = {}
    reasons: dict = {}

    @door("GET", "/openapi.json", who="anyone", hidden=True)
    def openapi(self, call):
        return Reply.json(_document(type(self)), headers={"Cache-Control": "max-age=300"})


@cache
def _document(service_cls) -> dict:
    return describe(service_cls)
