"""A service's database without documents."""

from pymongo import DeleteMany, WriteConcern
from pymongo.database import Database


def empty(database: Database) -> None:
    """Indexes stay. Dropping and making sixty of them a test is slow, and mongod, which closes the files of what was dropped
    only minutes later, has a limit of open files. One command, which tests of the services' own queries do not see."""
    collections = [f"{database.name}.{name}" for name in database.list_collection_names()]
    if collections:
        database.client.bulk_write([DeleteMany({}, namespace=name) for name in collections], write_concern=WriteConcern(1))
