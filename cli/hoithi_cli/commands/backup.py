"""`hoithi backup` and `hoithi restore` (docs/how-to/backup-and-restore.md)."""

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from pymongo.database import Database
from pymongo.errors import PyMongoError

from hoithi_cli.backup import checking, databases, format, loading, parts, past, sealing, swapping, writing
from hoithi_cli.backup.checking import Checked
from hoithi_cli.backup.trouble import InUse, NotEmpty
from hoithi_cli.platform import Platform
from hoithi_cli.rehearse.progress import progress
from hoithi_cli.running import Run
from hoithi_cli.trouble import Trouble, Unreachable, WrongUsage

Service = Annotated[list[str] | None, typer.Option("--service", help="Only this service; may be repeated (default: all).")]
MongoUri = Annotated[
    list[str] | None, typer.Option("--mongo-uri", metavar="SERVICE=URI", help="Where a service's database is; may be repeated.")
]
To = Annotated[Path, typer.Option("--to", file_okay=False, help="A folder that does not exist yet, or is empty.")]
EncryptFor = Annotated[
    Path | None,
    typer.Option("--encrypt-for", dir_okay=False, help="PEM file of an X25519 public key; its private half opens."),
]
PassphraseFile = Annotated[Path | None, typer.Option(dir_okay=False, help="A file whose first line is the passphrase.")]
Folder = Annotated[Path, typer.Argument(metavar="DIR", exists=True, file_okay=False, help="A folder that `hoithi backup` made.")]
Key = Annotated[Path | None, typer.Option("--key", dir_okay=False, help="PEM file of the X25519 private key.")]
Check = Annotated[bool, typer.Option("--check", help="Only look whether the backup is whole and opens; needs no platform.")]
EmptyOnly = Annotated[bool, typer.Option("--into-empty-only/--replace", help="Whether databases with documents are replaced.")]
Yes = Annotated[bool, typer.Option("--yes", help="With --replace: do not ask.")]
Force = Annotated[bool, typer.Option("--force", help="Although processes seem to run on the database.")]


def backup(
    run: Run,
    to: To,
    service: Service = None,
    encrypt_for: EncryptFor = None,
    passphrase_file: PassphraseFile = None,
    mongo_uri: MongoUri = None,
):
    """Save the databases as they are at one instant, while everything runs."""
    if encrypt_for and passphrase_file:
        raise WrongUsage("say either --encrypt-for or --passphrase-file")
    if to.exists() and any(to.iterdir()):
        raise WrongUsage(f"{to} is not empty: every backup gets a folder of its own")
    new_seal = _new_seal(encrypt_for, passphrase_file)
    opened = _databases(run, mongo_uri, service)
    with _told("the backup is not complete, it cannot be restored"), past.kept(_admin_uri(run)):
        written = writing.back_up(opened, to, new_seal, progress(run.err))
    document = _document(to, [(each.manifest, each.collections, each.folder) for each in written])
    _show(run, f"Backup {to}", document)
    return document


def restore(
    run: Run,
    folder: Folder,
    service: Service = None,
    empty_only: EmptyOnly = True,
    key: Key = None,
    passphrase_file: PassphraseFile = None,
    check: Check = False,
    mongo_uri: MongoUri = None,
    yes: Yes = False,
    force: Force = False,
):
    """Check a backup completely, load it beside what is there, then exchange the two. The services must be stopped.

    Whatever goes wrong leaves the databases as they were. Exit code 4: the backup is damaged, incomplete, or the key is wrong.
    """
    backups = _checked(run, folder, service, key, passphrase_file)
    document = _document(folder, [(each.manifest, each.collections, each.folder) for each in backups])
    if check:
        _show(run, f"{folder} is whole", document)
        return {**document, "restored": False}
    opened = _databases(run, mongo_uri, [each.service for each in backups])
    _warn_of_older_exam(run, opened)
    with _told("nothing was replaced, unless the message before says so"):
        _refuse_in_use(run, opened, force)
        _end_interrupted(run, opened)
        _refuse_documents(run, opened, empty_only, yes)
        _load(run, backups, opened)
        _refuse_in_use(run, opened, force)
        _swap(run, backups, opened)
    _show(run, f"Restored from {folder}", document)
    run.show("Start the services again (`make up`), then: hoithi retell, hoithi status, hoithi results show CONTEST")
    return {**document, "restored": True}


# Which databases


def _databases(run: Run, given: list[str] | None, wanted: list[str] | None) -> dict[str, Database]:
    unknown = sorted(set(wanted or ()) - set(databases.SERVICES))
    if unknown:
        raise WrongUsage(f"--service: {', '.join(unknown)} is none of {', '.join(databases.SERVICES)}")
    platform = _platform(run)
    found = databases.uris(platform.mongo_uris if platform else {}, given or [], wanted)
    return {service: databases.connect(service, uri) for service, uri in found.items()}


