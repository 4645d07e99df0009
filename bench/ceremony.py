"""The opening: a whole province presses start, with nothing between the people and the doors but nginx."""

from dataclasses import dataclass

from bench import ceremony_people
from bench.ceremony_people import Share
from bench.cpu import PARTS
from bench.figures import Spread
from bench.generators import Outcome, generate
from bench.measurements import Options
from bench.place import Place
from bench.result import Result, Table, Target

# The line before the start is as installed, unlike in the other measurements.
SETTINGS = {"HOITHI_STARTS_PER_SECOND": "250"}
PEOPLE = {True: 1_000, False: 20_000}
WITHIN_S = {True: (5.0, 1.0), False: (60.0, 20.0)}
"""Seconds after the opening in which everybody presses: as the target has it, and the window that contests have by default
(20 s), which the page spreads its starts over. The short form has the same number of people a second, roughly."""
STAY_S = {True: (5.0, 15.0), False: (30.0, 120.0)}
SAVES = 4
GENERATORS = 2
LEAD_S, A_PERSON_S = 12, 0.002
"""How long before the opening the generators are told: they sign a token for everybody first."""
P99_S = 5
COUNTED = ("started", "submitted", "waited", "sent back")


@dataclass(frozen=True)
class Opening:
    """One opening; CPU milliseconds of a finished attempt by part."""

    within_s: float
    outcome: Outcome
    cost_ms: dict[str, float]

    def seconds(self, step: str, name: str) -> float:
        return self.outcome.percentiles(step)[name] / 1000


def measure(place: Place, options: Options) -> Result:
    """Every opening is of a round of its own."""
    people = PEOPLE[options.short]
    cases = [[_opening(place, options, people, within_s) for _ in range(options.runs)] for within_s in WITHIN_S[options.short]]
    return Result(
        "ceremony",
        f"{people:,} people press start right after the opening: who waits how long, and does anybody see an error?",
        [_waits(cases, people), _steps(cases)],
        _targets(cases, people, options),
        [*NOTES, *_troubles(cases)],
    )


def _opening(place: Place, options: Options, people: int, within_s: float) -> Opening:
    round_ = place.contest(3600, opens_in_s=LEAD_S + people * A_PERSON_S)
    place.say(f"{people:,} people within {within_s:g} s of the opening")
    shares = [
        Share(
            place.host,
            place.port,
            round_.round_id,
            place.signature,
            f"{round_.contest_id}-{number}",
            people // GENERATORS,
            round_.opens_at.timestamp(),
            within_s,
            STAY_S[options.short],
            SAVES,
        )
        for number in range(GENERATORS)
    ]
    outcome, before = generate(ceremony_people.prepare, shares, place.cpu)
    done = outcome.counts["submitted"]
    place.wait_ranked(round_.round_id, done)
    used = place.cpu().since(before)
    return Opening(within_s, outcome, {part: used[part] * 1000 / max(1, done) for part in PARTS})


def _waits(cases: list[list[Opening]], people: int) -> Table:
    rows = [
        [
            case[0].within_s,
            *(sum(run.outcome.counts[name] for run in case) // len(case) for name in COUNTED),
            *(Spread.of(run.seconds("paper", name) for run in case) for name in ("p50", "p99", "max")),
            *(Spread.of(run.seconds("told", name) for run in case) if _waited(case) else None for name in ("p50", "max")),
            Spread.of(run.seconds("late", "p99") for run in case) if _waited(case) else None,
            sum(sum(run.outcome.errors.values()) for run in case),
        ]
        for case in cases
    ]
    columns = ["pressed within, s", "started", "submitted", "told to wait", "sent back", "paper after p50, s", "p99", "longest"]
    more = ["told wait p50, s", "longest told", "later than told, p99", "errors"]
    return Table(f"{people:,} people, from pressing start to the paper", [*columns, *more], rows)


def _waited(case: list[Opening]) -> bool:
    return all(run.outcome.counts["waited"] for run in case)


def _steps(cases: list[list[Opening]]) -> Table:
    rows = [
        [
            case[0].within_s,
            *(
                Spread.of(run.seconds(step, name) * 1000 for run in case)
                for step in ("answer", "save", "submit")
                for name in ("p50", "p99", "max")
            ),
            Spread.of(sum(run.cost_ms.values()) for run in case),
        ]
        for case in cases
    ]
    steps = [f"{step} {name}" for step in ("start", "save", "submit") for name in ("p50", "p99", "max")]
    return Table("Single requests, ms", ["pressed within, s", *steps, "server CPU of an attempt"], rows)


def _targets(cases: list[list[Opening]], people: int, options: Options) -> list[Target]:
    found = []
    for case in cases:
        within = f"{people:,} people within {case[0].within_s:g} s"
        failed = sum(run.outcome.counts["never started"] for run in case)
        errors = sum(sum(run.outcome.errors.values()) for run in case)
        text = f"{failed} failed, {errors} errors"
        found.append(Target(f"{within}: starts", "none fails, nobody sees an error", text, not failed and not errors))
        p99 = Spread.of(run.seconds("paper", "p99") for run in case)
        # The target is about a minute; how long people wait who all come within the window is told, not judged.
        judged = not options.short and case is cases[0]
        found.append(Target(f"{within}: paper, p99", f"under {P99_S} s", p99, p99.median < P99_S if judged else None))
    return found


NOTES = (
    "Everybody has a connection of their own for every step, made anew; four saves and the submission follow after "
    "half a minute to two minutes (short form: 5 to 15 s).",
    "Who is told to wait (202) comes back at the told moment with the ticket; the wait is part of the time to the paper.",
    "Sent back: starts that nginx answered 503 with Retry-After, because a thousand others were under way. The load does what "
    "the page does, which shows that one waits: it presses again after so long; that, too, is part of the time to the paper.",
    "The load generators run on the same machine and are not in the server's CPU.",
)


def _troubles(cases: list[list[Opening]]) -> list[str]:
    runs = [run for case in cases for run in case]
    return [f"within {run.within_s:g} s: {what}: {count}" for run in runs for what, count in run.outcome.errors.most_common(5)]
