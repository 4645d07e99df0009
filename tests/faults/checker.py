"""Receipts = stored attempts = published events = scored attempts = rows, each exactly once, with the same answers.

Reads the databases of exam and scoring directly: it must not trust what it checks.
"""

import csv
import hashlib
import hmac
import io
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kombu import Connection

from hoithi_bus import dead_letters, topology
from hoithi_cli.rehearse import people
from hoithi_cli.rehearse.people import Knowledge
from hoithi_cli.rehearse.weekly_check import digest
from hoithi_store import connect

from ..ranking_by_hand import published, recomputed
from .book import Book, Sitting
from .calendar import Round
from .tap import Tapped, drain

SERVICES = ("registration", "exam", "scoring", "notify", "emulation")
UNPUBLISHED = {"outbox.time": {"$gt": ""}}
DONE = ("provisional", "official")
PUBLISHING_S = 150
"""No sabotage holds up the relay: only a machine with other things to do makes this wait."""
SHOWN = 5


@dataclass
class Verdict:
    """Counts of each stage and what differs. Lists hold sentences, one per difference."""

    counts: dict[str, int] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    altered: list[str] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not (self.lost or self.doubled or self.altered or self.unfinished)

    def lines(self) -> list[str]:
        """For people."""
        counted = [f"  {name:<34}{number:>8}" for name, number in self.counts.items()]
        figures = [f"  {name:<34}{len(getattr(self, name)):>8}" for name in ("lost", "doubled", "altered", "unfinished")]
        return [*counted, *figures, *self._differences()]

    def _differences(self) -> list[str]:
        found = [(name, text) for name in ("lost", "doubled", "altered", "unfinished") for text in getattr(self, name)]
        return [f"  {name}: {text}" for name, text in found[:40]]

    def document(self) -> dict:
        return {**vars(self), "ok": self.ok}


@dataclass(frozen=True)
class Stages:
    """What each part has: lists, so that a double is seen."""

    stored: list[dict]
    tapped: Tapped
    scored: list[dict]
    rows: dict[str, list[dict]]
    """Round -> rows of attempts.csv; a round without results is missing."""


