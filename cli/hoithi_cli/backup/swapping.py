"""The loaded collections take the places of the present ones: all of them, or after a failure none.

MongoDB renames one collection at a time. A note in the database says what is going on; whoever finds it after a crash
puts the old state back (`recover`), unless everything was in place already.
"""

from contextlib import contextmanager

from pymongo.database import Database
from pymongo.write_concern import WriteConcern

NEW, OLD, NOTE = "restoring.", "replaced.", "restoring"


def is_ours(name: str) -> bool:
    """Collections that no service owns: those of a restore, and MongoDB's own."""
    return name == NOTE or name.startswith((NEW, OLD, "system."))


def present(database: Database) -> list[str]:
    """The services' collections that are there."""
    names = database.list_collection_names(filter={"type": "collection"})
    return sorted(name for name in names if not is_ours(name))


def swap(database: Database, loaded: list[str]):
    """Replace everything by the loaded collections; whatever goes wrong leaves the old state."""
    note = _certain(database)[NOTE]
    note.replace_one({"_id": "swap"}, {"old": present(database), "new": loaded, "done": False}, upsert=True)
    with _undone_on_failure(database):
        for name in present(database):
            database[name].rename(OLD + name)
        for name in loaded:
            database[NEW + name].rename(name)
        note.update_one({"_id": "swap"}, {"$set": {"done": True}})
    recover(database)


def recover(database: Database) -> bool:
    """End what an interrupted restore began; True when the old state was put back."""
    note = database[NOTE].find_one({"_id": "swap"})
    undone = bool(note and not note["done"])
    if undone:
        _put_back(database, note)
    if note and note["done"]:
        _drop(database, OLD)
    _drop(database, NEW)
    database[NOTE].drop()
    return undone


@contextmanager
def _undone_on_failure(database: Database):
    try:
        yield
    except BaseException:
        recover(database)
        raise


def _put_back(database: Database, note: dict):
    moved = {name.removeprefix(OLD) for name in database.list_collection_names() if name.startswith(OLD)}
    for name in sorted(moved):
        database[OLD + name].rename(name, dropTarget=True)
    for name in set(note["new"]) - set(note["old"]):
        database[name].drop()


def _drop(database: Database, prefix: str):
    for name in database.list_collection_names():
        if name.startswith(prefix):
            database[name].drop()


def _certain(database: Database) -> Database:
    return database.with_options(write_concern=WriteConcern("majority", j=True))
