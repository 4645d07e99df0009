"""Breaks one promise inside a service process, to show that the checker notices.

Python imports this by itself in a process that has this folder on PYTHONPATH (see sabotaged.py beside the
folder); nothing in production code knows of it. HOITHI_SABOTAGE says what breaks, HOITHI_SABOTAGE_FILE
names the file in which all replicas remember the victim.
"""

import importlib.abc
import importlib.machinery
import os
import sys
from pathlib import Path

VICTIMS = Path(os.environ.get("HOITHI_SABOTAGE_FILE", os.devnull))


def victims() -> set[str]:
    return set(VICTIMS.read_text().split()) if VICTIMS.exists() else set()


def choose(ids: list[str]) -> set[str]:
    """The victims; `ids` when there were none yet. The first replica that comes decides."""
    try:
        with VICTIMS.open("x") as file:
            file.write("\n".join(ids))
    except FileExistsError:
        pass
    return victims()


def drop_in_relay(module) -> None:
    """One event is marked as published without being published."""
    publish = module.Relay._publish

    def forgetful(relay, entries):
        attempts = [entry for entry in entries if entry.envelope["type"] == "attempt-submitted"]
        chosen = choose([attempts[0].envelope["id"]]) if attempts else victims()
        dropped = [entry for entry in entries if entry.envelope["id"] in chosen]
        return publish(relay, [entry for entry in entries if entry not in dropped]) + dropped

    module.Relay._publish = forgetful


def acknowledge_early(module) -> None:
    """A batch is acknowledged before its handler ran, and the handler never runs."""
    failures = module.ListenBatch._failures

    def hasty(listener, batch):
        if listener.queue != "scoring.attempts":
            return failures(listener, batch)
        ids = [delivery.message.properties.get("message_id") for delivery in batch]
        chosen = choose(ids)
        rest = [delivery for delivery, message_id in zip(batch, ids, strict=True) if message_id not in chosen]
        return failures(listener, rest) if rest else []

    module.ListenBatch._failures = hasty


def score_twice(module) -> None:
    """One attempt is kept a second time, under another id."""
    upsert = module.Attempts._upsert

    def eager(attempts, documents):
        chosen = choose([documents[0]["_id"]])
        twins = [
            {**document, "_id": f"{document['_id']}0", "number": document["number"] + 1000}
            for document in documents
            if document["_id"] in chosen
        ]
        known = upsert(attempts, documents + twins)
        return [document for document in known if document not in twins]

    module.Attempts._upsert = eager


def alter_answers(module) -> None:
    """One attempt is kept with other answers than those published."""
    upsert = module.Attempts._upsert

    def careless(attempts, documents):
        chosen = choose([documents[0]["_id"]])
        for document in documents:
            if document["_id"] in chosen:
                document["answers"] = ["a" if answer != "a" else "b" for answer in document["answers"]]
        return upsert(attempts, documents)

    module.Attempts._upsert = careless


SABOTAGES = {
    "drop-in-relay": ("hoithi_bus.relay", drop_in_relay),
    "acknowledge-early": ("hoithi_bus.listener", acknowledge_early),
    "score-twice": ("hoithi_scoring.storage.attempts", score_twice),
    "alter-answers": ("hoithi_scoring.storage.attempts", alter_answers),
}


class Saboteur(importlib.abc.MetaPathFinder):
    """Changes one module right after it was imported."""

    def __init__(self, name: str, change):
        self.name, self.change = name, change

    def find_spec(self, fullname, path=None, target=None):
        if fullname != self.name:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path)
        execute = spec.loader.exec_module

        def execute_and_change(module):
            execute(module)
            self.change(module)

        spec.loader.exec_module = execute_and_change
        return spec


if os.environ.get("HOITHI_SABOTAGE"):
    sys.meta_path.insert(0, Saboteur(*SABOTAGES[os.environ["HOITHI_SABOTAGE"]]))
