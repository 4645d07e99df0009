"""One round trip for many people: what the hot path reads and writes (docs/decisions/0071)."""

from collections.abc import Sequence

from pymongo import InsertOne, UpdateOne
from pymongo.collection import Collection
from pymongo.errors import AutoReconnect, ClientBulkWriteException, OperationFailure

from hoithi_store import Together

PACE_S = 0.02
MOST_WRITES, MOST_READS = 500, 100
DUPLICATE = 11000


class Writes:
    """Inserts and updates of one collection; each caller learns whether its own was done.

    Needs MongoDB 8: `bulkWrite` takes inserts and updates in one command and tells the outcome of each.
    """

    def __init__(self, collection: Collection, pace_s: float):
        self.client, self.namespace = collection.database.client, collection.full_name
        self.together = Together(self._run, MOST_WRITES, pace_s)

    def insert(self, document: dict) -> bool:
        """False when its id is taken."""
        return self.together(InsertOne(document, namespace=self.namespace))

    def update(self, condition: dict, change: dict, elements: list[dict] | None = None) -> bool:
        """False when nothing meets the condition, or none of the array's elements theirs: nothing was changed."""
        return self.together(UpdateOne(condition, change, array_filters=elements, namespace=self.namespace))

    def _run(self, writes: list) -> list:
        """Inserts first: MongoDB takes neighbours of one kind into one transaction."""
        order = sorted(range(len(writes)), key=lambda place: isinstance(writes[place], UpdateOne))
        found, failed = self._bulk([writes[place] for place in order])
        outcomes: list = [None] * len(writes)
        for at, place in enumerate(order):
            outcomes[place] = _failure(failed[at]) if at in failed else _done(writes[place], at, found)
        return outcomes

    def _bulk(self, writes: list) -> tuple:
        """(results, errors by place). Raises when nothing is known, or nothing is durable yet."""
        try:
            return self.client.bulk_write(writes, ordered=False, verbose_results=True), {}
        except ClientBulkWriteException as trouble:
            if trouble.error is not None:
                raise trouble.error from trouble
            if trouble.write_concern_errors:
                raise AutoReconnect(f"not confirmed: {trouble.write_concern_errors}") from trouble
            return trouble.partial_result, {error["idx"]: error for error in trouble.write_errors}


def _done(write, at: int, found) -> bool:
    return isinstance(write, InsertOne) or found.update_results[at].modified_count == 1


def _failure(error: dict) -> bool | OperationFailure:
    return False if error["code"] == DUPLICATE else OperationFailure(error["errmsg"], error["code"], error)


class Reads:
    """Documents by ranges of their ids, as a majority has them."""

    def __init__(self, certain: Collection, shown: dict, pace_s: float):
        self.certain, self.shown = certain, shown
        self.together = Together(self._run, MOST_READS, pace_s)

    def __call__(self, ranges: Sequence[tuple[str, str]]) -> list[dict]:
        """All documents with an id in one of the ranges: from the first name on, below the second."""
        return self.together(ranges)

    def _run(self, asked: list[Sequence[tuple[str, str]]]) -> list[list[dict]]:
        clauses = [{"_id": {"$gte": first, "$lt": end}} for ranges in asked for first, end in ranges]
        found = list(self.certain.find({"$or": clauses} if len(clauses) > 1 else clauses[0], self.shown))
        return [[document for document in found if _is_in(document["_id"], ranges)] for ranges in asked]


def _is_in(key: str, ranges: Sequence[tuple[str, str]]) -> bool:
    return any(first <= key < end for first, end in ranges)
