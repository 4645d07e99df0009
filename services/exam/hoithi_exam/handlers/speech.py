"""Languages of question banks: add what a translator made, say a paper in one."""

from hoithi_exam.domain.sound import Sound, sound
from hoithi_exam.domain.speech import Script, SpeechNotFitting, Spoken, fitting, in_language, script
from hoithi_exam.handlers.attempts import show_attempt


def read_sound(raw: bytes) -> Sound:
    """The audio file as it is kept. Raises NotSound. Work for the CPU: off the event loop."""
    return sound(raw)


def keep_sound(storage, kept: Sound) -> Sound:
    """The same file again stays what it is."""
    storage.sounds.keep(kept)
    return kept


def add_language(storage, bank_id: str, version: int, code: str, body: dict) -> Script:
    """What a translator made, question by question. Raises UnknownBank, SpeechNotFitting."""
    bank = storage.banks.get(f"{bank_id}:{version}")
    said = {each["id"]: _spoken(each) for each in body["questions"]}
    found = fitting(bank, code, said)
    _require_sounds(storage, said)
    return script(bank, storage.languages.add(bank_id, code, body["name"], found))


def show_language(storage, bank_id: str, version: int, code: str) -> Script:
    """What there is, also when that is nothing yet. Raises UnknownBank."""
    return script(storage.banks.get(f"{bank_id}:{version}"), storage.languages.get(bank_id, code))


def paper_languages(storage, round_, division: str) -> tuple[Script, ...]:
    """In what languages a division's papers can be read or heard; remembered."""
    return storage.scripts.of(round_.banks[division])


def paper_in_language(storage, user_id: str, attempt_id: str, code: str):
    """(script, paper) of an own attempt. Raises UnknownLanguage."""
    attempt, paper, round_ = show_attempt(storage, user_id, attempt_id)
    return in_language(paper_languages(storage, round_, attempt.division), code), paper


def _spoken(given: dict) -> Spoken:
    options = tuple(given["options"]) if any(given["options"]) else ()
    sounds = tuple(given["option_sounds"]) if any(given["option_sounds"]) else ()
    return Spoken(given["text"], options, given["sound"], sounds)


def _require_sounds(storage, said: dict[str, Spoken]) -> None:
    missing = storage.sounds.missing(sound for each in said.values() for sound in each.sounds)
    reasons = {f"questions.{name}": "unknown-sound" for name, each in said.items() if each.sounds & missing}
    if reasons:
        raise SpeechNotFitting(reasons)
