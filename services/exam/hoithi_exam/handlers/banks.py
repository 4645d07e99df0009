"""Question banks: read a file, keep it as a version."""

from collections import Counter
from datetime import datetime

from hoithi_exam.domain.bank import LEVELS, Bank, Finding, check, excel, text
from hoithi_exam.domain.paper import eligible
from hoithi_exam.domain.rules import Rules
from hoithi_exam.domain.versions import BankRefused, BankVersion, OtherBank, UnknownBank


def read_bank(raw: bytes, form: str, bank_id: str) -> tuple[Bank | None, list[Finding]]:
    """The bank in a file and what was found in it; None when it has errors. Work for the CPU: off the event loop.

    A spreadsheet need not name its bank: then it is `bank_id`.
    """
    bank, found = text.parse(raw) if form == "text" else excel.parse(raw, bank_id=bank_id)
    return bank, check.check(bank) if bank else found


def require_bank(bank: Bank | None, found: list[Finding], bank_id: str, language: str) -> Bank:
    """Raises BankRefused, OtherBank."""
    if bank is None:
        raise BankRefused(found, language)
    if bank.id != bank_id:
        raise OtherBank(bank.id)
    return bank


def keep_bank(storage, bank: Bank, by: str, now: datetime) -> BankVersion:
    """The bank as a version; the same content as the newest one stays that version."""
    return storage.banks.add(bank, by, now)


def stock(storage, bank_id: str, options: int, several: bool) -> dict:
    """What a blueprint can draw from: the usable questions of the newest version by topic and level. Raises UnknownBank."""
    newest = storage.banks.newest(bank_id)
    if newest is None:
        raise UnknownBank()
    bank = storage.banks.get(newest.reference)
    usable = [question for question in bank.questions if eligible(question, Rules(options=options, several=several))]
    counts = Counter((question.topic, question.level) for question in usable)
    by_level = {slug: {level: counts[slug, level] for level in LEVELS} for slug in bank.topics}
    topics = [{"topic": slug, "name": name, "levels": by_level[slug]} for slug, name in bank.topics.items()]
    about = {"bank_id": bank_id, "version": newest.version, "title": newest.title, "questions": newest.size}
    return {**about, "usable": len(usable), "topics": topics}
