"""Practice, languages and audio as people meet them."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from exam.making import MINUTE, bank, question, rules
from exam.test_domain_sound import SECRET, mp3, tagged_wav
from hoithi_contracts.fields import wire_instant
from hoithi_exam.domain.bank import Bank, text
from hoithi_exam.domain.rules import plain
from hoithi_exam.domain.versions import UseChanged
from hoithi_exam.handlers.banks import keep_edited
from hoithi_exam.handlers.clock import tick
from hoithi_exam.service import Doors

ORGANISER = ("organiser:contest:*",)
LANGUAGE = "/banks/bank/versions/1/languages/tyz"


@pytest.fixture
def client(clean, serve):
    return serve(Doors).client


@pytest.fixture
def organiser(auth):
    return auth("boss", roles=ORGANISER)


@pytest.fixture
def me(auth):
    return auth("u1")


def with_practice(count: int = 12) -> Bank:
    more = tuple(replace(question(900 + n, right="abcd"[n % 4]), id=f"lt-{n:02}", practice=True) for n in range(count))
    return replace(bank(), questions=bank().questions + more)


@pytest.fixture
def imported(client, organiser):
    """`imported(bank)`: the answer to its import."""

    def take(found: Bank, **query):
        header = {**organiser, "Content-Type": "text/plain"}
        return client.post("/banks/bank", content=text.write(found).encode(), params=query, headers=header)

    return take


@pytest.fixture
def approve(client, auth):
    """`approve(version)`: a second organiser approves it."""
    second = auth("second", roles=ORGANISER)

    def agree(version: int = 1):
        answer = client.post(f"/banks/bank/versions/{version}/approve", json={}, headers=second)
        assert answer.status_code == 200, answer.text

    return agree


@pytest.fixture
def running(client, organiser, imported, approve, storage):
    """`running(bank)`: a published contest "hg" whose round is open."""

    def make(found: Bank | None = None, publish: bool = True):
        assert imported(found or with_practice()).status_code == 201
        approve()
        now = datetime.now(UTC)
        window = {"opens_at": wire_instant(now - timedelta(seconds=1)), "closes_at": wire_instant(now + 60 * MINUTE)}
        body = {"contest_id": "hg", "title": "Cuộc thi", "rules": plain(rules()), "rounds": [window]}
        assert client.post("/contests", json=body, headers=organiser).status_code == 201
        if publish:
            assert client.post("/contests/hg/publish", headers=organiser).status_code == 200
            tick(storage, datetime.now(UTC))

    return make


@pytest.fixture
def sent(client, organiser):
    """`sent(raw)`: the reference of an audio file."""

    def send(raw: bytes) -> str:
        answer = client.post("/banks/bank/sounds", content=raw, headers={**organiser, "Content-Type": "audio/wav"})
        assert answer.status_code == 201, answer.text
        return answer.json()["sound"]

    return send


def refused(answer, status: int, slug: str) -> dict:
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    assert answer.json()["type"] == f"/problems/{slug}"
    return answer.json()


# Practice


def test_anybody_gets_a_practice_paper_with_its_answers_and_nothing_is_kept(client, running, database):
    running()
    before = {name: database[name].count_documents({}) for name in database.list_collection_names()}
    answer = client.get("/contests/hg/practice/1")
    assert answer.headers["cache-control"] == "public, max-age=60"
    paper = answer.json()
    asked = {each.text: each for each in with_practice().questions if each.practice}
    assert len(paper["questions"]) == 10
    for each in paper["questions"]:
        known, letters = asked[each["text"]], {option["text"]: option["letter"] for option in each["options"]}
        assert each["right"] == letters[known.options["abcd".index(known.right)]] and each["why"] == known.why
    assert client.get("/contests/hg/practice/1").content == answer.content
    assert {name: database[name].count_documents({}) for name in database.list_collection_names()} == before


def test_a_contest_and_its_rounds_say_how_many_practice_papers_there_are(client, running):
    running()
    assert client.get("/contests/hg").json()["practice_papers"] == 5
    assert client.get("/rounds/hg-w1").json()["practice_papers"] == 5


def test_without_practice_questions_there_is_nothing_to_practise(client, running):
    running(bank())
    assert client.get("/contests/hg").json()["practice_papers"] == 0
    refused(client.get("/contests/hg/practice/1"), 404, "unknown-practice")


def test_a_draft_cannot_be_practised(client, running):
    running(publish=False)
    refused(client.get("/contests/hg/practice/1"), 404, "unknown-contest")
    refused(client.get("/contests/hg/practice/x"), 404, "no-such-page")


def test_no_paper_that_counts_has_a_practice_question(client, running, auth):
    running()
    for n in range(8):
        paper = client.post("/rounds/hg-w1/attempts", headers=auth(f"u{n}")).json()
        assert not {each["text"] for each in paper["questions"]} & {each.text for each in with_practice().questions[24:]}


def test_a_question_never_changes_between_practice_and_real(client, imported, running):
    running()
    turned = replace(bank(), questions=tuple(replace(each, practice=each.id == "q001") for each in bank().questions))
    for query in ({}, {"dry_run": "true"}):
        told = refused(imported(turned, **query), 422, "use-changed")
        assert told["errors"][0]["field"] == "question q001"
    # Also when the question was not in the versions between.
    assert imported(bank(6)).status_code == 201
    real = replace(bank(), questions=(*bank().questions, replace(with_practice().questions[-1], practice=False)))
    assert refused(imported(real), 422, "use-changed")["errors"][0]["field"] == "question lt-11"


def test_practice_is_drawn_from_what_a_second_person_approved(client, running, imported, approve):
    running(bank())
    assert imported(with_practice()).json()["state"] == "draft"
    refused(client.get("/contests/hg/practice/1"), 404, "unknown-practice")
    approve(2)
    assert len(client.get("/contests/hg/practice/1").json()["questions"]) == 10


def test_a_changed_question_stays_practice_or_real(client, organiser, running, storage):
    running()
    body = {"questions": [{"id": each, "text": "Câu hỏi mới?"} for each in ("lt-00", "q001")]}
    path = "/banks/bank/versions/1/changes"
    assert client.post(path, json=body, headers=organiser).status_code == 201
    use = {each.id: each.practice for each in storage.banks.get("bank:2").questions if each.text == "Câu hỏi mới?"}
    assert use == {"lt-00": True, "q001": False}
    turned = {"questions": [{"id": "lt-00", "practice": False}]}
    assert client.post("/banks/bank/versions/2/changes", json=turned, headers=organiser).status_code == 422
    real = replace(with_practice(), questions=tuple(replace(each, practice=False) for each in with_practice().questions))
    with pytest.raises(UseChanged):
        keep_edited(storage, real, 2, "boss", datetime.now(UTC), approval=True)


def test_practice_questions_have_no_place_in_aiken_and_are_counted(client, organiser, running):
    running()
    found = client.get("/banks/bank/versions/1/export", params={"format": "aiken"}, headers=organiser)
    assert found.headers["x-left-out"] == "12" and found.text.count("ANSWER:") == 24


def test_a_key_of_a_practice_question_is_not_a_rounds_to_correct(client, organiser, running):
    running()
    body = {"question_id": "lt-00", "right": "b", "reason": "sửa"}
    refused(client.post("/rounds/hg-w1/keys", json=body, headers=organiser), 404, "unknown-question")


def test_versions_made_before_there_was_practice_stay_the_same(imported, storage):
    assert imported(bank()).status_code == 201
    assert "practice" not in storage.banks.collection.find_one({"_id": "bank:1"})["questions"][0]
    assert imported(bank()).status_code == 200


# Languages and audio


def said(question_id: str, sound: str = "", **more) -> dict:
    return {"id": question_id, "sound": sound, **more}


def translated(question_id: str) -> dict:
    return said(question_id, text=f"Tày {question_id}?", options=[f"tày {question_id}.{n}" for n in range(1, 5)])


def test_an_audio_file_is_kept_without_its_tags_and_served_for_ever(client, sent):
    reference = sent(tagged_wav())
    assert sent(tagged_wav()) == reference
    found = client.get(f"/sounds/{reference}")
    assert (found.status_code, found.headers["content-type"]) == (200, "audio/wav")
    assert "immutable" in found.headers["cache-control"] and "max-age=31536000" in found.headers["cache-control"]
    assert SECRET not in found.content and found.content.startswith(b"RIFF")
    refused(client.get(f"/sounds/{'x' * 16}"), 404, "unknown-sound")


def test_what_is_no_audio_or_too_big_is_refused(client, organiser, auth):
    header = {**organiser, "Content-Type": "audio/mpeg"}
    refused(client.post("/banks/bank/sounds", content=b"<html>", headers=header), 422, "not-sound")
    assert client.post("/banks/bank/sounds", content=mp3() * 1200, headers=header).status_code == 413
    stranger = auth("b2", roles=("organiser:contest:other",))
    refused(client.post("/banks/bank/sounds", content=mp3(), headers=stranger), 403, "not-allowed")


def test_a_paper_without_languages_says_nothing_of_them(client, me, running):
    running()
    started = client.post("/rounds/hg-w1/attempts", headers=me)
    assert "languages" not in started.json()
    refused(client.get(f"/attempts/{started.json()['attempt_id']}/languages/tyz", headers=me), 404, "unknown-language")


def test_a_translated_paper_can_be_read_and_heard_in_the_order_it_is_shown(client, me, auth, organiser, running, sent):
    running()
    sounds = [sent(tagged_wav() + bytes(n)) if n == 0 else sent(mp3() + bytes(n)) for n in range(5)]
    everything = [translated(each.id) | {"sound": sounds[0], "option_sounds": sounds[1:]} for each in bank().questions]
    told = client.put(LANGUAGE, json={"name": "Tày", "questions": everything}, headers=organiser)
    assert (told.status_code, told.json()["texts"], told.json()["sounds"]) == (200, 24, 24), told.text

    paper = client.post("/rounds/hg-w1/attempts", headers=me).json()
    assert paper["languages"] == [{"code": "tyz", "name": "Tày", "texts": True, "sounds": True}]
    assert set(paper["questions"][0]) == {"n", "text", "several", "options"}
    url = f"/attempts/{paper['attempt_id']}/languages/tyz"
    found = client.get(url, headers=me).json()
    known = {each.text: each for each in bank().questions}
    for shown, each in zip(paper["questions"], found["questions"], strict=True):
        asked = known[shown["text"]]
        places = [asked.options.index(option["text"]) for option in shown["options"]]
        assert each["text"] == f"Tày {asked.id}?" and each["sound"] == sounds[0]
        assert [option["text"] for option in each["options"]] == [f"tày {asked.id}.{place + 1}" for place in places]
        assert [option["sound"] for option in each["options"]] == [sounds[1 + place] for place in places]
    refused(client.get(url, headers=auth("u2")), 403, "not-your-attempt")
    refused(client.get(url), 401, "not-signed-in")


def test_practice_can_be_read_in_the_language_too(client, organiser, running):
    running()
    client.put(LANGUAGE, json={"name": "Tày", "questions": [translated(f"lt-{n:02}") for n in range(12)]}, headers=organiser)
    assert client.get("/contests/hg/practice/2").json()["languages"][0]["code"] == "tyz"
    found = client.get("/contests/hg/practice/2/languages/tyz").json()
    assert [each["n"] for each in found["questions"]] == list(range(1, 11))
    refused(client.get("/contests/hg/practice/2/languages/hmn"), 404, "unknown-language")


def test_a_translation_grows_part_by_part_and_can_be_taken_away(client, organiser, running):
    running()
    for part in ([translated("q001")], [translated("q002")]):
        client.put(LANGUAGE, json={"name": "Tày", "questions": part}, headers=organiser)
    assert [each["id"] for each in client.get(LANGUAGE, headers=organiser).json()["page"]] == ["q001", "q002"]
    client.put(LANGUAGE, json={"name": "Tày", "questions": [{"id": "q001"}]}, headers=organiser)
    found = client.get(LANGUAGE, params={"limit": 1}, headers=organiser).json()
    assert (found["texts"], [each["id"] for each in found["page"]], found["next"]) == (1, ["q002"], None)


def test_a_new_version_keeps_the_translations_of_what_it_asks_unchanged(client, organiser, running, imported):
    running()
    client.put(LANGUAGE, json={"name": "Tày", "questions": [translated("q001"), translated("q002")]}, headers=organiser)
    first, *others = with_practice().questions
    imported(replace(with_practice(), questions=(replace(first, text="Câu hỏi mới?"), *others)))
    shown = client.get("/banks/bank/versions/2/languages/tyz", headers=organiser).json()
    assert [each["id"] for each in shown["page"]] == ["q002"]


def test_a_translation_that_does_not_fit_is_refused_with_its_places(client, organiser, running):
    running()
    body = {"name": "Tày", "questions": [said("q999", "x" * 16), said("q001", text="chỉ câu hỏi")]}
    told = refused(client.put(LANGUAGE, json=body, headers=organiser), 422, "speech-not-fitting")
    assert {each["field"]: each["code"] for each in told["errors"]} == {
        "questions.q999": "unknown-question",
        "questions.q001": "half-translated",
    }
    body = {"name": "Tày", "questions": [said("q001", "x" * 16)]}
    told = refused(client.put(LANGUAGE, json=body, headers=organiser), 422, "speech-not-fitting")
    assert told["errors"][0]["code"] == "unknown-sound"
    assert client.get(LANGUAGE, headers=organiser).json()["page"] == []
    refused(client.put("/banks/bank/versions/9/languages/tyz", json=body, headers=organiser), 404, "unknown-bank")


def test_only_organisers_of_the_bank_see_or_add_a_language(client, running, auth, me):
    running()
    stranger = auth("b2", roles=("organiser:contest:other",))
    for header in (me, stranger):
        refused(client.put(LANGUAGE, json={"name": "Tày", "questions": []}, headers=header), 403, "not-allowed")
        refused(client.get(LANGUAGE, headers=header), 403, "not-allowed")


def test_references_in_a_paper_tell_no_place(client, me, organiser, running, sent):
    """The same file for every option: were there anything of the place in a reference, they would differ."""
    running()
    one = sent(mp3())
    everything = [said(each.id, one, option_sounds=[one] * 4) for each in bank().questions]
    client.put(LANGUAGE, json={"name": "Tày", "questions": everything}, headers=organiser)
    paper = client.post("/rounds/hg-w1/attempts", headers=me).json()
    found = client.get(f"/attempts/{paper['attempt_id']}/languages/tyz", headers=me).json()
    assert {option["sound"] for each in found["questions"] for option in each["options"]} == {one}
    assert not any(each.id in json.dumps(found) for each in bank().questions)
