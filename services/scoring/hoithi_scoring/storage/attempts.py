"""Attempts with answers and score: one document each, written once, scored again when keys change."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from bson.codec_options import CodecOptions, DatetimeConversion
from pymongo import ASCENDING, UpdateOne

from hoithi_contracts.scoring import BUCKETS, bucket
from hoithi_scoring.domain import flags
from hoithi_scoring.domain.pieces import chunks
from hoithi_scoring.domain.ranking import Attempt
from hoithi_scoring.domain.score import Score, ScoredAttempt
from hoithi_scoring.storage.inserting import insert_new

CHUNK = 1000
RANKED = ("person", "number", "right", "points", "perfect", "duration_ms", "started_at", "submitted_at", "registered_at",
          "prediction", "division", "unit_id", "party_unit_id")  # fmt: skip
EXPORTED = (*RANKED, "by", "late")
# Holds all that rankings and exports need, so that they never fetch the answers: a million attempts are read from this
# index in 7 to 9 s, from the documents in 73 (docs/decisions/0038).
COVERING = [("round_id", ASCENDING), *((name, ASCENDING) for name in (*EXPORTED, "keys_version", "user_id"))]
# Milliseconds as they are stored: a million datetime objects are not needed for a ranking.
RAW_TIMES = CodecOptions(datetime_conversion=DatetimeConversion.DATETIME_MS)


class Paper(NamedTuple):
    """What of an attempt a score depends on."""

    person: str
    number: int
    questions: list[str]
    answers: dict[str, str]


class Attempts:
    def __init__(self, attempts):
        self.attempts = attempts
        self.raw = attempts.with_options(codec_options=RAW_TIMES)

    def ensure_indexes(self):
        self.attempts.create_index(COVERING, name="ranked")
        self.attempts.create_index([("round_id", ASCENDING), ("keys_version", ASCENDING)], name="unscored")

    def keep(self, attempts: list[ScoredAttempt]) -> list[str]:
        """Insert those that are not there yet; returns the ids of those stored with other answers."""
        known = insert_new(self.attempts, [_document(attempt) for attempt in attempts])
        if not known:
            return []
        stored = self.attempts.find({"_id": {"$in": [document["_id"] for document in known]}}, {"answers_digest": 1})
        digests = {document["_id"]: document["answers_digest"] for document in stored}
        return [document["_id"] for document in known if document["answers_digest"] != digests.get(document["_id"])]

    def count(self, round_id: str) -> int:
        return self.attempts.count_documents({"round_id": round_id}, hint="ranked")

    def are_more_than(self, round_id: str, number: int) -> bool:
        """Whether a round has more attempts; counts no further than it must."""
        return self.attempts.count_documents({"round_id": round_id}, hint="ranked", limit=number + 1) > number

    def buckets(self, round_id: str) -> list[int]:
        """How many attempts of a round lie in each bucket of AttemptsMissing; read from the index of ids."""
        counts = [0] * BUCKETS
        for found in self.attempts.find({"_id": {"$gte": f"{round_id}:", "$lt": f"{round_id};"}}, {"_id": 1}):
            counts[bucket(found["_id"])] += 1
        return counts

    def rescore(self, round_id: str, keys_version: int, score: Callable[[list, dict], Score | None]) -> Iterator[set[str]]:
        """Score what does not carry the present keys, in pieces; yields whose attempts they are."""
        behind = {"round_id": round_id, "keys_version": {"$lt": keys_version}}
        found = self.attempts.find(behind, {"questions": 1, "answers": 1, "person": 1}, batch_size=CHUNK)
        return (self._rescore(chunk, keys_version, score) for chunk in chunks(found, CHUNK))

    def _rescore(self, chunk, keys_version, score):
        writes = []
        for document in chunk:
            found = score(document["questions"], dict(zip(document["questions"], document["answers"], strict=True)))
            if found is not None:
                behind = {"_id": document["_id"], "keys_version": {"$lt": keys_version}}
                writes.append(UpdateOne(behind, {"$set": _scored(found, keys_version)}))
        if writes:
            self.attempts.bulk_write(writes, ordered=False)
        return {document["person"] for document in chunk}

    def to_rank(self, round_id: str) -> Iterator[tuple[int, str, str, Attempt]]:
        """(keys version, user id, by whom it was submitted, attempt) of a whole round, in no promised order."""
        return self._to_rank({"round_id": round_id})

    def to_rank_of(self, round_id: str, persons: Iterable[str]) -> Iterator[tuple[int, str, str, Attempt]]:
        """The same of some people."""
        return self._to_rank({"round_id": round_id, "person": {"$in": list(persons)}})

    def _to_rank(self, wanted):
        shown = {"_id": 0, "keys_version": 1, "user_id": 1, "by": 1, **dict.fromkeys(RANKED, 1)}
        for found in self.raw.find(wanted, shown, batch_size=5 * CHUNK, hint="ranked"):
            yield found["keys_version"], found["user_id"], found["by"], _attempt(found)

    def papers(self, round_id: str) -> Iterator[Paper]:
        """Questions and answers of a whole round: from the documents, so it takes long for many."""
        shown = dict.fromkeys(("person", "number", "questions", "answers"), 1)
        for found in self.attempts.find({"round_id": round_id}, shown, batch_size=CHUNK, hint="ranked"):
            answers = dict(zip(found["questions"], found["answers"], strict=True))
            yield Paper(found["person"], found["number"], found["questions"], answers)

    def to_analyse(self, round_id: str) -> Iterator[tuple[str, list[str], list[str]]]:
        """(person, questions, answers beside them) of everybody's first attempt, in no promised order."""
        shown = {"_id": 0, "person": 1, "questions": 1, "answers": 1}
        for found in self.raw.find({"round_id": round_id, "number": 1}, shown, batch_size=5 * CHUNK, hint="ranked"):
            yield found["person"], found["questions"], found["answers"]

    def to_flag(self, round_id: str) -> Iterator[flags.Paper]:
        """All attempts of a round as `domain.flags` looks at them, in no promised order. Unscored ones are not there."""
        names = ("person", "user_id", "unit_id", "questions", "answers", "right", "perfect", "duration_ms")
        shown = {**dict.fromkeys(names, 1), "submitted_at": 1}
        scored = {"round_id": round_id, "right": {"$ne": None}}
        for found in self.raw.find(scored, shown, batch_size=CHUNK, hint="ranked"):
            yield flags.Paper(found["_id"], submitted_ms=int(found["submitted_at"]), **{name: found[name] for name in names})

    def to_export(self, round_id: str) -> Iterator[dict]:
        """Everything but answers, by person and number."""
        shown, order = {"_id": 0, **dict.fromkeys(EXPORTED, 1)}, [("person", ASCENDING), ("number", ASCENDING)]
        return self.raw.find({"round_id": round_id}, shown, sort=order, batch_size=CHUNK, hint="ranked")

    def of_person(self, round_id: str, person: str) -> list[dict]:
        """A person's attempts of a round by number, without answers."""
        found = self.attempts.find({"round_id": round_id, "person": person}, {"questions": 0, "answers": 0})
        return list(found.sort("number", ASCENDING))

    def get(self, attempt_id: str) -> dict | None:
        return self.attempts.find_one({"_id": attempt_id}, {"round_id": 1, "contest_id": 1, "person": 1, "number": 1})

    def taken_part(self, round_id: str, persons: Iterable[str]) -> set[str]:
        """Those of `persons` who have an attempt in the round; read from the index alone."""
        asked = {"round_id": round_id, "person": {"$in": list(persons)}}
        return {found["person"] for found in self.attempts.find(asked, {"_id": 0, "person": 1})}


