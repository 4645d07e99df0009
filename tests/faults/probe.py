"""A probe: one small journey, start to score. How long it takes after a fault is the recovery time."""

import random
import time

from hoithi_cli.rehearse.people import Knowledge
from hoithi_cli.trouble import Refused

from .book import Book
from .calendar import Calendar
from .door import GivenUp
from .load import Client, submit

PATIENCE_S = 240
POLL_S = 0.1


class NotRecovered(Exception):
    """The journey did not succeed in time."""


class Probe:
    """Belongs to one person, who does nothing else."""

    def __init__(self, client: Client, calendar: Calendar, knowledge: Knowledge, book: Book):
        self.client, self.calendar, self.knowledge, self.book = client, calendar, knowledge, book

    def journey(self) -> float:
        """Seconds until an attempt begun now is submitted and scored; raises NotRecovered."""
        began = time.monotonic()
        while time.monotonic() < began + PATIENCE_S:
            try:
                if self._once(began + PATIENCE_S):
                    return time.monotonic() - began
            except GivenUp:
                break
            except Refused as refused:
                self.book.count(f"probe refused: {refused.slug}")
            time.sleep(POLL_S)
        raise NotRecovered(f"no journey from start to score within {PATIENCE_S} s")

    def _once(self, end: float) -> bool:
        round_ = self.calendar.current()
        if round_ is None:
            return False
        paper = self.client.call("POST", f"/rounds/{round_.round_id}/attempts")
        sitting = self.book.sit(paper, self.client.user_id)
        answers = {str(question["n"]): random.choice(question["options"])["letter"] for question in paper["questions"]}
        submit(self.client, sitting, answers, 1)
        return self._scored(sitting, end)

    def _scored(self, sitting, end: float) -> bool:
        while time.monotonic() < end:
            found = self._own_scores(sitting.round_id)
            if any(each["attempt_id"] == sitting.attempt_id and each["points"] is not None for each in found):
                return True
            time.sleep(POLL_S)
        return False

    def _own_scores(self, round_id: str) -> list[dict]:
        try:
            return self.client.person.call("GET", "scoring", f"/rounds/{round_id}/mine")["attempts"]
        except Refused:  # scoring has not heard of the round yet
            return []
