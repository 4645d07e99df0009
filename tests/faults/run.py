"""One run: load, faults one after the other, the end of the rounds, the check."""

import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from threading import Event

from hoithi_bus import dead_letters
from hoithi_cli import content
from hoithi_cli.front_door import Person
from hoithi_cli.platform import Account
from hoithi_cli.rehearse.question_file import knowledge_of
from hoithi_native.platform_file import identifier

from . import tap
from .book import Book
from .calendar import Calendar
from .checker import Checker, Verdict, all_letters
from .door import StubbornDoor
from .injectors import Injector
from .load import Load, collect, join_all
from .probe import Probe
from .schedule import schedule

PAUSE_S = (0.05, 0.3)
CHECK_PATIENCE_S = 150


@dataclass(frozen=True)
class Plan:
    """How big a run is. Times in seconds."""

    faults: int
    seed: int
    limit_s: float = 3000
    round_s: int = 30
    people: int = 40
    threads: int = 6
    longest_hold_s: float = 20
    patience_s: float = CHECK_PATIENCE_S


@dataclass
class Report:
    """What happened. `recovery`: kind -> seconds from the heal until the probe's journey succeeded."""

    plan: Plan
    injected: Counter = field(default_factory=Counter)
    targets: Counter = field(default_factory=Counter)
    recovery: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    not_recovered: list[str] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    seen: Counter = field(default_factory=Counter)
    counts: Counter = field(default_factory=Counter)
    surprises: list[str] = field(default_factory=list)
    verdict: Verdict = field(default_factory=Verdict)
    seconds: float = 0.0

    @property
    def complete(self) -> bool:
        return sum(self.injected.values()) == self.plan.faults

    @property
    def ok(self) -> bool:
        return self.verdict.ok and self.complete and not self.not_recovered

    def document(self) -> dict:
        figures = {name: getattr(self, name) for name in ("not_recovered", "left_out", "surprises", "seconds", "ok", "complete")}
        counters = {name: dict(getattr(self, name)) for name in ("injected", "targets", "seen", "counts")}
        plan, verdict = vars(self.plan), self.verdict.document()
        return {**figures, **counters, "plan": plan, "verdict": verdict, "recovery": dict(self.recovery)}

    def lines(self) -> list[str]:
        """For people."""
        return [
            "",
            f"{sum(self.injected.values())} faults of {len(self.injected)} kinds in {self.seconds:.0f} s (seed {self.plan.seed})",
            f"  {'kind':<24}{'faults':>7}{'recovery, median':>18}{'worst':>8}",
            *map(self._kind_line, sorted(self.injected)),
            *(f"  left out: {name}: {why}" for name, why in sorted(self.left_out.items())),
            *(f"  NOT RECOVERED: {text}" for text in self.not_recovered),
            "what people saw: " + ", ".join(f"{what} {number}" for what, number in self.seen.most_common()),
            "and: " + ", ".join(f"{what} {number}" for what, number in self.counts.most_common()),
            *(f"  surprise: {text}" for text in self.surprises[:20]),
            "the check:",
            *self.verdict.lines(),
            "",
            f"{'OK' if self.ok else 'FAILED'}: {sum(self.injected.values())} faults, "
            f"{self.verdict.counts.get('receipts', 0)} receipts, {len(self.verdict.lost)} lost, "
            f"{len(self.verdict.doubled)} doubled, {len(self.verdict.altered)} altered",
        ]

    def _kind_line(self, kind: str) -> str:
        times = self.recovery.get(kind)
        shown = f"{statistics.median(times):>16.1f} s{max(times):>6.1f} s" if times else f"{'-':>18}{'-':>8}"
        return f"  {kind:<24}{self.injected[kind]:>7}{shown}"


