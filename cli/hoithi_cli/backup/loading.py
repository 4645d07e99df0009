"""A checked backup is put into the database beside what is there, under names no service uses."""

from collections.abc import Callable, Iterable, Iterator

from bson.raw_bson import RawBSONDocument
from pymongo.database import Database
from pymongo.write_concern import WriteConcern

from hoithi_cli.backup.checking import Checked
from hoithi_cli.backup.format import Collection
from hoithi_cli.backup.parts import documents, open_part
from hoithi_cli.backup.swapping import NEW
from hoithi_cli.backup.trouble import Damaged

MOST_DOCUMENTS, MOST_BYTES = 2000, 8 * 1024 * 1024
LEASES = "leases"


def load(database: Database, backup: Checked, advance: Callable[[int], None]):
    """Every collection with its documents and indexes, durable on a majority when this returns; but nobody holds a lease."""
    certain = database.with_options(write_concern=WriteConcern("majority", j=True))
    for collection in backup.collections:
        _load_one(certain, backup, collection, advance)
    # Whoever held one when the backup was made is not at work here: others would wait, and the next restore be refused.
    certain[NEW + LEASES].delete_many({})


def _load_one(database: Database, backup: Checked, about: Collection, advance):
    target = database.create_collection(NEW + about.name, **about.options)
    with open_part(backup.folder, about.file, backup.seal) as plain:
        for batch in batches(documents(plain, about.file)):
            target.insert_many([RawBSONDocument(each) for each in batch], ordered=False)
            advance(len(batch))
    # Before the indexes: one of them may delete what is old.
    if target.count_documents({}) != about.documents:
        raise Damaged(f"{about.name} was loaded with another number of documents than were saved")
    indexes = [each for each in about.indexes if each["name"] != "_id_"]
    if indexes:
        database.command("createIndexes", target.name, indexes=indexes)


def batches(found: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Pieces that one write takes."""
    batch, size = [], 0
    for each in found:
        batch.append(each)
        size += len(each)
        if len(batch) == MOST_DOCUMENTS or size > MOST_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
