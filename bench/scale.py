"""How far the platform reaches: a launch of N people played second by second with the costs that were measured.

A model, not a measurement: it says what the measured CPU per step means for more people than this machine can play, and
what comes first when it does not suffice. The arithmetic is told in docs/explanation/scaling.md.
"""

import math
from collections import deque
from dataclasses import dataclass

from bench import document
from bench.measurements import Options, kept
from bench.result import Result, Table

PLACE = None
SAVES, THINKING_S = 4, 600
"""A paper of twenty questions is saved about every fifth, and handed in after ten minutes."""
USED_SHARE = 0.7
"""Of the cores: the rest is for bursts within a second, other services and the engines' own housekeeping."""
LAUNCHES = ((20_000, 60), (200_000, 300), (560_000, 600), (1_000_000, 600), (10_000_000, 900))
"""People, and the seconds within which they press start. 560,000: all accounts of the merged province."""
ACCEPTABLE_WAIT_S = 60
ROUNDING = 1e-9
CORES = (2, 4, 8, 16, 32, 64, 128, 256, 512)
EVENT_BYTES, OPLOG_BYTES, PAPER_BYTES = 1_430, 4_700, 3_000
"""An event, what an attempt with four saves adds to the oplog of exam, a paper of 20 questions after gzip; measured once."""


@dataclass(frozen=True)
class Costs:
    """CPU milliseconds of the whole platform: start and submission together, each save, each sign-in."""

    attempt_ms: float
    save_ms: float
    sign_in_ms: float

    @property
    def start_ms(self) -> float:
        """Half of an attempt: starts draw the paper, submissions sign, publish and are scored."""
        return self.attempt_ms / 2

    @property
    def later_ms(self) -> float:
        """What a start brings with it afterwards."""
        return self.attempt_ms / 2 + SAVES * self.save_ms


@dataclass(frozen=True)
class Launch:
    """What happened: waits in seconds, of those who started; `peak` starts in one second."""

    longest_wait_s: int
    mean_wait_s: float
    last_start_s: int
    peak_starts: float
    peak_line: float


class _Line:
    """Who has pressed start and not begun: first come, first served."""

    def __init__(self):
        self.waiting: deque[list[float]] = deque()  # [second of pressing, how many]
        self.waited_s, self.longest_s, self.longest_line, self.most = 0.0, 0.0, 0.0, 0.0

    def press(self, second: int, people: float) -> None:
        self.waiting.append([second, people])

    def let_in(self, second: int, most: float) -> float:
        """How many begin in this second."""
        left = most
        while self.waiting and left > ROUNDING:
            pressed, people = self.waiting[0]
            begin = min(left, people)
            self.waited_s += begin * (second - pressed)
            self.longest_s = max(self.longest_s, second - pressed)
            left -= begin
            self.waiting[0][1] -= begin
            if self.waiting[0][1] <= ROUNDING:
                self.waiting.popleft()
        self.most = max(self.most, most - left)
        self.longest_line = max(self.longest_line, sum(people for _, people in self.waiting))
        return most - left


def play(
    people: int, window_s: int, cores: float, costs: Costs, sign_in_share: float = 0.0, give_up_s: float = math.inf
) -> Launch:
    """Everybody presses start evenly within the window; starts queue in order, saves and submissions go first.

    What the cores do not manage in a second is done in the next. Ends early when somebody has waited longer than `give_up_s`.
    """
    budget_ms = cores * USED_SHARE * 1000
    first_ms = costs.start_ms + sign_in_share * costs.sign_in_ms
    line, begun, owed_ms = _Line(), [], 0.0
    while (len(begun) < window_s or line.waiting) and line.longest_s <= give_up_s:
        second = len(begun)
        if second < window_s:
            line.press(second, people / window_s)
        owed_ms += _later_ms(begun, second, costs)
        spare_ms = max(0.0, budget_ms - owed_ms)
        owed_ms = max(0.0, owed_ms - budget_ms)
        begun.append(line.let_in(second, spare_ms / first_ms))
    return Launch(math.ceil(line.longest_s), line.waited_s / people, len(begun), line.most, line.longest_line)


def _later_ms(begun: list[float], second: int, costs: Costs) -> float:
    """Saves and submissions of this second: those who started save at equal distances and hand in at the end."""
    step = THINKING_S // (SAVES + 1)
    saving = sum(begun[second - step * n] for n in range(1, SAVES + 1) if second >= step * n)
    submitting = begun[second - THINKING_S] if second >= THINKING_S else 0.0
    return saving * costs.save_ms + submitting * (costs.later_ms - SAVES * costs.save_ms)


