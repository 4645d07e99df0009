"""A steady load of real journeys: start, save, change one's mind, submit or leave, again and again."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event, Lock

from hoithi_cli import setting_up
from hoithi_cli.front_door import Person
from hoithi_cli.platform import Account
from hoithi_cli.rehearse import people
from hoithi_cli.rehearse.guest import joining
from hoithi_cli.rehearse.people import Knowledge, Somebody
from hoithi_cli.starting import start_in_turn
from hoithi_cli.trouble import Refused

from .book import Book, Sitting
from .calendar import Calendar, Round
from .door import GivenUp, StubbornDoor

THINKING_S = (0.02, 0.4)
LEAVES = 0.12
CHANGES_THE_MIND = 0.25
REPEATS = 0.1
OVER = ("round-closed", "round-not-open", "time-over", "already-submitted")


@dataclass
class Client:
    """One person with a session."""

    somebody: Somebody
    person: Person
    ready_at: float = 0.0
    prediction: dict[str, int] = field(default_factory=dict)

    @property
    def user_id(self) -> str:
        return self.person.user["user_id"]

    def call(self, method: str, path: str, json=None) -> dict:
        return self.person.call(method, "exam", path, json=json)


def join(door: StubbornDoor, somebody: Somebody, consents: list[dict]) -> Client:
    """Joins; who joined in an earlier run signs in."""
    person = Person(door, Account(somebody.email, somebody.password))
    try:
        person.adopt(door.call("POST", "registration", "/join", json=joining(somebody, consents)))
    except Refused as refused:
        if refused.status != 409:
            raise
        person.sign_in()
    return Client(somebody, person)


def join_all(door: StubbornDoor, count: int, seed: int) -> list[Client]:
    """`count` people of the demonstration's units."""
    crowd = people.crowd(count, seed, setting_up.places(door))
    consents = setting_up.required_consents(door)
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(lambda somebody: join(door, somebody, consents), crowd))


class Load:
    """Threads that let one person after the other take a paper, until `stop`."""

    def __init__(self, clients: list[Client], calendar: Calendar, knowledge: Knowledge, book: Book, seed: int, threads: int = 6):
        self.waiting, self.calendar, self.knowledge, self.book = list(clients), calendar, knowledge, book
        self.random, self.threads = random.Random(f"{seed}:load"), threads
        self.stopping, self.lock = Event(), Lock()
        self.pool, self.running = ThreadPoolExecutor(threads), []

    def start(self) -> None:
        self.running = [self.pool.submit(self._run, self.random.random()) for _ in range(self.threads)]

    def stop(self) -> None:
        """Lets everybody finish what they are doing; raises what a thread died of."""
        self.stopping.set()
        self.pool.shutdown()
        for running in self.running:
            running.result()

    def _run(self, seed: float) -> None:
        dice = random.Random(seed)
        while not self.stopping.is_set():
            client, round_ = self._next(), self.calendar.current()
            if client is None or round_ is None:
                self.stopping.wait(0.1)
            else:
                self._visit(client, round_, dice)
            if client is not None:
                self._rest(client)

    def _next(self) -> Client | None:
        with self.lock:
            ready = min(self.waiting, key=lambda client: client.ready_at, default=None)
            if ready is None or ready.ready_at > time.monotonic():
                return None
            self.waiting.remove(ready)
            return ready

    def _rest(self, client: Client) -> None:
        with self.lock:
            self.waiting.append(client)
            client.ready_at = max(client.ready_at, time.monotonic())

    def _visit(self, client: Client, round_: Round, dice: random.Random) -> None:
        try:
            take(client, round_, self.knowledge, self.book, dice)
        except GivenUp as given_up:
            self.book.surprise(f"given up: {given_up}")


def take(client: Client, round_: Round, knowledge: Knowledge, book: Book, dice: random.Random) -> Sitting | None:
    """One paper from the start to the receipt, or until the deadline came first."""
    sitting = None
    try:
        paper = start_in_turn(client.person, round_.round_id)
        sitting = book.sit(paper, client.user_id)
        work(client, paper, sitting, knowledge, book, dice)
    except Refused as refused:
        book.count(f"refused: {refused.slug}")
        if refused.slug not in OVER:
            book.surprise(f"{refused.status} {refused.slug}: {refused}")
        time.sleep(0.2)
    return sitting


def work(client: Client, paper: dict, sitting: Sitting, knowledge: Knowledge, book: Book, dice: random.Random) -> None:
    """Save a part, sometimes something else instead, then leave or submit everything."""
    chosen = people.answers(paper["questions"], knowledge, client.somebody.skill, dice)
    part = dict(list(chosen.items())[: (len(chosen) + 1) // 2])
    if dice.random() < CHANGES_THE_MIND:
        save(client, sitting, {number: dice.choice("ABCD") for number in part})
    save(client, sitting, part)
    time.sleep(dice.uniform(*THINKING_S))
    if dice.random() < LEAVES:
        book.count("left without submitting")
        client.ready_at = time.monotonic() + 15
        return
    prediction = client.prediction.setdefault(paper["round_id"], dice.randint(0, 20))
    submit(client, sitting, chosen, prediction)
    if dice.random() < REPEATS:
        first = sitting.receipt
        submit(client, sitting, chosen, prediction)
        if sitting.receipt != first:
            book.surprise(f"{sitting.attempt_id}: the second submission gave another receipt")


def save(client: Client, sitting: Sitting, answers: dict[str, str]) -> None:
    """Answers that are acknowledged when this returns."""
    if answers:
        sitting.unsure = answers
        sitting.seq += 1
        client.call("PUT", f"/attempts/{sitting.attempt_id}/answers", {"answers": answers, "seq": sitting.seq})
        sitting.saved(answers)


def submit(client: Client, sitting: Sitting, answers: dict[str, str], prediction: int) -> None:
    """Everything; the receipt stands in the sitting when this returns."""
    sitting.unsure = answers
    body = {"answers": answers, "prediction": prediction}
    answer = client.call("POST", f"/attempts/{sitting.attempt_id}/submit", body)
    sitting.handed_in = answers
    sitting.accepted(answer)


def collect(client: Client, round_: Round, book: Book) -> None:
    """The receipts of what the server submitted, and of papers whose start was never answered."""
    for found in client.call("GET", f"/rounds/{round_.round_id}/attempts")["attempts"]:
        known = book.sittings.get(found["attempt_id"])
        if (known and known.receipt) or found["state"] != "submitted":
            continue
        paper = client.call("GET", f"/attempts/{found['attempt_id']}")
        if known is None:
            book.count("papers begun without an answer")
        book.sit(paper, client.user_id).accepted(paper["submission"])
