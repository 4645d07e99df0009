"""Question banks: read a file, keep it as a version, approve it, change it, write it again."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from hoithi_exam.domain.bank import LEVELS, Bank, Finding, check, edit, formats, mended, pictures
from hoithi_exam.domain.bank.draft import Given
from hoithi_exam.domain.bank.edit import UnknownPictures
from hoithi_exam.domain.bank.model import has_errors
from hoithi_exam.domain.paper import eligible
from hoithi_exam.domain.picture import Picture, picture
from hoithi_exam.domain.rules import Rules
from hoithi_exam.domain.versions import APPROVED, DRAFT, BankRefused, BankVersion, NewerVersion, OtherBank, UnknownBank


def read_bank(raw: bytes, form: str, bank_id: str, topic: str = "", level: str = "") -> tuple[Bank | None, list[Finding]]:
    """The bank in a file and what was found in it; None when it has errors. Work for the CPU: off the event loop.

    A file need not name its bank: then it is `bank_id`. `topic` and `level` are for questions that have none.
    """
    bank, found = formats.parse(raw, form, Given(bank_id, topic=topic, level=level))
    if bank is None:
        return None, found
    # What the reader alone can know (a topic assumed, a picture left out), then what is doubtful in any bank.
    return bank, [*found, *check.check(bank)]


def require_bank(bank: Bank | None, found: list[Finding], bank_id: str, language: str) -> Bank:
    """Raises BankRefused, OtherBank."""
    if bank is None:
        raise BankRefused(found, language)
    if bank.id != bank_id:
        raise OtherBank(bank.id)
    return bank


def try_bank(storage, bank: Bank) -> None:
    """What keeping it would refuse. Raises UseChanged."""
    storage.banks.require_same_use(bank)


def keep_bank(storage, bank: Bank, by: str, now: datetime, approval: bool = False) -> BankVersion:
    """The bank as a version; the same content as the newest one stays that version. Raises UseChanged.

    `approval`: it is a draft until a second person approves it. Pictures of the newest version stay where the same is asked.
    """
    keep_pictures(storage, bank)
    return storage.banks.add(with_pictures(storage, bank), by, now, DRAFT if approval else APPROVED)


def keep_pictures(storage, bank: Bank) -> None:
    """What came with the bank's file, before anything refers to it."""
    for each in pictures.brought(bank):
        storage.pictures.keep(each)


def with_pictures(storage, bank: Bank) -> Bank:
    """The bank with what a file cannot hold, taken over from the newest version."""
    newest = storage.banks.newest(bank.id)
    return pictures.carried(storage.banks.get(newest.reference), bank) if newest else bank


def approve_bank(storage, bank_id: str, version: int, by: str, note: str, now: datetime) -> BankVersion:
    """A second person says that a version may be used; again is quiet. Raises UnknownBank, OwnImport."""
    before = storage.banks.version(bank_id, version)
    after = before.approve(by, note, now)
    if after != before and not storage.banks.approve(before, after):
        return storage.banks.version(bank_id, version)
    return after


def edit_bank(
    storage, bank_id: str, version: int, body: dict, language: str, beside: Callable = lambda work, *args: work(*args)
) -> tuple[Bank, list[Finding]]:
    """The newest version with changes, and what is doubtful in it. `beside(function, *args)` runs work for the CPU.

    Raises UnknownBank, NewerVersion, UnknownQuestions, UnknownPictures, BankRefused.
    """
    _require_pictures(storage, body["questions"])
    known = storage.banks.version(bank_id, version)
    newest = storage.banks.newest(bank_id)
    if newest.version != version:
        raise NewerVersion(newest.version)
    bank, found = beside(edit.edited, storage.banks.get(known.reference), body["topics"], body["questions"])
    if has_errors(found):
        raise BankRefused(found, language)
    return bank, beside(check.check, bank)


def _require_pictures(storage, changes: list[dict]) -> None:
    named = {change["picture"]: number for number, change in enumerate(changes) if change.get("picture")}
    if missing := storage.pictures.missing(named):
        raise UnknownPictures([named[reference] for reference in missing])


def read_picture(raw: bytes) -> Picture:
    """The picture as it is kept. Raises NotPicture. Work for the CPU: off the event loop."""
    return picture(raw)


def keep_edited(storage, bank: Bank, version: int, by: str, now: datetime, approval: bool) -> BankVersion:
    """The changed bank as the version after `version`. Raises UseChanged, NewerVersion when another came between."""
    return storage.banks.add(bank, by, now, DRAFT if approval else APPROVED, what="bank-edited", after=version)


def mend_file(raw: bytes, bank_id: str, language: str, topic: str = "", level: str = "") -> bytes:
    """The uploaded workbook with what was found written into it. Raises TooBigToMend, NothingToMend. Work for the CPU."""
    _, found = formats.parse(raw, "xlsx", Given(bank_id, topic=topic, level=level))
    return mended.mend(raw, found, language)


@dataclass(frozen=True)
class Written:
    """A bank's file in pieces; how many questions the format cannot hold, and how many stand in it without their picture."""

    form: formats.Format
    pieces: Iterable[bytes]
    left_out: int
    without_picture: int


def write_bank(storage, bank_id: str, version: int, form: str) -> Written:
    """Raises UnknownBank."""
    bank = storage.banks.get(storage.banks.version(bank_id, version).reference)
    chosen = formats.FORMATS[form]
    if chosen.shows:
        bank = replace(bank, pictures=_to_write(storage, bank))
    return Written(chosen, chosen.pieces(bank), chosen.left_out(bank), chosen.without_picture(bank))


def _to_write(storage, bank: Bank) -> dict[str, Picture]:
    """All of the bank's pictures, or none when they are more than a file may have to be brought back."""
    shown = pictures.shown(bank)
    if storage.pictures.weight(shown) > pictures.MOST_WRITTEN_MB * 2**20:
        return {}
    return {each.reference: each for each in storage.pictures.several(shown)}


def stock(storage, bank_id: str, options: int, several: bool) -> dict:
    """What a blueprint can draw from: usable questions by topic and level. Raises UnknownBank.

    Of the newest approved version, which a contest would be published with; of a draft while there is none.
    """
    version = storage.banks.newest(bank_id, approved=True) or storage.banks.newest(bank_id)
    if version is None:
        raise UnknownBank()
    bank = storage.banks.get(version.reference)
    usable = [question for question in bank.questions if eligible(question, Rules(options=options, several=several))]
    counts = Counter((question.topic, question.level) for question in usable)
    by_level = {slug: {level: counts[slug, level] for level in LEVELS} for slug in bank.topics}
    topics = [{"topic": slug, "name": name, "levels": by_level[slug]} for slug, name in bank.topics.items()]
    about = {"bank_id": bank_id, "version": version.version, "state": version.state, "title": version.title}
    return {**about, "questions": version.size, "usable": len(usable), "topics": topics}
