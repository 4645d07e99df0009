"""Who gains and loses by another key: asked by an organiser, found where it holds up nobody."""

import secrets
from collections.abc import Callable
from datetime import datetime

from hoithi_scoring.domain import preview, prizes
from hoithi_scoring.domain.preview import Preview
from hoithi_scoring.domain.ranking import rank
from hoithi_scoring.domain.refusals import Outpaced, PreviewUnknown, QuestionUnknown
from hoithi_scoring.domain.rounds import Round

TELL_EVERY = 5000


def ask(storage, claims, round_id: str, question_id: str, right: str, now: datetime) -> Preview:
    """A question for the worker. Raises RoundUnknown, QuestionUnknown."""
    round = storage.rounds.get(round_id)
    claims.require("organiser", "contest", round.contest_id)
    if question_id not in _keys(storage, round_id)[1]:
        raise QuestionUnknown(question_id)
    return storage.previews.ask(Preview(secrets.token_hex(12), round_id, question_id, right, claims.user_id, now))


def show(storage, claims, round_id: str, preview_id: str) -> dict:
    """How far it is, and what was found. Raises RoundUnknown, PreviewUnknown."""
    round, found = storage.rounds.get(round_id), storage.previews.get(preview_id)
    claims.require("organiser", "contest", round.contest_id)
    if found.round_id != round_id:
        raise PreviewUnknown(preview_id)
    outdated = found.state == "done" and found.keys_version != round.keys_version
    return {**vars(found), "outdated": outdated, "found": found.found and _named(storage, found.found)}


def _named(storage, found: dict) -> dict:
    """With the winners' names as they are shown in results."""
    users = [user for prize in found["prizes"] for user in (prize["before"], prize["after"]) if user]
    people = storage.people.shown(users)
    return {**found, "prizes": [{**prize, **_sides(prize, people)} for prize in found["prizes"]]}


def _sides(prize: dict, people: dict) -> dict:
    return {side: prize[side] and {"name": people.get(prize[side], {}).get("name")} for side in ("before", "after")}


def _keys(storage, round_id: str) -> tuple[int, dict]:
    return storage.rounds.key_tables([round_id]).get(round_id, (0, {}))


def find_out(storage, preview_id: str, beat: Callable[[], bool], attempts: Callable, now: datetime) -> None:
    """Score with both keys, rank twice, compare. `attempts(round)`: (its scored attempts, users by pseudonym)."""
    asked = storage.previews.get(preview_id)
    round, (version, keys) = storage.rounds.get(asked.round_id), _keys(storage, asked.round_id)
    changes = list(_changes(storage, asked, keys, beat))
    other = {(change.person, change.number): change.after for change in changes}
    invalid = storage.decisions.invalidated(round.round_id)
    before, old = _ranked(round, invalid, attempts)
    after, new = _ranked(round, invalid, attempts, lambda attempt: preview.replaced(attempt, other))
    found = {**preview.difference(changes, before, after), "prizes": preview.moved_prizes(old, new)}
    storage.previews.answer(preview_id, version, found)


def _changes(storage, asked: Preview, keys: dict, beat: Callable[[], bool]):
    other = preview.with_key(keys, asked.question_id, asked.right)
    total = storage.attempts.count(asked.round_id)
    for done, paper in enumerate(storage.attempts.papers(asked.round_id), 1):
        if done % TELL_EVERY == 0:
            storage.previews.progress(asked.preview_id, done, total)
            if not beat():
                raise Outpaced(asked.round_id)
        if asked.question_id in paper.questions and (change := preview.rescored(*paper, keys, other)):
            yield change
    storage.previews.progress(asked.preview_id, total, total)


def _ranked(round: Round, invalid, attempts: Callable, changed: Callable = lambda attempt: attempt):
    scored, users = attempts(round)
    ranking = rank(map(changed, scored), round.rules, invalid)
    return ranking, prizes.awards(round.round_id, ranking.rows, round.rules, users)
