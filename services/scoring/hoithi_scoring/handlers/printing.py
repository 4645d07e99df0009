"""Certificates of a whole round: asked for once, printed piece by piece by the worker, fetched as one ZIP.

A job is the list of its pieces; one that is missing is made. So a process may stop at any time, and what names a person
who was erased since is dropped and made again without.
"""

import io
import logging
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice

from hoithi_print import Papers
from hoithi_scoring.domain.certificates import pieces
from hoithi_scoring.domain.privacy import Pseudonyms
from hoithi_scoring.domain.refusals import NotOfficial, NotPrintedYet, NotRequested, StillChanging
from hoithi_scoring.handlers.certificates import Table, issue, round_table, whole_document

log = logging.getLogger(__name__)

PIECE = 100  # certificates in one PDF: some 0.7 s of the press, 0.9 MB
AT_ONCE = 5  # pieces between two looks at what else is to be done
LEASE_S = 60
EVERYBODY, WINNERS = WHICH = ("everybody", "winners")


def request(storage, claims, round_id: str, which: str, now: datetime) -> dict:
    """Have the certificates of everybody, or of those who won a prize, printed; again is quiet. Raises as round_table."""
    claims.require("organiser", "contest", storage.rounds.get(round_id).contest_id)
    table = round_table(storage, round_id)
    people = len(table.won) if which == WINNERS else storage.rounds.get(round_id).snapshot.participants
    job = {"_id": _id(table, which), "round_id": round_id, "build": table.build, "which": which, "people": people,
           "requested_by": claims.user_id, "requested_at": now}  # fmt: skip
    return _progress(storage, storage.print_jobs.add(job, now))


def progress(storage, claims, round_id: str, which: str) -> dict:
    """How far it is. Raises NotRequested."""
    return _progress(storage, _job(storage, claims, round_id, which))


def archive(storage, claims, round_id: str, which: str) -> Iterator[bytes]:
    """The ZIP of all pieces. Raises NotRequested, NotPrintedYet."""
    job = _job(storage, claims, round_id, which)
    told = _progress(storage, job)
    if told["made"] < told["pieces"]:
        raise NotPrintedYet(told["made"], told["pieces"])
    return _zipped(storage, job)


def _job(storage, claims, round_id: str, which: str) -> dict:
    claims.require("organiser", "contest", storage.rounds.get(round_id).contest_id)
    job = storage.print_jobs.get(_id(round_table(storage, round_id), which))
    if job is None:
        raise NotRequested()
    return job


def _id(table: Table, which: str) -> str:
    """Corrected results are another job."""
    return f"{table.scope}|{table.build}|{which}"


def _progress(storage, job: dict) -> dict:
    names = ("round_id", "which", "people", "requested_at", "until")
    made = len(storage.print_jobs.made(job["_id"]))
    return {**{name: job[name] for name in names}, "pieces": len(pieces(job["people"], PIECE)), "made": made}


def _zipped(storage, job: dict) -> Iterator[bytes]:
    """One PDF per piece, as they come from the database: never more than one in memory."""
    target = _Passage()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as file:
        for number in range(len(pieces(job["people"], PIECE))):
            content = storage.print_jobs.content(job["_id"], number)
            if content:
                name = f"{job['round_id']}-{job['which']}-{number + 1:05d}.pdf"
                file.writestr(zipfile.ZipInfo(name, job["requested_at"].timetuple()[:6]), content)
            yield target.taken()
    yield target.taken()


class _Passage(io.RawIOBase):
    """What zipfile writes, to be taken away at once."""

    def __init__(self):
        self.buffer, self.position = bytearray(), 0

    def writable(self):
        return True

    def write(self, content):
        self.buffer += content
        self.position += len(content)
        return len(content)

    def tell(self):
        return self.position

    def taken(self) -> bytes:
        content = bytes(self.buffer)
        self.buffer.clear()
        return content


# The worker


def print_due(storage, pseudonyms: Pseudonyms, papers: Papers, owner: str, now: datetime) -> int:
    """Some missing pieces of each job; how many. What fails is logged and tried again."""
    return sum(_alone(storage, pseudonyms, papers, job, owner, now) for job in storage.print_jobs.all())


def _alone(storage, pseudonyms, papers, job: dict, owner: str, now: datetime) -> int:
    missing = _missing(storage, job)
    name = f"print:{job['_id']}"
    beat = storage.beat(name, owner, LEASE_S)
    if not missing or not beat():
        return 0
    try:
        return _make(storage, pseudonyms, papers, job, missing, beat, now)
    except (NotOfficial, StillChanging):
        return 0  # the results are being corrected: this job will not be asked for again
    except Exception:
        log.exception("certificates of %s failed; tried again", job["_id"])
        return 0
    finally:
        storage.lease.release(name, owner)


def _missing(storage, job: dict) -> list[int]:
    made = set(storage.print_jobs.made(job["_id"]))
    return [number for number in range(len(pieces(job["people"], PIECE))) if number not in made]


def _make(storage, pseudonyms, papers, job: dict, missing: list[int], beat: Callable[[], bool], now: datetime) -> int:
    table, done = round_table(storage, job["round_id"]), 0
    if table.build != job["build"]:
        return 0
    for number in islice(missing, AT_ONCE):
        if not beat():
            break
        _piece(storage, pseudonyms, papers, table, job, number, now)
        done += 1
    return done


def _piece(storage, pseudonyms, papers: Papers, table: Table, job: dict, number: int, now: datetime) -> None:
    rows = _rows(storage, table, job, number)
    pages = issue(storage, pseudonyms, papers, table, rows, now)
    content = papers.printer.print(whole_document(papers, table, pages)) if pages else b""
    users = [user_id for _, user_id in rows]
    named = storage.people.shown(users)
    storage.print_jobs.put(job, number, content, list(named))
    # Erased while it was printed: then the erasure came before there was anything to drop.
    if len(pages) > len(storage.people.shown(users)):
        storage.print_jobs.drop(job["_id"], number)


def _rows(storage, table: Table, job: dict, number: int) -> list:
    """(row, user id) of a piece, in the order of the table."""
    if job["which"] == EVERYBODY:
        return storage.rankings.people(table.scope, table.build, None, number * PIECE, PIECE)
    persons = list(table.won)[number * PIECE : (number + 1) * PIECE]
    users = {award.person: award.user_id for award in storage.rounds.get(table.scope).snapshot.awards}
    return [(storage.rankings.of_person(table.scope, table.build, person), users[person]) for person in persons]
