"""What stands beside the papers that count: practice, and questions in other languages and aloud."""

from eventlet import tpool

from hoithi_bus.http import Reply, door, dump
from hoithi_exam.domain.sound import MOST_KB
from hoithi_exam.handlers import practice, speech
from hoithi_exam.schemas import answers, papers, requests

ORGANISER = ("organiser",)
LANGUAGE_LIMIT = 512 * 1024
SOUND_TYPES = ("audio/ogg", "audio/mpeg", "audio/mp4", "audio/wav")
FOR_EVER, A_WHILE = "public, max-age=31536000, immutable", "public, max-age=60"


class BesideDoors:
    """None of these doors is needed to start, save or submit. `storage` is that of `Doors`."""

    # Languages of a bank

    @door(
        "POST",
        "/banks/<bank_id>/sounds",
        who=ORGANISER,
        body=bytes,
        answer=answers.SoundAnswer,
        status=201,
        limit=MOST_KB * 1024,
        consumes=SOUND_TYPES,
        summary="Keep an audio file: Opus, MP3, M4A or WAV, at most 900 KB",
    )
    def keep_sound(self, call, bank_id):
        """Tags are dropped: they may tell which option a file was made for. The same file again gives the same reference."""
        call.claims.require("organiser", "contest", bank_id)
        kept = speech.keep_sound(self.storage, tpool.execute(speech.read_sound, call.raw))
        return {"sound": kept.reference, "content_type": kept.content_type}

    @door("GET", "/sounds/<reference>", who="anyone", produces="audio/ogg", summary="An audio file; never changes")
    def show_sound(self, call, reference):
        found = self.storage.sounds.get(reference)
        return Reply(found.body, content_type=found.content_type, headers={"Cache-Control": FOR_EVER})

    @door(
        "PUT",
        "/banks/<bank_id>/versions/<int:version>/languages/<code>",
        who=ORGANISER,
        body=requests.LanguagePart,
        limit=LANGUAGE_LIMIT,
        summary="Add translations and audio files of a version's questions",
    )
    def add_language(self, call, bank_id, version, code):
        """They hold in every version of the bank that asks the same, word for word."""
        call.claims.require("organiser", "contest", bank_id)
        known = self.storage.banks.version(bank_id, version)
        return answers.language(speech.add_language(self.storage, bank_id, version, code, call.body), known)

    @door(
        "GET",
        "/banks/<bank_id>/versions/<int:version>/languages/<code>",
        who=ORGANISER,
        query=requests.Page,
        summary="What a version has in a language",
    )
    def show_language(self, call, bank_id, version, code):
        call.claims.require("organiser", "contest", bank_id)
        known = self.storage.banks.version(bank_id, version)
        found = speech.show_language(self.storage, bank_id, version, code)
        said = sorted(name for name in found.questions if name > call.query.get("after", ""))
        limit = call.query["limit"]
        return {
            **answers.language(found, known),
            "page": [answers.said(name, found.questions[name]) for name in said[:limit]],
            "next": said[limit - 1] if len(said) > limit else None,
        }

    # Practice

    @door(
        "GET",
        "/contests/<contest_id>/practice/<int:number>",
        who="anyone",
        answer=papers.PracticeAnswer,
        summary="A practice paper with its answers; nothing is kept",
    )
    def show_practice(self, call, contest_id, number):
        """The same for everybody. Its questions are in no paper that counts."""
        return self._practice((contest_id, number), lambda: _practice_paper(self.storage, contest_id, number))

    @door(
        "GET",
        "/contests/<contest_id>/practice/<int:number>/languages/<code>",
        who="anyone",
        answer=papers.SpokenPaper,
        summary="A practice paper in another language, or aloud",
    )
    def show_practice_in_language(self, call, contest_id, number, code):
        found = practice.practice_in_language
        return self._practice((contest_id, number, code), lambda: _spoken(code, *found(self.storage, contest_id, number, code)))

    def _practice(self, key, make):
        body = self.storage.practices.get(key, make)
        return Reply(body, content_type="application/json", headers={"Cache-Control": A_WHILE})

    # Papers that count

    @door(
        "GET",
        "/attempts/<attempt_id>/languages/<code>",
        who="person",
        answer=papers.SpokenPaper,
        summary="The paper of an own attempt in another language, or aloud",
    )
    def show_attempt_in_language(self, call, attempt_id, code):
        """For who asks for it: the paper itself only says which languages there are."""
        found = speech.paper_in_language(self.storage, call.claims.user_id, attempt_id, code)
        return Reply(_spoken(code, *found), content_type="application/json")


def _practice_paper(storage, contest_id: str, number: int) -> bytes:
    return dump(papers.practice(*practice.practice_paper(storage, contest_id, number)))


def _spoken(code: str, script, paper) -> bytes:
    return b'{"language":%b,"questions":%b}' % (dump(code), script.rendered(paper))
