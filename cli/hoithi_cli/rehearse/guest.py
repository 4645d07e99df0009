"""One person of a rehearsal at the front door: joins, comes by, behaves as they do."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from hoithi_cli.front_door import FrontDoor, Person
from hoithi_cli.platform import Account
from hoithi_cli.rehearse import people
from hoithi_cli.rehearse.journal import Journal, Sitting, Surprise
from hoithi_cli.rehearse.people import Knowledge, Somebody, Visit
from hoithi_cli.starting import start_in_turn
from hoithi_cli.trouble import Refused, Unreachable

NOT_ON_PAPER = "999"
NO_PAPER = {
    "round-not-open": "",
    "round-closed": "came when the round was over, unplanned",
    "no-attempts-left": "found no attempt left",
    "no-attempts-left-today": "found no attempt left",
}
OPENING_TRIES, OPENING_WAIT_S = 60, 0.25
THINKING_S = (0.05, 0.6)


@dataclass(frozen=True)
class Round:
    """What a guest needs to know of a round."""

    round_id: str
    week: int


class Guest:
    """Somebody with a session of their own."""

    def __init__(self, somebody: Somebody, door: FrontDoor, knowledge: Knowledge, journal: Journal):
        self.somebody, self.knowledge, self.journal = somebody, knowledge, journal
        self.person = Person(door, Account(somebody.email, somebody.password))
        self._predictions: dict[int, int] = {}

    @property
    def user_id(self) -> str:
        return self.person.user["user_id"]

    def join(self, consents: list[dict]):
        """Join; somebody of an earlier rehearsal with this seed signs in instead."""
        try:
            body = joining(self.somebody, consents)
            self.person.adopt(self.person.door.call("POST", "registration", "/join", json=body, idempotent=True))
            self.journal.count("joined")
        except Refused as refused:
            if refused.status != 409:
                raise
            self.person.sign_in()
            self.journal.count("joined before, signed in")

    def attend(self, visit: Visit, round_: Round):
        """One visit; whatever was not expected becomes a surprise, never an end of the rehearsal."""
        try:
            if self.somebody.manner.too_late:
                self._come_too_late(round_)
                return
            for turn in range(1, visit.attempts + 1):
                self._take(visit, round_, turn)
        except Refused as refused:
            self._surprised(round_.week, "visit", f"{refused.status} {refused.slug}: {refused}")
        except Unreachable as trouble:
            self._surprised(round_.week, "visit", str(trouble))

    def collect(self, sitting: Sitting):
        """The receipt of a paper the server submitted."""
        paper = self.person.call("GET", "exam", f"/attempts/{sitting.attempt_id}")
        if paper.get("submission"):
            sitting.submitted(paper["submission"])
            self.journal.count("receipts of papers the server submitted")
        elif paper["state"] == "void":
            self.journal.withdrew(sitting)

    def _take(self, visit: Visit, round_: Round, turn: int):
        paper = self._start(round_, turn)
        if paper is None:
            return
        chosen = people.answers(paper["questions"], self.knowledge, self.somebody.skill, visit.dice(f"answers {turn}"))
        sitting = self._sit_down(paper, round_)
        try:
            self._work(visit, round_, turn, paper, chosen, sitting)
        except Refused as refused:
            if refused.slug != "time-over":
                raise
            self.journal.count("interrupted by the deadline")

    def _work(self, visit: Visit, round_: Round, turn: int, paper: dict, chosen: dict, sitting: Sitting):
        """Save on the way, misbehave, submit or leave. What is accepted stands in the sitting."""
        saved, thinking = _first_part(chosen), visit.dice(f"thinking {turn}")
        self._save(paper, saved)
        time.sleep(thinking.uniform(*THINKING_S))
        self._given(sitting, paper, saved)
        if self.somebody.manner.off_paper:
            self._answer_off_paper(paper, round_)
        if self.somebody.manner.snoops:
            self._snoop(round_)
        if self.somebody.manner.leaves:
            self.journal.count("left without submitting")
            return
        self._submit(paper, chosen, sitting, self._prediction(visit, turn))

    def _start(self, round_: Round, turn: int) -> dict | None:
        """The paper; the round may take a moment to open; None when it is over or no attempt is left."""
        for _ in range(OPENING_TRIES):
            try:
                return self._start_plain(round_)
            except Refused as refused:
                if refused.slug not in NO_PAPER:
                    raise
                if refused.slug != "round-not-open":
                    self.journal.count(NO_PAPER[refused.slug])
                    return None
            time.sleep(OPENING_WAIT_S)
        self._surprised(round_.week, "start", "the round did not open")
        return None

    def _sit_down(self, paper: dict, round_: Round) -> Sitting:
        sitting = Sitting(
            attempt_id=paper["attempt_id"],
            user_id=self.user_id,
            person=self.somebody.index,
            week=round_.week,
            number=paper["number"],
            questions=len(paper["questions"]),
        )
        self._given(sitting, paper, {})
        self.journal.began(sitting)
        self.journal.count("attempts started")
        return sitting

    def _save(self, paper: dict, part: dict):
        self.person.call(
            "PUT", "exam", f"/attempts/{paper['attempt_id']}/answers", json={"answers": part, "seq": paper["seq"] + 1}
        )
        self.journal.count("saves")

    def _submit(self, paper: dict, chosen: dict, sitting: Sitting, prediction: int):
        body = {"answers": chosen, "prediction": prediction}
        first = self._send_submission(paper, body)
        self._given(sitting, paper, chosen)
        sitting.submitted(first)
        self.journal.count("submitted")
        self._sealed(sitting, first["prediction"]["sealed"], prediction)
        if self.somebody.manner.repeats:
            self._submit_again(paper, body, first, sitting.week)

    def _sealed(self, sitting: Sitting, sealed: int, prediction: int):
        """The first guess of a round is the one that counts, whatever is guessed later."""
        sitting.prediction = sealed
        expected = self._predictions.setdefault(sitting.week, prediction)
        if prediction != expected:
            self.journal.count("another guess, the first one kept")
        if sealed != expected:
            self._surprised(sitting.week, "prediction", f"{expected} was sealed first, {sealed} counts")

    def _submit_again(self, paper: dict, body: dict, first: dict, week: int):
        again = self._send_submission(paper, body)
        self.journal.count("submitted twice, same receipt")
        if again != first:
            self._surprised(week, "second submission", "another answer than the first time")

    def _send_submission(self, paper: dict, body: dict) -> dict:
        return self.person.call("POST", "exam", f"/attempts/{paper['attempt_id']}/submit", json=body, idempotent=True)

    def _prediction(self, visit: Visit, turn: int) -> int:
        """Another guess with every attempt; only the first counts."""
        return visit.prediction + 7 * (turn - 1)

    def _given(self, sitting: Sitting, paper: dict, answers: dict):
        """What the platform has accepted, and the score the question file gives it."""
        sitting.answers = dict(answers)
        sitting.expected_right = people.score(paper["questions"], answers, self.knowledge)

    def _come_too_late(self, round_: Round):
        self._refused((409,), "came too late, refused", round_.week, lambda: self._start_plain(round_))

    def _start_plain(self, round_: Round) -> dict:
        return start_in_turn(self.person, round_.round_id, lambda _: self.journal.count("waited for their turn"), idempotent=True)

    def _answer_off_paper(self, paper: dict, round_: Round):
        self._refused((422,), "answers off the paper, refused", round_.week, lambda: self._save(paper, {NOT_ON_PAPER: "A"}))

    def _snoop(self, round_: Round):
        other = self.journal.somebody_elses(self.user_id, round_.week)
        if other:
            for method, path, body in (("GET", "", None), ("PUT", "/answers", {"answers": {"1": "A"}}), ("POST", "/submit", {})):
                self._refused(
                    (403, 404),
                    "somebody else's attempt, refused",
                    round_.week,
                    lambda method=method, path=path, body=body: self.person.call(
                        method, "exam", f"/attempts/{other}{path}", json=body
                    ),
                )

    def _refused(self, statuses: tuple, counted: str, week: int, action: Callable):
        """The action must be refused with one of the statuses."""
        try:
            action()
        except Refused as refused:
            if refused.status in statuses:
                self.journal.count(counted)
            else:
                self._surprised(week, counted, f"{refused.status} {refused}")
            return
        self._surprised(week, counted, "it was accepted")

    def _surprised(self, week: int, step: str, answer: str):
        self.journal.surprise(Surprise(week, self.somebody.index, self.somebody.behaviour, step, answer))


def joining(somebody: Somebody, consents: list[dict]) -> dict:
    """The body of /join."""
    return {
        "name": somebody.name,
        "birth_date": somebody.birth_date,
        "email": somebody.email,
        "password": somebody.password,
        "division": somebody.division,
        "unit_id": somebody.unit_id,
        "language": "vi",
        "consents": consents,
    }


def _first_part(chosen: dict) -> dict:
    """What is saved on the way: the first half of the answers."""
    return dict(list(chosen.items())[: (len(chosen) + 1) // 2])