class Run:
    """A run on a platform that is up and has the demonstration's units, bank and accounts."""

    def __init__(self, platform, plan: Plan, injectors: dict[str, Injector], say: Callable[[str], None] = print):
        self.platform, self.plan, self.injectors, self.say = platform, plan, injectors, say
        self.name = f"faults-{plan.seed}-{int(time.time())}"
        self.report, self.book = Report(plan), Book()
        self.random = Random(f"{plan.seed}:run")
        self.limit = time.monotonic() + plan.limit_s
        self.give_up_at = self.limit + 2 * plan.patience_s
        self.door = StubbornDoor(platform.front_url, self.book.saw, self._is_over)
        self.quiet_door = StubbornDoor(platform.front_url, lambda what: None, self._is_over)
        self.enough_rounds, self.keeping = Event(), ThreadPoolExecutor(1)
        self.knowledge = knowledge_of(content.folder() / content.BANK_FILE)

    def _is_over(self) -> bool:
        return time.monotonic() > self.give_up_at

    def play(self, before_faults: Callable[[], None] = lambda: None) -> Report:
        """The whole of it. The taps are removed at the end, and so is the poison."""
        began = time.monotonic()
        tap.open_taps(self.platform.amqp_uri("operator"))
        try:
            self._prepare()
            before_faults()
            self._inject_all()
            self._finish()
        finally:
            self._clean_up()
        self.report.seconds = round(time.monotonic() - began, 1)
        self.report.seen, self.report.counts, self.report.surprises = self.book.seen, self.book.counts, self.book.surprises
        return self.report

    def _prepare(self) -> None:
        organiser = Account(identifier("organiser"), self.platform.secret("organiser-password"))
        self.calendar = Calendar(Person(self.quiet_door, organiser), self.name, self.plan.round_s)
        self.say(f"{self.plan.people} people join")
        *self.clients, prober = join_all(self.door, self.plan.people, 9000 + self.plan.seed)
        self.probe = Probe(prober, self.calendar, self.knowledge, self.book)
        self.clients.append(prober)
        self.calendar.publish_next()
        self.load = Load(self.clients[:-1], self.calendar, self.knowledge, self.book, self.plan.seed, self.plan.threads)
        self.load.start()
        self.keeper = self.keeping.submit(self._keep_rounds_coming)
        while self.calendar.current() is None:
            time.sleep(0.1)
        self.say(f"load runs; a journey takes {self.probe.journey():.1f} s without a fault")

    # Faults

    def _inject_all(self) -> None:
        for number, kind in enumerate(schedule(self.injectors, self.plan.faults, self.plan.seed), 1):
            if time.monotonic() > self.limit:
                self.say("out of time")
                return
            self._inject(number, kind)

    def _inject(self, number: int, kind: str) -> None:
        injector = self.injectors[kind]
        targets = injector.targets(self.platform)
        if not targets:
            self.report.not_recovered.append(f"{kind}: nothing to hit")
            return
        target, hold_s = self.random.choice(targets), min(self.random.uniform(*injector.hold_s), self.plan.longest_hold_s)
        try:
            injector.inject(self.platform, target, self.random)
            self.report.injected[kind] += 1
            self.report.targets[f"{kind} {target}"] += 1
            time.sleep(hold_s)
            began = time.monotonic()
            injector.heal(self.platform, target)
            self.probe.journey()
        except Exception as error:  # whatever it is: the report says so, the run goes on
            self.report.not_recovered.append(f"{number} {kind} {target}: {error}")
            self.say(f"{number:>4} {kind:<20} {target:<22} NOT RECOVERED: {error}")
            return
        seconds = time.monotonic() - began
        self.report.recovery[kind].append(round(seconds, 2))
        shown = f"held {hold_s:4.1f} s, recovered in {seconds:5.1f} s, {len(self.book.receipts())} receipts"
        self.say(f"{number:>4}/{self.plan.faults} {kind:<20} {target:<22} {shown}")
        time.sleep(self.random.uniform(*PAUSE_S))

    def _keep_rounds_coming(self) -> None:
        """Beside the faults: some of them last longer than a contest."""
        while not self.enough_rounds.wait(0.5):
            if self.calendar.is_short():
                self.calendar.publish_next()

    # The end

    def _finish(self) -> None:
        """Everything is whole again; the last round closes; receipts of the server's submissions are fetched."""
        self.enough_rounds.set()
        self.keeper.result()
        left_s = (self.calendar.ends_at() - self.calendar.now()).total_seconds()
        self.say(f"faults are over; the last round closes in {max(0, left_s):.0f} s")
        while self.calendar.now() < self.calendar.ends_at():
            time.sleep(0.2)
        self.load.stop()
        time.sleep(3)
        self._collect()
        checker = self._checker()
        self.report.verdict = checker.check(self.plan.patience_s)

    def _checker(self) -> Checker:
        return Checker(self.platform, self.quiet_door, self.book, self.calendar.rounds, self.knowledge, self._poison)

    def _collect(self) -> None:
        """Rounds close a few seconds after their end, when the server has submitted what was left open."""
        end = time.monotonic() + CHECK_PATIENCE_S
        for round_ in self.calendar.rounds:
            while self.quiet_door.call("GET", "exam", f"/rounds/{round_.round_id}")["state"] != "closed":
                if time.monotonic() > end:
                    self.report.verdict.unfinished.append(f"{round_.round_id} does not close")
                    break
                time.sleep(0.3)
            for client in self.clients:
                collect(client, round_, self.book)

    def _poison(self) -> set[str]:
        return set().union(*(getattr(injector, "ids", ()) for injector in self.injectors.values()))

    def _clean_up(self) -> None:
        self.give_up_at = 0.0
        self.enough_rounds.set()
        self.keeping.shutdown()
        if hasattr(self, "load"):
            self.load.stop()
        uri = self.platform.amqp_uri("operator")
        for letter in list(all_letters(uri)):
            if letter.id in self._poison():
                dead_letters.drop(uri, letter.queue, [letter.id])
        tap.close_taps(uri)
        self.door.close()
        self.quiet_door.close()
