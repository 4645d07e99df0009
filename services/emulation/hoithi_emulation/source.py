"""Scoring as this service sees it: the public doors of official results, over HTTP. Nothing is written there."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from json import loads
from urllib.parse import quote
from urllib.request import Request, urlopen

PATIENCE_S = 30


class Source:
    """`url`: scoring's doors, for example http://scoring-doors:8000. Raises OSError for whatever keeps an answer away."""

    def __init__(self, url: str):
        self.url = url.rstrip("/")

    def signature(self, round_id: str) -> str:
        with self._asked(round_id, "signature") as answer:
            try:
                return str(loads(answer.read())["signature"])
            except (ValueError, KeyError, HTTPException) as error:
                raise OSError(f"no signature: {error!r}") from error

    @contextmanager
    def results(self, round_id: str) -> Iterator[Iterator[bytes]]:
        """The lines of results.json as they come: a large round has a million."""
        with self._asked(round_id, "results.json") as answer:
            yield _lines(answer)

    def _asked(self, round_id: str, what: str):
        request = Request(f"{self.url}/rounds/{quote(round_id, safe='')}/{what}", headers={"Accept": "application/json"})
        return urlopen(request, timeout=PATIENCE_S)


def _lines(answer) -> Iterator[bytes]:
    try:
        yield from answer
    except HTTPException as error:
        raise OSError(f"the answer broke off: {error!r}") from error