def _document(attempt: ScoredAttempt) -> dict:
    """How an attempt is stored. Answers lie beside their questions, because ids may hold dots."""
    event = attempt.event
    kept = {name: getattr(event, name) for name in _KEPT}
    answers = [event.answers.get(question, "") for question in event.questions]
    return {"_id": event.attempt_id, "person": attempt.person, **kept, "questions": event.questions, "answers": answers,
            **_scored(attempt.score, attempt.keys_version)}  # fmt: skip


def _scored(score: Score | None, keys_version: int) -> dict:
    """The stored part that depends on the keys; version 0: not scored yet."""
    if score is None:
        return {"right": None, "points": None, "perfect": None, "keys_version": 0}
    return {**score._asdict(), "keys_version": keys_version}


_KEPT = ("contest_id", "round_id", "user_id", "unit_id", "party_unit_id", "division", "number", "started_at", "submitted_at",
         "duration_ms", "by", "late", "answers_digest", "prediction", "registered_at")  # fmt: skip


def _attempt(found):
    return Attempt(
        found["person"], found["number"], found["right"] or 0, found["points"] or 0, bool(found["perfect"]), found["duration_ms"],
        int(found["started_at"]), int(found["submitted_at"]), int(found["registered_at"]),
        found["prediction"], found["division"], found["unit_id"], found["party_unit_id"],
    )  # fmt: skip