def _admin_uri(run: Run) -> str | None:
    platform = _platform(run)
    return os.environ.get("HOITHI_MONGO_ADMIN_URI") or (platform.mongo_admin_uri if platform else None)


def _platform(run: Run) -> Platform | None:
    """A machine may have databases and no platform.json."""
    try:
        return run.platform
    except WrongUsage:
        return None


def _new_seal(public_key: Path | None, passphrase_file: Path | None):
    """How each service's seal is made, None for a backup in the clear; a bad key is refused before anything is read."""
    if public_key:
        sealing.seal_for_public_key(public_key)
        return lambda: sealing.seal_for_public_key(public_key)
    if passphrase_file:
        sealing.seal_for_passphrase(passphrase_file)
        return lambda: sealing.seal_for_passphrase(passphrase_file)
    return None


# Before anything is touched


def _checked(run: Run, folder: Path, wanted, key, passphrase_file) -> list[Checked]:
    services = checking.services_in(folder, wanted)
    with progress(run.err).stage("checking the backup", len(services)) as advance:
        backups = []
        for service in services:
            backups.append(checking.check(folder, service, key, passphrase_file))
            advance()
    return backups


def _warn_of_older_exam(run: Run, opened: dict[str, Database]):
    if "exam" in opened and "scoring" not in opened:
        run.say("exam without scoring: attempts accepted since the backup would be in scoring only (backup-and-restore.md)")


def _refuse_in_use(run: Run, opened: dict[str, Database], force: bool):
    platform = _platform(run)
    health_urls = platform.health_urls if platform else ()
    busy = [each for service, database in opened.items() for each in databases.who_works_on(service, database, health_urls)]
    if not busy:
        return
    text = f"stop these first (deploy/README.md), a database must not be exchanged under them: {', '.join(busy)}"
    if not force:
        raise InUse(f"{text}. A lease of a process that was killed ends by itself, after ten minutes at most.")
    run.say(f"--force was given: {', '.join(busy)}")


def _end_interrupted(run: Run, opened: dict[str, Database]):
    for service, database in opened.items():
        if swapping.recover(database):
            run.say(f"{service}: an interrupted restore was undone, the state before it is back")


def _refuse_documents(run: Run, opened: dict[str, Database], empty_only: bool, yes: bool):
    full = {service: sum(databases.documents_in(database).values()) for service, database in opened.items()}
    full = {service: count for service, count in full.items() if count}
    if not full:
        return
    text = ", ".join(f"{service} has {count} documents" for service, count in full.items())
    if empty_only:
        raise NotEmpty(f"{text}: give --replace to delete them and restore the backup")
    if not yes:
        _confirm(run, text)


def _confirm(run: Run, text: str):
    """Typed by a person; a script says --yes."""
    if run.as_json or not sys.stdin.isatty():
        raise WrongUsage(f"{text}: say --yes if they are to be deleted")
    if typer.prompt(f"{text}. They will be deleted. Type REPLACE to go on", err=True) != "REPLACE":
        raise NotEmpty("nothing was changed")


# Doing it


def _load(run: Run, backups: list[Checked], opened: dict[str, Database]):
    """All services are loaded before the first is exchanged."""
    for backup in backups:
        with progress(run.err).stage(f"{backup.service}: documents", backup.documents) as advance:
            try:
                loading.load(opened[backup.service], backup, advance)
            except BaseException:
                swapping.recover(opened[backup.service])
                raise


def _swap(run: Run, backups: list[Checked], opened: dict[str, Database]):
    for backup in backups:
        swapping.swap(opened[backup.service], [each.name for each in backup.collections])
        run.say(f"{backup.service}: restored")


@contextmanager
def _told(what: str):
    """Troubles of database and disk in a sentence."""
    try:
        yield
    except PyMongoError as error:
        raise Unreachable(f"MongoDB: {type(error).__name__}: {str(error).partition(', full error')[0]}; {what}") from error
    except OSError as error:
        raise Trouble(f"{error}; {what}") from error


def _document(folder: Path, services) -> dict:
    rows = [
        {
            "service": manifest.service,
            "made_at": manifest.made_at,
            "cluster_time": manifest.cluster_time,
            "sealed": bool(manifest.sealing),
            "collections": {each.name: each.documents for each in collections},
            "documents": sum(each.documents for each in collections),
            "bytes": sum(each.bytes for each in manifest.files),
            "manifest_sha256": parts.digest(path / format.MANIFEST).sha256,
        }
        for manifest, collections, path in services
    ]
    return {"folder": str(folder), "services": rows}


def _show(run: Run, title: str, document: dict):
    columns = ("service", "made_at", "sealed", "documents", "bytes", "manifest_sha256")
    headings = ("service", "as it was at", "sealed", "documents#", "bytes#", "SHA-256 of the manifest")
    run.table(title, headings, [[row[column] for column in columns] for row in document["services"]])
