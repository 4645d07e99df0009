"""The files of a backup: BSON documents one after the other, compressed, perhaps sealed, digested, synced to the disk."""

import gzip
import hashlib
import io
import os
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hoithi_cli.backup.format import File
from hoithi_cli.backup.sealing import Seal, SealedReader, SealedWriter
from hoithi_cli.backup.trouble import Damaged

LEVEL = 4
"""Of gzip: a third of the time of level 9 for some percent more bytes."""
LARGEST_DOCUMENT = 17 * 1024 * 1024
PIECE = 1024 * 1024


def make_folder(path: Path):
    """A new folder for the owner alone; its parents are made when missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir(mode=0o700, exist_ok=True)
    path.chmod(0o700)


def write_part(folder: Path, name: str, pieces: Iterable[bytes], seal: Seal | None) -> File:
    """Compress the pieces into a new file, durable when this returns."""
    with _new_file(folder / name) as raw:
        target = _Digesting(raw)
        sealed = SealedWriter(target, seal, name) if seal else None
        with gzip.GzipFile(filename="", mode="wb", compresslevel=LEVEL, fileobj=sealed or target, mtime=0) as compressed:
            for piece in pieces:
                compressed.write(piece)
        if sealed:
            sealed.close()
    return File(name, target.bytes, target.digest.hexdigest())


def write_text(folder: Path, name: str, text: str):
    """A small file that appears only when it is whole and durable."""
    draft = folder / f".{name}"
    with _new_file(draft) as file:
        file.write(text.encode())
    draft.replace(folder / name)
    sync_folder(folder)


def sync_folder(folder: Path):
    """The names in the folder are durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def open_part(folder: Path, name: str, seal: Seal | None):
    """The plain bytes of a part, as a file; what is broken in it raises Damaged."""
    try:
        with (folder / name).open("rb") as raw:
            source = io.BufferedReader(SealedReader(raw, seal, name), PIECE) if seal else raw
            with gzip.GzipFile(fileobj=source, mode="rb") as plain:
                yield plain
    except (OSError, EOFError, zlib.error) as error:
        raise Damaged(f"{folder / name} cannot be read: {error}") from error


def documents(plain, name: str) -> Iterator[bytes]:
    """The BSON documents in an open part; raises Damaged where the bytes are none."""
    while head := plain.read(4):
        size = int.from_bytes(head, "little", signed=True)
        if not 5 <= size <= LARGEST_DOCUMENT:
            raise Damaged(f"{name} holds something that is no BSON document")
        body = plain.read(size - 4)
        if len(body) != size - 4 or body[-1]:
            raise Damaged(f"{name} ends within a document")
        yield head + body


def digest(path: Path) -> File:
    """Size and SHA-256 of a file as it lies there."""
    found, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            found.update(piece)
            size += len(piece)
    return File(path.name, size, found.hexdigest())


@contextmanager
def _new_file(path: Path):
    """Readable by the owner alone, replaced when it exists, on the disk afterwards."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


class _Digesting:
    """Counts and digests what goes through to the file."""

    def __init__(self, target):
        self.target, self.digest, self.bytes = target, hashlib.sha256(), 0

    def write(self, data) -> int:
        self.digest.update(data)
        self.bytes += len(data)
        return self.target.write(data)

    def flush(self):
        self.target.flush()
