"""Judges a backup completely, before anything is touched."""

from dataclasses import dataclass
from pathlib import Path

from hoithi_cli.backup import sealing
from hoithi_cli.backup.format import CONTENTS, Collection, Manifest, collections_from, read_manifest
from hoithi_cli.backup.parts import digest, documents, open_part
from hoithi_cli.backup.sealing import Seal
from hoithi_cli.backup.trouble import Damaged
from hoithi_cli.trouble import WrongUsage


@dataclass(frozen=True)
class Checked:
    """A service's backup that is whole and can be read."""

    folder: Path
    manifest: Manifest
    collections: list[Collection]
    seal: Seal | None

    @property
    def service(self) -> str:
        return self.manifest.service

    @property
    def documents(self) -> int:
        return sum(each.documents for each in self.collections)


def services_in(folder: Path, wanted: list[str] | None) -> list[str]:
    """The services to restore: the wanted ones, else all that the backup was made of; raises Damaged or WrongUsage."""
    there = sorted(each.name for each in folder.iterdir() if each.is_dir()) if folder.is_dir() else []
    if not there:
        raise WrongUsage(f"{folder} holds no backup")
    if wanted:
        missing = sorted(set(wanted) - set(there))
        if missing:
            raise WrongUsage(f"{folder} holds no backup of {', '.join(missing)}; it holds: {', '.join(there)}")
        return list(dict.fromkeys(wanted))
    made = read_manifest(folder / there[0]).services
    if set(made) != set(there):
        raise Damaged(f"{folder} was made of {', '.join(made)} and holds {', '.join(there)}")
    return made


def check(folder: Path, service: str, key_file: Path | None = None, passphrase_file: Path | None = None) -> Checked:
    """Manifest, digests, key, and every document's frame; raises Damaged, WrongKey or WrongUsage."""
    manifest = read_manifest(folder / service)
    if manifest.service != service:
        raise Damaged(f"{folder / service} holds a backup of {manifest.service}")
    _check_files(folder / service, manifest)
    seal = sealing.opened(manifest.sealing, key_file, passphrase_file) if manifest.sealing else None
    checked = Checked(folder / service, manifest, _collections(folder / service, manifest, seal), seal)
    for collection in checked.collections:
        _check_documents(checked, collection)
    return checked


def _check_files(folder: Path, manifest: Manifest):
    for expected in manifest.files:
        if Path(expected.file).name != expected.file or not (folder / expected.file).is_file():
            raise Damaged(f"{folder / expected.file} is missing")
        if digest(folder / expected.file) != expected:
            raise Damaged(f"{folder / expected.file} is not as it was written: its SHA-256 does not fit")


def _collections(folder: Path, manifest: Manifest, seal: Seal | None) -> list[Collection]:
    collections = manifest.collections
    if collections is None:
        with open_part(folder, CONTENTS, seal) as plain:
            collections = collections_from(plain.read().decode())
    listed = {each.file for each in manifest.files}
    if any(each.file not in listed for each in collections):
        raise Damaged(f"{folder}: a collection's file is not in the manifest")
    return collections


def _check_documents(backup: Checked, collection: Collection):
    with open_part(backup.folder, collection.file, backup.seal) as plain:
        found = sum(1 for _ in documents(plain, collection.file))
    if found != collection.documents:
        raise Damaged(f"{backup.folder / collection.file} holds {found} documents, the manifest says {collection.documents}")
