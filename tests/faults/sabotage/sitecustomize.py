"""Breaks one promise inside a service process, to show that the checker notices.

Python imports this by itself in a process that has this folder on PYTHONPATH (see sabotaged.py beside the
folder); nothing in production code knows of it. HOITHI_SABOTAGE says what breaks, by commas;
HOITHI_SABOTAGE_FILE begins the names of the files in which all replicas remember the victims;
HOITHI_SABOTAGE_CONTEST begins the ids of the contests that are hit.
"""

import contextlib
import importlib.abc
import importlib.machinery
import os
import sys
from pathlib import Path

CONTEST = os.environ.get("HOITHI_SABOTAGE_CONTEST", "")


def victims(of: str, ids: list[str], most: int | None = None) -> set[str]:
    """The victims of a sabotage; those of `ids` when there were none yet. The first replica that comes decides."""
    file = Path(os.environ["HOITHI_SABOTAGE_FILE"] + of)
    hit = [each for each in ids if CONTEST in each][:most]
    if hit and not file.exists():
        chosen = file.with_suffix(f".{os.getpid()}")
        chosen.write_text("\n".join(hit))
        with contextlib.suppress(FileExistsError):
            os.link(chosen, file)
    return set(file.read_text().split()) if file.exists() else set()


def drop_in_relay(module) -> None:
    """One event is marked as published without being published."""
    publish = module.Relay._publish

    def forgetful(relay, entries):
        ids = [entry.id for entry in entries if entry.type == "attempt-submitted"]
        chosen = victims("drop-in-relay", ids, most=1)
        dropped = [entry for entry in entries if entry.id in chosen]
        return publish(relay, [entry for entry in entries if entry not in dropped]) + dropped

    module.Relay._publish = forgetful


def acknowledge_early(module) -> None:
    """A batch is acknowledged before its handler ran, and the handler never runs."""
    failures = module.ListenBatch._failures

    def hasty(listener, batch):
        if listener.queue != "scoring.attempts":
            return failures(listener, batch)
        ids = [delivery.message.properties.get("message_id") or "" for delivery in batch]
        chosen = victims("acknowledge-early", ids)
        rest = [delivery for delivery, message_id in zip(batch, ids, strict=True) if message_id not in chosen]
        return failures(listener, rest) if rest else []

    module.ListenBatch._failures = hasty


def score_twice(module) -> None:
    """One attempt is kept a second time, under another id: of a number that nobody gets to."""
    insert = module.insert_new

    def eager(collection, documents):
        chosen = victims("score-twice", [document["_id"] for document in documents], most=1)
        twins = [
            {**document, "_id": f"{document['_id']}000", "number": document["number"] + 1000}
            for document in documents
            if document["_id"] in chosen
        ]
        known = insert(collection, documents + twins)
        return [document for document in known if document not in twins]

    module.insert_new = eager


def alter_answers(module) -> None:
    """One attempt is kept with other answers than those published."""
    insert = module.insert_new

    def careless(collection, documents):
        chosen = victims("alter-answers", [document["_id"] for document in documents], most=1)
        for document in documents:
            if document["_id"] in chosen:
                document["answers"] = ["a" if answer != "a" else "b" for answer in document["answers"]]
        return insert(collection, documents)

    module.insert_new = careless


SABOTAGES = {
    "drop-in-relay": ("hoithi_bus.relay", drop_in_relay),
    "acknowledge-early": ("hoithi_bus.listener", acknowledge_early),
    "score-twice": ("hoithi_scoring.storage.attempts", score_twice),
    "alter-answers": ("hoithi_scoring.storage.attempts", alter_answers),
}


class Saboteur(importlib.abc.MetaPathFinder):
    """Changes modules right after they were imported."""

    def __init__(self, changes: list[tuple]):
        self.changes = changes

    def find_spec(self, fullname, path=None, target=None):
        wanted = [change for name, change in self.changes if name == fullname]
        if not wanted:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path)
        execute = spec.loader.exec_module

        def execute_and_change(module):
            execute(module)
            for change in wanted:
                change(module)

        spec.loader.exec_module = execute_and_change
        return spec


sys.meta_path.insert(0, Saboteur([SABOTAGES[name] for name in os.environ.get("HOITHI_SABOTAGE", "").split(",") if name]))
