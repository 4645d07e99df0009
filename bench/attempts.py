"""People taking papers: start, some saves, submit - as fast as the server answers, or so many a second."""

import asyncio
import json
import random
import time
from dataclasses import dataclass, field

from bench.client import Client, request
from bench.generators import Outcome, until
from bench.people import Crowd, Signature, Somebody

QUESTIONS = 20
PREDICTION = 5
LETTERS = "ABCD"
STEPS = ("start", "save", "submit")


@dataclass(frozen=True)
class Share:
    """What one load generator does in a round, at most `people` attempts within `seconds`.

    Closed loop (`rate` 0): each of `connections` begins the next attempt when its last one is submitted. Paced: people
    arrive by chance, `rate` a second, whatever the server does, and use up to `connections` connections. Between two
    steps a person thinks for `thinking_s`. Every person is new and makes one attempt. Latencies of a paced start count
    from the moment the person came.
    """

    host: str
    port: int
    round_id: str
    signature: Signature = field(repr=False)
    crowd: str
    people: int
    connections: int
    saves: int
    seconds: float = 600.0
    rate: float = 0.0
    thinking_s: float = 0.0
    prefix: str = "/api/exam"


def prepare(share: Share):
    """For generators.generate."""
    load = _Load(share)
    return lambda: asyncio.run(load.run())


class _Load:
    def __init__(self, share: Share):
        self.share, self.outcome = share, Outcome()
        self.crowd = Crowd(share.signature, share.crowd)
        self.crowd.prepare(share.people)
        self.saves = [answers_body(share.saves, part, seq=part + 1) for part in range(share.saves)]
        self.submission = answers_body(1, 0, prediction=PREDICTION)
        self.left = share.people

    async def run(self) -> Outcome:
        self.end = time.monotonic() + self.share.seconds
        await (self._paced() if self.share.rate else self._closed_loop())
        return self.outcome

    async def _closed_loop(self) -> None:
        await asyncio.gather(*(self._one_after_the_other() for _ in range(self.share.connections)))

    async def _one_after_the_other(self) -> None:
        client = Client(self.share.host, self.share.port)
        while self.left and until(self.end):
            self.left -= 1
            await self._attempt(client, self.crowd.take(), time.perf_counter())
        client.close()

    async def _paced(self) -> None:
        """A Poisson stream of arrivals with a fixed seed."""
        dice, running, moment = random.Random(self.share.crowd), set(), time.perf_counter()
        self.idle = [Client(self.share.host, self.share.port) for _ in range(self.share.connections)]
        self.free = asyncio.Semaphore(self.share.connections)
        while self.left and until(self.end):
            self.left -= 1
            moment += dice.expovariate(self.share.rate)
            await asyncio.sleep(max(0.0, moment - time.perf_counter()))
            task = asyncio.create_task(self._arrive(self.crowd.take(), moment))
            running.add(task)
            task.add_done_callback(running.discard)
        await asyncio.gather(*running)
        for client in self.idle:
            client.close()

    async def _arrive(self, somebody: Somebody, came: float) -> None:
        async with self.free:
            client = self.idle.pop()
            try:
                await self._attempt(client, somebody, came)
            finally:
                self.idle.append(client)

    async def _attempt(self, client: Client, somebody: Somebody, came: float) -> None:
        """One paper; after a step that failed the person gives up."""
        start = request("POST", f"{self.share.prefix}/rounds/{self.share.round_id}/attempts", somebody.token)
        if not await self._step(client, "start", start, 201, came):
            return
        # Known without reading the paper: the first attempt of this person in this round.
        attempt = f"{self.share.prefix}/attempts/{self.share.round_id}:{somebody.user_id}:1"
        for body in self.saves:
            await self._think()
            if not await self._step(client, "save", request("PUT", f"{attempt}/answers", somebody.token, body), 200):
                return
        await self._think()
        if await self._step(client, "submit", request("POST", f"{attempt}/submit", somebody.token, self.submission), 200):
            self.outcome.counts["submitted"] += 1
            self.outcome.moments.append(time.monotonic())

    async def _think(self) -> None:
        if self.share.thinking_s:
            await asyncio.sleep(self.share.thinking_s)

    async def _step(self, client: Client, step: str, data: bytes, expected: int, came: float | None = None) -> bool:
        began = came or time.perf_counter()
        try:
            answer = await client.send(data)
        except OSError as error:
            self.outcome.errors[f"{step}: {type(error).__name__}"] += 1
            return False
        self.outcome.took(step, time.perf_counter() - began)
        self.outcome.counts["bytes"] += len(answer.head) + len(answer.body)
        if answer.status != expected:
            self.outcome.errors[f"{step}: {answer.status} {answer.body[:80].decode(errors='replace')}"] += 1
        return answer.status == expected


def answers_body(saves: int, part: int, **more) -> bytes:
    """The body of one of so many saves that together answer all questions; of 1 it is everything."""
    first, last = (round(QUESTIONS * edge / saves) for edge in (part, part + 1))
    answers = {str(number): LETTERS[number % len(LETTERS)] for number in range(first + 1, last + 1)}
    return json.dumps({"answers": answers, **more}, separators=(",", ":")).encode()
