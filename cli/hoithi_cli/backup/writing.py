"""Makes a backup: services whose databases lie in the same replica set are read at the same instant."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bson.timestamp import Timestamp
from pymongo.database import Database

from hoithi_cli import __version__
from hoithi_cli.backup import format, parts, reading
from hoithi_cli.backup.format import CONTENTS, MANIFEST, Collection, Manifest
from hoithi_cli.backup.sealing import Seal
from hoithi_cli.backup.trouble import SnapshotLost

TRIES = 3
RAISE_THE_WINDOW = (
    "MongoDB did not keep the past: say HOITHI_MONGO_ADMIN_URI (an administrator's; `make up` writes it to platform.json), so "
    "that the backup can set minSnapshotHistoryWindowInSeconds while it reads, or set it yourself to 1800"
)


@dataclass
class Written:
    """One service's files, complete but for the manifest."""

    folder: Path
    manifest: Manifest
    collections: list[Collection]


def back_up(databases: dict[str, Database], folder: Path, new_seal: Callable[[], Seal] | None, progress) -> list[Written]:
    """Write a backup of each service; manifests last, when everything is on the disk."""
    parts.make_folder(folder)
    written = [each for group in together(databases) for each in _read_group(group, folder, new_seal, list(databases), progress)]
    parts.sync_folder(folder)
    for each in written:
        parts.write_text(each.folder, MANIFEST, _json(each.manifest))
    return written


def together(databases: dict[str, Database]) -> list[dict[str, Database]]:
    """Services grouped by the replica set their databases lie in."""
    groups: dict = defaultdict(dict)
    for service, database in databases.items():
        database.command("ping")
        groups[frozenset(database.client.nodes)][service] = database
    return list(groups.values())


def _read_group(group, folder, new_seal, services, progress) -> list[Written]:
    """Read again from the beginning when MongoDB lost the snapshot."""
    for attempt in range(1, TRIES + 1):
        try:
            return _read_once(group, folder, new_seal, services, progress)
        except SnapshotLost as lost:
            progress.say(f"{lost}; beginning again" if attempt < TRIES else str(lost))
    raise SnapshotLost(f"the databases could not be read at one instant in {TRIES} tries. {RAISE_THE_WINDOW}")


def _read_once(group, folder, new_seal, services, progress) -> list[Written]:
    shapes = {service: reading.describe(database) for service, database in group.items()}
    at = reading.cluster_time(next(iter(group.values())))
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    written = []
    for service, database in group.items():
        source = Source(service, database, shapes[service], at, made_at)
        written.append(_write(source, folder / service, new_seal and new_seal(), services, progress))
    for service, database in group.items():
        if reading.describe(database) != shapes[service]:
            raise SnapshotLost(f"{service}: a collection or an index was made or dropped during the backup")
    return written


@dataclass(frozen=True)
class Source:
    """What is read: a database in the shape it had, at one instant."""

    service: str
    database: Database
    shape: dict[str, dict]
    at: Timestamp
    made_at: str


def _write(source: Source, folder: Path, seal: Seal | None, services: list[str], progress) -> Written:
    _clear(folder)
    parts.make_folder(folder)
    files, collections = [], []
    expected = sum(source.database[name].estimated_document_count() for name in source.shape)
    with progress.stage(f"{source.service}: documents", expected) as advance:
        for number, name in enumerate(source.shape, 1):
            file, collection = _write_collection(source, folder, name, number, seal, advance)
            files.append(file)
            collections.append(collection)
    if seal:
        files.append(parts.write_part(folder, CONTENTS, [format.collections_text(collections).encode()], seal))
    parts.sync_folder(folder)
    return Written(folder, _manifest(source, services, files, seal, collections), collections)


def _write_collection(source: Source, folder: Path, name: str, number: int, seal: Seal | None, advance):
    counter = _Counter(advance)
    # A sealed backup does not show the names of collections.
    file_name = f"{number:03}.sealed" if seal else f"{name}.bson.gz"
    pieces = counter.count(reading.pages(source.database, name, source.at))
    file = parts.write_part(folder, file_name, pieces, seal)
    shape = source.shape[name]
    return file, Collection(name, file_name, counter.documents, dict(shape["options"]), shape["indexes"])


class _Counter:
    """Counts documents on their way to the file."""

    def __init__(self, advance):
        self.documents, self.advance = 0, advance

    def count(self, pages: Iterable[list]) -> Iterator[bytes]:
        for page in pages:
            yield b"".join(document.raw for document in page)
            self.documents += len(page)
            self.advance(len(page))


def _manifest(source: Source, services, files, seal: Seal | None, collections) -> Manifest:
    return Manifest(
        service=source.service,
        services=services,
        hoithi_version=__version__,
        made_at=source.made_at,
        cluster_time={"seconds": source.at.time, "increment": source.at.inc},
        files=files,
        sealing=seal and seal.about,
        collections=None if seal else collections,
    )


def _json(manifest: Manifest) -> str:
    return format.json.dumps(format.document_of(manifest), indent=2, ensure_ascii=False) + "\n"


def _clear(folder: Path):
    """What an attempt left that MongoDB interrupted."""
    for file in folder.iterdir() if folder.is_dir() else ():
        file.unlink()
