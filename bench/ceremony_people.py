"""People who press start at the opening of a round: the load of `ceremony`.

Each has a connection of their own for every step, as phones have that were put away in between. Who is told to wait comes
back at the told moment; who meets trouble does what the page does: waits as long as the answer says and a little more.
"""

import asyncio
import gzip
import json
import random
import resource
import time
from dataclasses import dataclass, field

from bench.attempts import PREDICTION, answers_body
from bench.client import PHONE, Answer, Client, request
from bench.generators import Outcome
from bench.people import Crowd, Signature, Somebody

TRIES = 8
PAUSE_S, JITTER_S = 2.0, 2.0
"""When an answer does not say how long to wait, and what is added by chance."""


@dataclass(frozen=True)
class Share:
    """What one generator does: `people` press start within `within_s` after `opens_at` (seconds since 1970).

    Then each saves `saves` times and submits after `stay_s` (least, most) seconds.
    """

    host: str
    port: int
    round_id: str
    signature: Signature = field(repr=False)
    crowd: str
    people: int
    opens_at: float
    within_s: float
    stay_s: tuple[float, float]
    saves: int


def prepare(share: Share):
    """For generators.generate."""
    _allow_sockets()
    load = _Load(share)
    return lambda: asyncio.run(load.run())


def _allow_sockets() -> None:
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


class _Load:
    """Steps of the outcome: "answer" (one request to start), "paper" (from pressing to the paper), "told" (the wait that
    was told), "late" (how much longer than told it took), "save", "submit"."""

    def __init__(self, share: Share):
        self.share, self.outcome, self.dice = share, Outcome(), random.Random(share.crowd)
        self.crowd = Crowd(share.signature, share.crowd)
        self.crowd.prepare(share.people)
        self.saves = [answers_body(share.saves, part, seq=part + 1) for part in range(share.saves)]
        self.submission = answers_body(1, 0, prediction=PREDICTION)

    async def run(self) -> Outcome:
        delays = [self.share.opens_at + self.dice.random() * self.share.within_s for _ in range(self.share.people)]
        await asyncio.gather(*(self._person(self.crowd.take(), moment) for moment in delays))
        return self.outcome

    async def _person(self, somebody: Somebody, moment: float) -> None:
        stay_s = self.dice.uniform(*self.share.stay_s)
        await asyncio.sleep(max(0.0, moment - time.time()))
        if not await self._start(somebody):
            self.outcome.counts["never started"] += 1
            return
        self.outcome.counts["started"] += 1
        attempt = f"/api/exam/attempts/{self.share.round_id}:{somebody.user_id}:1"
        for body in self.saves:
            await asyncio.sleep(stay_s / (len(self.saves) + 1))
            await self._step("save", request("PUT", f"{attempt}/answers", somebody.token, body))
        await asyncio.sleep(stay_s / (len(self.saves) + 1))
        if await self._step("submit", request("POST", f"{attempt}/submit", somebody.token, self.submission)):
            self.outcome.counts["submitted"] += 1

    async def _start(self, somebody: Somebody) -> bool:
        """True as soon as there is a paper."""
        pressed, ticket, told = time.monotonic(), None, None
        for tries in range(TRIES):
            answer = await self._ask("answer", self._start_request(somebody, ticket))
            if answer and answer.status in (200, 201):
                self._arrived(time.monotonic() - pressed, told)
                return True
            if answer and answer.status == 202:
                waiting = _json(answer)["waiting"]
                told, ticket = told or waiting["wait_seconds"], waiting["ticket"]
                await asyncio.sleep(waiting["wait_seconds"])
            else:
                await asyncio.sleep(self._pause(answer, tries))
        return False

    def _start_request(self, somebody: Somebody, ticket: str | None) -> bytes:
        headers = PHONE + (b"X-Waiting-Ticket: %s\r\n" % ticket.encode() if ticket else b"")
        return request("POST", f"/api/exam/rounds/{self.share.round_id}/attempts", somebody.token, headers=headers)

    def _arrived(self, seconds: float, told: float | None) -> None:
        self.outcome.took("paper", seconds)
        if told is not None:
            self.outcome.counts["waited"] += 1
            self.outcome.took("told", told)
            self.outcome.took("late", max(0.0, seconds - told))

    async def _step(self, step: str, data: bytes) -> bool:
        for tries in range(TRIES):
            answer = await self._ask(step, data)
            if answer and answer.status == 200:
                return True
            await asyncio.sleep(self._pause(answer, tries))
        return False

    async def _ask(self, step: str, data: bytes) -> Answer | None:
        """One request on a connection of its own; None when it broke. Whatever nobody should see is counted."""
        client, began = Client(self.share.host, self.share.port), time.perf_counter()
        try:
            answer = await client.send(data)
        except OSError as error:
            self.outcome.errors[f"{step}: {type(error).__name__}"] += 1
            return None
        finally:
            client.close()
        self.outcome.took(step, time.perf_counter() - began)
        if step == "answer" and is_sent_back(answer):
            self.outcome.counts["sent back"] += 1
        elif answer.status not in (200, 201, 202):
            self.outcome.errors[f"{step}: {answer.status} {answer.body[:80].decode(errors='replace')}"] += 1
        return answer

    def _pause(self, answer: Answer | None, tries: int) -> float:
        told = answer and answer.header("Retry-After")
        return (float(told) if told else PAUSE_S * 2**tries) + self.dice.random() * JITTER_S


def is_sent_back(answer: Answer) -> bool:
    """Too many were coming in at once: no error, as long as the answer says when to come again."""
    return answer.status == 503 and answer.header("Retry-After") is not None


def _json(answer: Answer) -> dict:
    return json.loads(gzip.decompress(answer.body) if answer.header("Content-Encoding") == "gzip" else answer.body)
