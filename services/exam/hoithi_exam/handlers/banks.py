"""Question banks: read a file, keep it as a version."""

from datetime import datetime

from hoithi_exam.domain.bank import Bank, Finding, check, excel, text
from hoithi_exam.domain.versions import BankRefused, BankVersion, OtherBank


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


def try_bank(storage, bank: Bank) -> None:
    """What keeping it would refuse. Raises UseChanged."""
    storage.banks.require_same_use(bank)


def keep_bank(storage, bank: Bank, by: str, now: datetime) -> BankVersion:
    """The bank as a version; the same content as the newest one stays that version. Raises UseChanged."""
    return storage.banks.add(bank, by, now)
