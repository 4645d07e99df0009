"""A bank's file at the desk: handed in, looked at by a worker, kept when the person says so."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from hoithi_exam.domain.bank import Bank, Finding, check, difference, formats
from hoithi_exam.domain.bank.draft import Given
from hoithi_exam.domain.bank.keeping import gave_up, other_bank, refused_use
from hoithi_exam.domain.bank.model import has_errors
from hoithi_exam.domain.uploads import CHECKING, DONE, KEEPING, MOST_TRIES, READING, NotToKeep, Upload, outcome
from hoithi_exam.domain.versions import UseChanged
from hoithi_exam.handlers import banks


def hand_in(storage, bank_id: str, raw: bytes, query: dict, by: str, language: str, now: datetime) -> Upload:
    """A file for the worker to look at. `query`: as requests.Upload."""
    about = {name: query.get(name, "") for name in ("name", "topic", "level")}
    upload = Upload(secrets.token_hex(12), bank_id, by, now, form=query["format"], language=language, **about)
    return storage.uploads.add(upload, raw)


def keep(storage, bank_id: str, upload_id: str, by: str, approval: bool) -> Upload:
    """Let a file that was looked at become a version. Raises UnknownUpload, NotToKeep."""
    before = storage.uploads.get(bank_id, upload_id)
    after = before.to_keep(by, approval)
    if not storage.uploads.change(before, after):
        raise NotToKeep()
    return after


def mend(storage, bank_id: str, upload_id: str, language: str, beside: Callable) -> bytes:
    """The workbook with remarks. Raises UnknownUpload, TooBigToMend, NothingToMend."""
    upload = storage.uploads.get(bank_id, upload_id)
    raw = storage.uploads.file(bank_id, upload_id)
    return beside(banks.mend_file, raw, bank_id, language, upload.topic, upload.level)


def work(storage, beside: Callable, now: datetime) -> Upload | None:
    """Look at, or keep, the file that waits longest; None when none does. `beside(function, *args)` runs work for the CPU."""
    upload = storage.uploads.begin()
    if upload is None:
        return None
    found = _given_up(upload) if upload.tries > MOST_TRIES else _looked(storage, upload, beside, now)
    done = replace(upload, state=DONE, outcome=found)
    storage.uploads.change(upload, done)
    return done


def _given_up(upload: Upload) -> dict:
    return outcome(upload.language, None, None, [gave_up()])


def _looked(storage, upload: Upload, beside: Callable, now: datetime) -> dict:
    storage.uploads.step(upload, READING)
    raw = storage.uploads.file(upload.bank_id, upload.upload_id)
    form = formats.recognise(raw) if upload.form == "auto" else upload.form
    bank, found = beside(formats.parse, raw, upload.form, Given(upload.bank_id, topic=upload.topic, level=upload.level))
    if bank is not None:
        storage.uploads.step(upload, CHECKING)
        found = [*_refused(storage, upload, bank), *found, *beside(check.check, bank)]
    if bank is None or has_errors(found):
        return outcome(upload.language, form, bank, found)
    banks.keep_pictures(storage, bank)  # the preview shows them; what is never kept is collected
    bank = banks.with_pictures(storage, bank)
    looked = outcome(upload.language, form, bank, found)
    return looked | _against_newest(storage, bank) | (_kept(storage, upload, bank, now) if upload.keep else {})


def _refused(storage, upload: Upload, bank: Bank) -> list[Finding]:
    """What keeping it would refuse."""
    if bank.id != upload.bank_id:
        return [other_bank(bank.id)]
    try:
        banks.try_bank(storage, bank)
    except UseChanged as changed:
        return refused_use(changed.fields)
    return []


def _against_newest(storage, bank: Bank) -> dict:
    newest = storage.banks.newest(bank.id)
    before = storage.banks.get(newest.reference) if newest else None
    counts = difference.counts(difference.changes(before, bank))
    return {"counts": counts, "against": newest.version if newest else None}


def _kept(storage, upload: Upload, bank: Bank, now: datetime) -> dict:
    storage.uploads.step(upload, KEEPING)
    version = banks.keep_bank(storage, bank, upload.by, now, upload.approval)
    return {"version": version.version, "version_state": version.state}
