"""The manifest of one service's backup: what there is, how it is checked. Byte by byte: docs/reference/backup-format.md."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from bson import json_util

from hoithi_cli.backup.trouble import Damaged

FORMAT = "hoithi-backup"
VERSION = 1
MANIFEST = "manifest.json"
CONTENTS = "contents"
_OPTIONS = json_util.RELAXED_JSON_OPTIONS


@dataclass(frozen=True)
class File:
    """One file of a backup as it lies on the disk."""

    file: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Collection:
    """One collection: which file holds its documents, and what it is made with."""

    name: str
    file: str
    documents: int
    options: dict = field(default_factory=dict)
    indexes: list = field(default_factory=list)


@dataclass(frozen=True)
class Manifest:
    """`collections` is None in a sealed backup: it then lies in the sealed file `contents`."""

    service: str
    services: list[str]
    hoithi_version: str
    made_at: str
    cluster_time: dict
    files: list[File]
    sealing: dict | None = None
    collections: list[Collection] | None = None


def collections_text(collections: list[Collection]) -> str:
    """Collections as JSON; BSON's own types in MongoDB's Extended JSON."""
    return json_util.dumps([asdict(each) for each in collections], json_options=_OPTIONS, ensure_ascii=False)


def collections_from(text: str) -> list[Collection]:
    """The collections in such a text."""
    return [Collection(**each) for each in json_util.loads(text, json_options=_OPTIONS)]


def document_of(manifest: Manifest) -> dict:
    """The JSON document of a manifest, its own digest included."""
    found = {"format": FORMAT, "version": VERSION, **asdict(manifest)}
    if manifest.collections is not None:
        found["collections"] = json.loads(collections_text(manifest.collections))
    return {**found, "sha256": digest_of(found)}


def digest_of(document: dict) -> str:
    """SHA-256 of the document without its own digest, as JSON with sorted keys and no spaces."""
    rest = {name: value for name, value in document.items() if name != "sha256"}
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a service's folder; raises Damaged."""
    file = folder / MANIFEST
    try:
        document = json.loads(file.read_text("utf-8"))
    except FileNotFoundError as error:
        raise Damaged(f"{folder} has no {MANIFEST}: the backup was interrupted, it cannot be restored") from error
    except (OSError, ValueError) as error:
        raise Damaged(f"{file} cannot be read: {error}") from error
    _check(file, document)
    return _manifest(document)


def _check(file: Path, document):
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise Damaged(f"{file} is not the manifest of a backup")
    if document.get("version") != VERSION:
        raise Damaged(f"{file} has format version {document.get('version')}; this hoithi reads version {VERSION}")
    if document.get("sha256") != digest_of(document):
        raise Damaged(f"{file} is not as it was written: its SHA-256 does not fit")


def _manifest(document: dict) -> Manifest:
    kept = {name: value for name, value in document.items() if name not in ("format", "version", "sha256")}
    kept["files"] = [File(**each) for each in kept["files"]]
    if kept["collections"] is not None:
        kept["collections"] = collections_from(json.dumps(kept["collections"]))
    return Manifest(**kept)
