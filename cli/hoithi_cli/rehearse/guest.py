"""One person of a rehearsal at the front door: joins, comes by, behaves as they do."""

from collections.abc import Callable
from dataclasses import dataclass

from hoithi_cli.front_door import FrontDoor, Person
from hoithi_cli.platform import Account
from hoithi_cli.rehearse import people
from hoithi_cli.rehearse.journal import Journal, Sitting, Surprise
from hoithi_cli.rehearse.people import Knowledge, Somebody, Visit
from hoithi_cli.trouble import Refused, Unreachable

NOT_ON_PAPER = "999"
TOO_LATE = (403, 409, 410)
PUT_TO_BED = (409, 410)  # the deadline was there first: the server has submitted, or will


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

    def collect(self, sitting: Sitting, round_id: str):
        """The receipt of a paper the server submitted."""
        attempts = self.person.call("GET", "exam", f"/rounds/{round_id}/attempts")["attempts"]
        mine = next((each for each in attempts if each["attempt_id"] == sitting.attempt_id), None)
        if mine and mine.get("receipt"):
            sitting.submitted(mine)
            self.journal.count("receipts of papers the server submitted")

    def _take(self, visit: Visit, round_: Round, turn: int):
        paper = self._start(round_, turn)
        if paper is None:
            return
        chosen = people.answers(paper["questions"], self.knowledge, self.somebody.skill, visit.dice(f"answers {turn}"))
        sitting = self._sit_down(paper, round_, chosen)
        self._save(paper, _first_part(chosen))
        if self.somebody.manner.off_paper:
            self._answer_off_paper(paper, round_)
        if self.somebody.manner.snoops:
            self._snoop(round_)
        if self.somebody.manner.leaves:
            self._leave(paper, chosen, sitting)
            return
        self._submit(paper, chosen, sitting, self._prediction(visit, turn))

    def _start(self, round_: Round, turn: int) -> dict | None:
        try:
            return self.person.call("POST", "exam", f"/rounds/{round_.round_id}/attempts", idempotent=True)
        except Refused as refused:
            if refused.status not in TOO_LATE:
                raise
            self.journal.count("came when the round was already over" if turn == 1 else "had no second attempt")
            return None

    def _sit_down(self, paper: dict, round_: Round, chosen: dict) -> Sitting:
        sitting = Sitting(
            attempt_id=paper["attempt_id"],
            user_id=self.user_id,
            person=self.somebody.index,
            week=round_.week,
            number=paper["number"],
            questions=len(paper["questions"]),
            expected_right=people.score(paper["questions"], chosen, self.knowledge),
        )
        self.journal.began(sitting)
        self.journal.count("attempts started")
        return sitting

    def _save(self, paper: dict, part: dict):
        self.person.call("PUT", "exam", f"/attempts/{paper['attempt_id']}/answers", json={"answers": part})
        self.journal.count("saves")

    def _submit(self, paper: dict, chosen: dict, sitting: Sitting, prediction: int | None):
        body = {"answers": chosen} | ({"prediction": prediction} if prediction is not None else {})
        try:
            first = self._send_submission(paper, body)
        except Refused as refused:
            if refused.status not in PUT_TO_BED:
                raise
            self._deadline_was_first(paper, sitting)
            return
        sitting.submitted(first)
        sitting.prediction = prediction
        self.journal.count("submitted")
        if self.somebody.manner.repeats:
            self._submit_again(paper, body, first, sitting.week)

    def _submit_again(self, paper: dict, body: dict, first: dict, week: int):
        again = self._send_submission(paper, body)
        self.journal.count("submitted twice, same receipt")
        if again.get("receipt") != first.get("receipt"):
            self._surprised(week, "second submission", "another receipt than the first time")

    def _send_submission(self, paper: dict, body: dict) -> dict:
        return self.person.call("POST", "exam", f"/attempts/{paper['attempt_id']}/submit", json=body, idempotent=True)

    def _prediction(self, visit: Visit, turn: int) -> int:
        """Another guess with every attempt; only the first counts."""
        return visit.prediction + 7 * (turn - 1)

    def _leave(self, paper: dict, chosen: dict, sitting: Sitting):
        saved = _first_part(chosen)
        sitting.expected_right = people.score(paper["questions"], saved, self.knowledge)
        self.journal.count("left without submitting")

    def _deadline_was_first(self, paper: dict, sitting: Sitting):
        """A slow machine: what was saved counts, the rest did not arrive."""
        sitting.expected_right = None
        self.journal.count("submitted by the deadline")

    def _come_too_late(self, round_: Round):
        self._refused(TOO_LATE, "came too late, refused", round_.week, lambda: self._start_plain(round_))

    def _start_plain(self, round_: Round):
        self.person.call("POST", "exam", f"/rounds/{round_.round_id}/attempts", idempotent=True)

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
                    lambda method=method, path=path, body=body: self.person.call(method, "exam", f"/attempts/{other}{path}", json=body),
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