class Checker:
    """Compares a book of receipts with a platform."""

    def __init__(self, platform, door, book: Book, rounds: list[Round], knowledge: Knowledge, poison: Callable[[], set[str]]):
        self.platform, self.door, self.book, self.rounds = platform, door, book, rounds
        self.knowledge, self.poison = knowledge, poison
        self.verdict = Verdict()

    def check(self, patience_s: float) -> Verdict:
        """Waits until everything has come to rest, then compares: once all is published, at most `patience_s`."""
        published_by = time.monotonic() + max(patience_s, PUBLISHING_S)
        self._wait(published_by, lambda: not self._unpublished(), "events were not published", self._unpublished)
        end = time.monotonic() + patience_s
        for round_ in self.rounds:
            self._wait(end, lambda round_=round_: self._state(round_) in DONE, f"{round_.round_id}: no results")
        self._wait(end, lambda: not self._undelivered(), "messages were not settled", self._undelivered)
        self._compare(self._stages())
        self._compare_rounds()
        self._check_dead_letters()
        return self.verdict

    # What is there

    def _stages(self) -> Stages:
        ids = [round_.round_id for round_ in self.rounds]
        exam, scoring = (connect(self.platform.mongo_uri(name)) for name in ("exam", "scoring"))
        stages = Stages(
            stored=list(exam["attempts"].find({"round_id": {"$in": ids}})),
            tapped=drain(self.platform.amqp_uri("operator"), ids),
            scored=list(scoring["attempts"].find({"round_id": {"$in": ids}})),
            rows={round_.round_id: rows for round_ in self.rounds if (rows := self._csv(round_, "attempts")) is not None},
        )
        exam.client.close()
        scoring.client.close()
        return stages

    def _state(self, round_: Round) -> str:
        return (self._round(round_) or {}).get("state", "")

    def _round(self, round_: Round) -> dict | None:
        from hoithi_cli.trouble import Refused

        try:
            return self.door.call("GET", "scoring", f"/rounds/{round_.round_id}")
        except Refused:
            return None

    def _csv(self, round_: Round, name: str) -> list[dict] | None:
        from hoithi_cli.trouble import Refused

        try:
            answer = self.door.send("GET", "scoring", f"/rounds/{round_.round_id}/{name}.csv")
        except Refused:
            return None
        return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))

    def _unpublished(self) -> dict[str, int]:
        """Collection -> documents whose outbox is not empty."""
        found = {}
        for service in SERVICES:
            database = connect(self.platform.mongo_uri(service))
            for name in database.list_collection_names(filter={"type": "collection"}):
                found[f"{service}.{name}"] = database[name].count_documents(UNPUBLISHED)
            database.client.close()
        return {name: number for name, number in found.items() if number}

    def _undelivered(self) -> dict[str, int]:
        """Queue -> messages that wait in it or in its retry queues."""
        found = {}
        with Connection(self.platform.amqp_uri("operator")) as connection:
            for queue in topology.queue_names():
                for member in topology.queue_family(queue):
                    if member.name != topology.dead_letters(queue):
                        declared = connection.default_channel.queue_declare(member.name, passive=True)
                        found[member.name] = declared.message_count
        return {name: number for name, number in found.items() if number}

    def _wait(self, end: float, ready: Callable[[], bool], what: str, detail: Callable = lambda: "") -> None:
        while not ready():
            if time.monotonic() > end:
                self.verdict.unfinished.append(f"{what} {detail()}".strip())
                return
            time.sleep(0.3)

    # Comparing

    def _compare(self, stages: Stages) -> None:
        receipts = self.book.receipts()
        submitted = [document for document in stages.stored if document["state"] == "submitted"]
        still_open = [document["_id"] for document in stages.stored if document["state"] == "open"]
        self.verdict.unfinished += [f"{attempt_id} is still open" for attempt_id in still_open[:SHOWN]]
        rows = [self._row_key(round_, row) for round_ in self.rounds for row in stages.rows.get(round_.round_id, ())]
        keys = {self._key_of(document): document["_id"] for document in stages.stored}
        members = {
            "stored": [document["_id"] for document in submitted],
            "published": list(stages.tapped.data),
            "scored": [document["_id"] for document in stages.scored],
            "rows": [keys.get(row, f"row {row}") for row in rows],
        }
        self._count(receipts, stages, members)
        for stage, ids in members.items():
            self._compare_members(stage, ids, receipts)
        digests = {
            "stored": {document["_id"]: document["answers_digest"] for document in submitted},
            "published": {key: data["answers_digest"] for key, data in stages.tapped.data.items()},
            "scored": {document["_id"]: document["answers_digest"] for document in stages.scored},
        }
        for stage, found in digests.items():
            self._compare_digests(stage, found, receipts)
        self.verdict.altered += [f"{key}: published twice with different data" for key in stages.tapped.differing]
        self._compare_answers(receipts, submitted, stages)

    def _count(self, receipts, stages: Stages, members: dict[str, list[str]]) -> None:
        self.verdict.counts |= {
            "rounds closed": len(self.rounds),
            "receipts": len(receipts),
            "receipts (submitted by the server)": sum(sitting.by == "server" for sitting in receipts.values()),
            "stored attempts": len(members["stored"]),
            "published events (distinct)": len(members["published"]),
            "published again": sum(stages.tapped.times.values()) - len(stages.tapped.times),
            "scored attempts": len(members["scored"]),
            "rows in attempts.csv": len(members["rows"]),
        }

    def _compare_members(self, stage: str, ids: list[str], receipts: dict[str, Sitting]) -> None:
        times = Counter(ids)
        self.verdict.lost += [f"{key} has a receipt but is not {stage}" for key in receipts if key not in times]
        self.verdict.doubled += [f"{key} is {stage} {number} times" for key, number in times.items() if number > 1]
        self.verdict.doubled += [f"{key} is {stage} but has no receipt" for key in times if key not in receipts]

    def _compare_digests(self, stage: str, digests: dict[str, str], receipts: dict[str, Sitting]) -> None:
        for key, sitting in receipts.items():
            if digests.get(key, sitting.digest) != sitting.digest:
                self.verdict.altered.append(f"{key}: the digest {stage} is not that of the receipt")

    def _compare_answers(self, receipts: dict[str, Sitting], submitted: list[dict], stages: Stages) -> None:
        """Answers, not what somebody says of them: digests are made anew, points are counted from the question file."""
        for document in submitted:
            if digest(document["answers"]) != document["answers_digest"]:
                self.verdict.altered.append(f"{document['_id']}: the stored answers do not have their digest")
        for key, sitting in receipts.items():
            if not sitting.agrees():
                self.verdict.altered.append(f"{key}: the receipt (by {sitting.by}) covers other answers than those given")
        stored = {document["_id"]: document["answers"] for document in submitted}
        for document in stages.scored:
            self._compare_scored(document, stages.tapped.data.get(document["_id"]), receipts, stored)

    def _compare_scored(self, scored: dict, event: dict | None, receipts: dict[str, Sitting], stored: dict[str, dict]) -> None:
        key = scored["_id"]
        answers = {number: chosen for number, chosen in zip(scored["questions"], scored["answers"], strict=True) if chosen}
        if event is not None and answers != event["answers"]:
            self.verdict.altered.append(f"{key}: scored answers are not those published")
        expected = people.score(receipts[key].questions, stored.get(key, {}), self.knowledge) if key in receipts else None
        if expected is not None and scored["right"] != expected:
            self.verdict.altered.append(f"{key}: {scored['right']} right, the question file says {expected}")

    def _key_of(self, document: dict) -> tuple:
        return document["round_id"], pseudonym(self.platform, document["contest_id"], document["user_id"]), document["number"]

    def _row_key(self, round_: Round, row: dict) -> tuple:
        return round_.round_id, row["person"], int(row["number"])

    # Rounds

    def _compare_rounds(self) -> None:
        receipts = Counter(sitting.round_id for sitting in self.book.receipts().values())
        ranked = 0
        for round_ in self.rounds:
            self._compare_count(round_, receipts[round_.round_id])
            ranked += self._compare_ranking(round_)
        self.verdict.counts["rows in results.csv"] = ranked

    def _compare_count(self, round_: Round, receipts: int) -> None:
        counts = (self._round(round_) or {}).get("counts") or {}
        for name in ("expected", "attempts"):
            if counts.get(name) != receipts:
                here = self.verdict.lost if (counts.get(name) or 0) < receipts else self.verdict.doubled
                here.append(f"{round_.round_id}: {receipts} receipts, scoring's count `{name}` is {counts.get(name)}")

    def _compare_ranking(self, round_: Round) -> int:
        attempts, results = self._csv(round_, "attempts"), self._csv(round_, "results")
        if attempts is None or results is None:
            return 0
        rules = self.door.call("GET", "scoring", f"/rounds/{round_.round_id}/rules.json")["rules"]
        expected, found = recomputed(attempts, rules), published(results)
        if expected != found:
            differing = [pair for pair in zip(expected, found, strict=False) if pair[0] != pair[1]]
            self.verdict.altered.append(f"{round_.round_id}: {len(found)} places, {len(expected)} recomputed: {differing[:2]}")
        return len(found)

    # Dead letters

    def _check_dead_letters(self) -> None:
        letters = list(all_letters(self.platform.amqp_uri("operator")))
        foreign = [letter for letter in letters if letter.id not in self.poison()]
        self.verdict.counts["dead letters that were poison"] = len(letters) - len(foreign)
        self.verdict.lost += [f"dead letter in {letter.queue}: {letter.id}: {letter.reason}" for letter in foreign]


def all_letters(uri: str) -> Iterable[dead_letters.Letter]:
    """Every parked event."""
    for queue, number in dead_letters.queues(uri).items():
        if number:
            yield from dead_letters.peek(uri, queue, number)


def pseudonym(platform, contest_id: str, user_id: str) -> str:
    """As docs/reference/results.md says."""
    key = platform.secret("pseudonym-secret").encode()
    return hmac.new(key, f"{contest_id}\n{user_id}".encode(), hashlib.sha256).hexdigest()[:16]


def as_json(verdict: Verdict) -> str:
    return json.dumps(verdict.document(), ensure_ascii=False, indent=2)
