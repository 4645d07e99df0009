"""Looking at a bank's version: its questions, what it covers, what is different in it.

`beside(function, *args)` runs work for the CPU off the event loop. Never anything that reads the database: its connections
belong to the loop.
"""

from collections.abc import Callable

from hoithi_exam.domain.bank import Question, difference
from hoithi_exam.domain.bank.check import matrix
from hoithi_exam.domain.bank.difference import Change
from hoithi_exam.domain.bank.search import Wish
from hoithi_exam.domain.speech import Script, script
from hoithi_exam.domain.versions import BankVersion

Compared = tuple[BankVersion | None, list[Change], dict]


def search(storage, version: BankVersion, query: dict, beside: Callable) -> list[Question]:
    """The questions that are looked for, by id. `query`: as requests.Search."""
    about = {name: query.get(name, "") for name in ("topic", "level", "use")}
    wish = Wish(query.get("q", ""), **about, ids=_wanted(storage, version, query))
    return beside(storage.banks.catalogue(version.reference).found, wish)


def _wanted(storage, version: BankVersion, query: dict) -> set[str] | None:
    named = set(query["ids"].split(",")) if "ids" in query else None
    if "lacks" not in query:
        return named
    bank, language = storage.banks.get(version.reference), storage.languages.get(version.bank_id, query["lacks"])
    lacking = {question.id for question in bank.questions} - set(script(bank, language).questions)
    return lacking if named is None else lacking & named


def overview(storage, version: BankVersion) -> tuple[list[dict], list[Script]]:
    """Questions by topic and level, and what there is in each language of the bank."""
    bank = storage.banks.get(version.reference)
    languages = (storage.languages.get(version.bank_id, head.code) for head in storage.languages.heads(version.bank_id))
    return matrix(bank), [script(bank, language) for language in languages]


def changes(storage, version: BankVersion, against: int | None, beside: Callable) -> Compared:
    """The version compared with, what is different, the gravest first, and what was renamed. Raises UnknownBank.

    Unless another version is named it is compared with the newest approved one before it: so nothing that no second person has
    seen is passed over, and without any everything is new.
    """
    other = storage.banks.version(version.bank_id, against) if against else storage.banks.approved_before(version)
    before, after = other and storage.banks.get(other.reference), storage.banks.get(version.reference)
    return other, beside(difference.changes, before, after), difference.renamed(before, after)
