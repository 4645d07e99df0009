"""Languages of banks. One document per bank and language."""

from collections.abc import Mapping
from dataclasses import asdict

from pymongo import ASCENDING

from hoithi_exam.domain.speech import Language, Script, Spoken, script
from hoithi_exam.storage.banks import Banks
from hoithi_exam.storage.memory import Memory

HEAD = {"questions": 0}


class Languages:
    """What is added to a language replaces the same questions only: older versions of the bank keep theirs."""

    def __init__(self, database):
        self.collection = database["languages"]

    def ensure_indexes(self) -> None:
        self.collection.create_index([("bank_id", ASCENDING), ("code", ASCENDING)], name="of_bank", unique=True)

    def heads(self, bank_id: str) -> list[Language]:
        """The bank's languages without their questions."""
        return [_language(found) for found in self.collection.find({"bank_id": bank_id}, HEAD).sort("code", ASCENDING)]

    def get(self, bank_id: str, code: str) -> Language:
        """The language; an empty one when there is none."""
        found = self.collection.find_one({"_id": f"{bank_id}:{code}"})
        return _language(found) if found else Language(bank_id, code, code)

    def sounds(self) -> set[str]:
        """References of what any language of any bank says."""
        found = self.collection.aggregate(
            [
                {"$project": {"said": {"$objectToArray": "$questions"}}},
                {"$unwind": "$said"},
                {"$project": {"sound": {"$concatArrays": [["$said.v.sound"], "$said.v.option_sounds"]}}},
                {"$unwind": "$sound"},
                {"$group": {"_id": "$sound"}},
            ]
        )
        return {each["_id"] for each in found} - {""}

    def add(self, bank_id: str, code: str, name: str, said: Mapping[str, Spoken]) -> Language:
        """Keep how questions are said, by their words; what is empty is taken away."""
        kept = {f"questions.{words}": asdict(each) for words, each in said.items() if not each.is_empty}
        gone = {f"questions.{words}": "" for words, each in said.items() if each.is_empty}
        update = {"$set": {"bank_id": bank_id, "code": code, "name": name, **kept}, "$inc": {"revision": 1}}
        self.collection.update_one({"_id": f"{bank_id}:{code}"}, update | ({"$unset": gone} if gone else {}), upsert=True)
        return self.get(bank_id, code)


def _language(found: dict) -> Language:
    questions = {words: _spoken(said) for words, said in found.get("questions", {}).items()}
    return Language(found["bank_id"], found["code"], found["name"], found["revision"], questions)


def _spoken(said: dict) -> Spoken:
    return Spoken(said["text"], tuple(said["options"]), said["sound"], tuple(said["option_sounds"]))


class Scripts:
    """The languages of frozen banks, laid out; looked up again after `seconds`, laid out again when one was added to."""

    def __init__(self, banks: Banks, languages: Languages, seconds: float):
        self.banks, self.languages = banks, languages
        self.known, self.made = Memory(seconds), Memory()

    def of(self, reference: str) -> tuple[Script, ...]:
        """Those of "bank:version"; most banks have none. Raises UnknownBank."""
        return self.known.get(reference, lambda: tuple(self._script(reference, head) for head in self._heads(reference)))

    def _heads(self, reference: str) -> list[Language]:
        return self.languages.heads(reference.rpartition(":")[0])

    def _script(self, reference: str, head: Language) -> Script:
        return self.made.get((reference, head.code, head.revision), lambda: self._lay_out(reference, head))

    def _lay_out(self, reference: str, head: Language) -> Script:
        return script(self.banks.get(reference), self.languages.get(head.bank_id, head.code))
