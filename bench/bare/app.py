"""A bare starlette app: one grouped MongoDB write (majority, journal) for every request, and nothing else.

No token, no rules, no metrics, no event. Its group commit is as good as ours: what comes while a bulk write is under way
goes together with the next, and groups keep the same pace. POST /papers inserts a document of an attempt's size and
answers with a paper of a paper's size; PUT /answers/<id> sets answers in it.
"""

import asyncio
import json
import os
import time

from pymongo import AsyncMongoClient, InsertOne, UpdateOne
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

MOST = 500
COLLECTION = "bench_bare"


class Group:
    """Writes of many requests in one bulk; `write` returns when its own is durable."""

    def __init__(self, collection, pace_s: float):
        self.collection, self.pace_s = collection, pace_s
        self.waiting, self.writer, self.began = [], None, float("-inf")

    async def write(self, operation) -> None:
        done = asyncio.get_running_loop().create_future()
        self.waiting.append((operation, done))
        if self.writer is None:
            self.writer = asyncio.create_task(self._write_all())
        await done

    async def _write_all(self) -> None:
        while self.waiting:
            await asyncio.sleep(max(0.0, self.began + self.pace_s - time.monotonic()))
            self.began = time.monotonic()
            group, self.waiting = self.waiting[:MOST], self.waiting[MOST:]
            try:
                await self.collection.bulk_write([operation for operation, _ in group], ordered=False)
                for _, done in group:
                    done.set_result(None)
            except Exception as error:
                for _, done in group:
                    done.set_exception(error)
        self.writer = None


class App:
    """The two doors. `pattern`: a document as exam stores it; `page`: a paper as exam answers it."""

    def __init__(self, group: Group, pattern: dict, page: bytes):
        self.group, self.pattern, self.page = group, pattern, page

    async def start(self, request: Request) -> Response:
        document = {**self.pattern, "_id": request.headers["x-id"]}
        await self.group.write(InsertOne(document))
        return Response(self.page, status_code=201, media_type="application/json")

    async def save(self, request: Request) -> Response:
        answers = json.loads(await request.body())["answers"]
        chosen = {f"answers.{number}": letters for number, letters in answers.items()}
        condition = {"_id": request.path_params["id"], "state": "open"}
        await self.group.write(UpdateOne(condition, {"$set": chosen, "$inc": {"saves": 1}}))
        return JSONResponse({"answered": len(answers)})

    def starlette(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/papers", self.start, methods=["POST"]),
                Route("/answers/{id}", self.save, methods=["PUT"]),
            ]
        )


def made() -> Starlette:
    """For uvicorn --factory; settings come from the environment, see bench/door.py."""
    database = AsyncMongoClient(os.environ["BARE_MONGO_URI"], tz_aware=True).get_default_database()
    group = Group(database[COLLECTION], float(os.environ["BARE_PACE_S"]))
    return App(group, json.loads(os.environ["BARE_DOCUMENT"]), os.environ["BARE_PAGE"].encode()).starlette()
