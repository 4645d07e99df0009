"""Which plan MongoDB chooses for the commands a service really sends."""

from copy import deepcopy
from dataclasses import dataclass, field
from functools import partial

from pymongo import MongoClient
from pymongo.errors import OperationFailure
from pymongo.monitoring import CommandListener

SEARCHING = ("find", "aggregate", "count", "distinct", "update", "delete", "findAndModify")
NOT_EXPLAINED = ("lsid", "txnNumber", "startTransaction", "autocommit", "readConcern", "writeConcern", "ordered", "cursor")


@dataclass(frozen=True)
class Plan:
    """How one kind of command is answered: the stages and indexes of the winning plan."""

    collection: str
    query: str
    stages: frozenset
    indexes: frozenset

    @property
    def scans(self) -> bool:
        return "COLLSCAN" in self.stages

    @property
    def sorts(self) -> bool:
        """MongoDB would fetch all that match and put them in order itself."""
        return "SORT" in self.stages


@dataclass
class Recorder(CommandListener):
    """Remembers one command of every shape: the same command with other values is the same shape."""

    commands: dict = field(default_factory=dict)

    def started(self, event):
        if event.command_name in SEARCHING:
            for command in _single(event.command_name, event.command):
                self.commands.setdefault(_shape(command), deepcopy(command))

    def succeeded(self, event):
        """Nothing to do."""

    def failed(self, event):
        """Nothing to do."""

    def plans(self, database) -> list[Plan]:
        """What MongoDB would do now with each command."""
        return [_plan(database, shape, command) for shape, command in self.commands.items()]


def recording(monkeypatch) -> Recorder:
    """From now on every new connection of a service is recorded."""
    recorder = Recorder()
    monkeypatch.setattr("hoithi_store.database.MongoClient", partial(MongoClient, event_listeners=[recorder]))
    return recorder


def scans(plans: list[Plan], allowed: dict[str, str]) -> list[Plan]:
    """Collection scans, except of the collections that `allowed` names with a reason."""
    return [plan for plan in plans if plan.scans and plan.collection not in allowed]


def unused(database, plans: list[Plan], allowed: dict[tuple[str, str], str]) -> set[tuple[str, str]]:
    """(collection, index) that no plan uses, except those that `allowed` names with a reason."""
    used = {(plan.collection, index) for plan in plans for index in plan.indexes}
    made = {(name, index) for name in database.list_collection_names() for index in database[name].index_information()}
    return {one for one in made if one[1] != "_id_"} - used - set(allowed)


def _single(name, command):
    """A bulk write is many commands; explain takes one at a time."""
    key = {"update": "updates", "delete": "deletes"}.get(name)
    plain = {field: value for field, value in command.items() if field not in NOT_EXPLAINED and not field.startswith("$")}
    return [{**plain, key: [one]} for one in command[key]] if key else [plain]


def _shape(command) -> str:
    parts = {name: value for name, value in command.items() if name in ("query", "filter", "q", "pipeline", "sort", "hint")}
    target = next(iter(command.items()))
    for change in (*command.get("updates", ()), *command.get("deletes", ())):
        parts["q"] = change["q"]
    return f"{target[0]} {target[1]} {_without_values(parts)}"


def _without_values(value):
    if isinstance(value, dict):
        return {name: _without_values(one) for name, one in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [_without_values(one) for one in value]
    return "?"


def _plan(database, shape, command) -> Plan:
    if "aggregate" in command:
        command = {**command, "cursor": {}}
    try:
        explained = database.command({"explain": command, "verbosity": "queryPlanner"})
    except OperationFailure as error:
        raise AssertionError(f"cannot be explained: {shape}") from error
    stages, indexes = set(), set()
    _walk(explained, stages, indexes)
    return Plan(str(next(iter(command.values()))), shape, frozenset(stages), frozenset(indexes))


def _walk(found, stages, indexes):
    if isinstance(found, list):
        for one in found:
            _walk(one, stages, indexes)
    elif isinstance(found, dict):
        for name, value in found.items():
            if name in ("stage", "indexName") and isinstance(value, str):
                {"stage": stages, "indexName": indexes}[name].add(value)
            elif name not in ("rejectedPlans", "command"):
                _walk(value, stages, indexes)