def cores_for(people: int, window_s: int, costs: Costs, sign_in_share: float = 0.0) -> tuple[int | None, Launch | None]:
    """The fewest of CORES with which nobody waits longer than ACCEPTABLE_WAIT_S."""
    for cores in CORES:
        launch = play(people, window_s, cores, costs, sign_in_share, give_up_s=ACCEPTABLE_WAIT_S)
        if launch.longest_wait_s <= ACCEPTABLE_WAIT_S:
            return cores, launch
    return None, None


def costs_of(results: list[dict]) -> Costs:
    """From the kept results of `journey` and `sign_in`; raises LookupError when one is missing."""
    by_name = {result["name"]: result for result in results}
    missing = {"journey", "sign_in"} - set(by_name)
    if missing:
        raise LookupError(f"measure {', '.join(sorted(missing))} first: python -m bench NAME --json {document.RESULTS}")
    attempt, save = (_figure(target["measured"]) for target in by_name["journey"]["targets"][:2])
    return Costs(attempt, save, _sign_in_ms(by_name["sign_in"]))


def _figure(measured) -> float:
    return float(measured["median"] if isinstance(measured, dict) else str(measured).split()[0].replace(",", ""))


def _sign_in_ms(result: dict) -> float:
    """All parts of a sign-in together."""
    table = next(table for table in result["tables"] if table["title"] == "Sign-ins")
    parts = [place for place, column in enumerate(table["columns"]) if column.startswith("of a sign-in in ")]
    return sum(_figure(table["rows"][0][place]) for place in parts)


def measure(place: None, options: Options) -> Result:
    """The tables of docs/explanation/scaling.md, from the kept results of `journey` and `sign_in`."""
    costs = costs_of(kept(document.RESULTS))
    return Result(
        "scale",
        "What do the measured costs mean for more people than this machine can play?",
        [_cores(costs), _waits(costs), _streams()],
        notes=[
            f"Costs: {costs.attempt_ms:.2f} ms for start and submission, {costs.save_ms:.2f} ms a save ({SAVES} of them), "
            f"{costs.sign_in_ms:.0f} ms a sign-in; {USED_SHARE:.0%} of the cores are used.",
            "A model: cores are taken to add up. What stands in the way of that is told in docs/explanation/scaling.md.",
        ],
    )


def _cores(costs: Costs) -> Table:
    rows = []
    for people, window_s in LAUNCHES:
        for share, said in ((0.0, "before"), (0.3, "30 % at the opening")):
            cores, launch = cores_for(people, window_s, costs, share)
            figures = (launch.peak_starts, launch.longest_wait_s) if launch else (None, None)
            rows.append([people, window_s, said, cores if cores else f"more than {CORES[-1]}", *figures])
    columns = ["people", "press within, s", "signed in", "cores", "starts in the busiest second", "longest wait, s"]
    return Table(f"Fewest cores with which nobody waits longer than {ACCEPTABLE_WAIT_S} s", columns, rows)


def _waits(costs: Costs) -> Table:
    """What the line does when there are too few cores: people wait, nobody is lost."""
    rows = []
    for cores in (2, 4, 8, 16):
        for people, window_s in LAUNCHES[:3]:
            launch = play(people, window_s, cores, costs)
            rows.append([cores, people, launch.longest_wait_s, launch.mean_wait_s, int(launch.peak_line), launch.last_start_s])
    columns = ["cores", "people", "longest wait, s", "mean wait, s", "longest line", "all have started after, s"]
    return Table("The same launches on fewer cores, everybody signed in before", columns, rows)


def _streams() -> Table:
    """What the engines must carry in the busiest second, when starts are as even as in the first table."""
    rows = []
    for people, window_s in LAUNCHES:
        a_second = people / max(window_s, THINKING_S)
        rows.append(
            [people, people / window_s, a_second * (SAVES + 2), a_second * EVENT_BYTES * 8 / 1e6, a_second * OPLOG_BYTES / 1e6,
             people / window_s * PAPER_BYTES * 8 / 1e6, people * OPLOG_BYTES / 1e9]
        )  # fmt: skip
    columns = ["people", "starts/s", "requests/s", "events, Mbit/s", "oplog, MB/s", "papers, Mbit/s", "oplog of the hour, GB"]
    return Table("Streams through the engines", columns, rows)
