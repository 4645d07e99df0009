"""The tables of the desk with a hundred thousand rows: how quick is a page, what does it cost, does an export stay small?"""

import http.client
import json
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlencode

from bench.figures import percentile
from bench.measurements import Options
from bench.people import Crowd
from bench.place import Place
from bench.result import Result, Table, Target
from bench.tables_filled import CONTEST, RARE, WARD, Filled, plans

PLACE = "fresh platform"
ROWS = {True: 10_000, False: 100_000}
PAGES = {True: 20, False: 100}
"""How often each page is asked for."""
PARTS = ("scoring-doors", "mongodb", "nginx")
PAGE_MS, SEARCH_MS, DEEPER_MS, MEGABYTES, STALL_MS = 100, 300, 10, 50, 150
CHUNK = 64 * 1024
LOOK_EVERY_S = 0.05


@dataclass(frozen=True)
class Page:
    """A page of a table: `kind` is first, deep, search, filter or picture."""

    table: str
    kind: str
    who: str
    path: str


@dataclass(frozen=True)
class Timed:
    page: Page
    ms: list[float]
    cpu_ms: dict[str, float]
    rows: int
    scanned: bool
    examined: int
    """Documents and index entries that MongoDB looked at for one page."""


@dataclass(frozen=True)
class Exported:
    name: str
    seconds: float
    megabytes: float
    cpu_ms: dict[str, float]
    grown: float
    """Megabytes by which the most memory of a process exceeded what it had before."""
    stall_ms: float
    """The longest that a small question of somebody else took meanwhile."""


def measure(place: Place, options: Options) -> Result:
    """One after the other, through nginx, each page over and over by one person."""
    filled = Filled(place, ROWS[options.short])
    filled.fill()
    caller = Caller(place)
    place.say("pages are asked for")
    timed = [_timed(place, filled, caller, page, PAGES[options.short]) for page in _pages(filled)]
    place.say("files are fetched")
    exported = [_exported(place, caller, *each) for each in _exports(filled)]
    return Result(
        "tables",
        f"How quick are the desk's tables with {filled.rows:,} rows, what do they cost, and how much memory does an export take?",
        [_table(timed), _files(exported)],
        _targets(timed, exported, options),
        NOTES,
    )


def _pages(filled: Filled) -> list[Page]:
    round_, contest, deep = f"/rounds/{filled.round_id}", f"/contests/{CONTEST}", filled.deep()
    of_round = {"round_id": filled.round_id, "limit": 25}
    lists = [
        ("complaints", "organiser", f"{contest}/complaints", of_round, deep["complaint"], "after"),
        ("flags", "organiser", f"{round_}/flags", {"limit": 25}, deep["flag"], "after"),
        ("not yet", "officer", f"{round_}/units/{WARD}/not-yet", {"limit": 25}, deep["person"], "after"),
        ("log", "organiser", "/audit", {"contest": CONTEST, "limit": 25}, deep["entry"], "before"),
        ("results", "organiser", f"{round_}/results", {"limit": 50}, deep["place"], "after"),
    ]
    found = []
    for table, who, path, query, cursor, name in lists:
        found.append(Page(table, "first", who, f"{path}?{urlencode(query)}"))
        found.append(Page(table, "deep", who, f"{path}?{urlencode({**query, name: cursor})}"))
    narrowed = [
        ("not yet", "search", "officer", f"{round_}/units/{WARD}/not-yet", {"q": "vang thi", "limit": 25}),
        ("not yet", "search", "officer", f"{round_}/units/{WARD}/not-yet", {"q": RARE, "limit": 25}),
        ("complaints", "filter", "organiser", f"{contest}/complaints", {"round_id": filled.round_id, "state": "rejected"}),
        ("complaints", "filter", "organiser", f"{contest}/complaints", {"overdue": "true", "limit": 25}),
        ("flags", "filter", "organiser", f"{round_}/flags", {"kind": "same-name", "state": "open", "limit": 25}),
        ("log", "filter", "organiser", "/audit", {"contest": CONTEST, "what": "winner-verified", "limit": 25}),
        ("results", "filter", "organiser", f"{round_}/results", {"division": "pupils", "limit": 50}),
        ("charts", "picture", "organiser", f"{round_}/charts", {}),
        ("charts of a unit", "picture", "officer", f"{round_}/charts", {"unit_id": WARD}),
        ("charts of a contest", "picture", "organiser", f"{contest}/charts", {}),
        ("units", "picture", "organiser", f"{round_}/participation", {"unit_id": "bench-t"}),
    ]
    return [*found, *(Page(table, kind, who, f"{path}?{urlencode(query)}") for table, kind, who, path, query in narrowed)]


def _exports(filled: Filled) -> list[tuple[str, str]]:
    round_ = f"/rounds/{filled.round_id}"
    return [
        ("attempts.csv", f"{round_}/attempts.csv"),
        ("results.csv", f"{round_}/results.csv"),
        ("results.json", f"{round_}/results.json"),
        ("season.csv", f"/contests/{CONTEST}/season.csv"),
        ("audit.csv", f"/audit.csv?contest={CONTEST}"),
    ]


class Caller:
    """One connection to the front door, with the tokens of an organiser and of an officer."""

    def __init__(self, place: Place):
        crowd = Crowd(place.signature, "tables")
        sign = {"organiser": (f"organiser:contest:{CONTEST}",), "officer": (f"officer:unit:{WARD}",)}
        self.tokens = {who: crowd.sign(f"bench-{who}", WARD, roles=roles) for who, roles in sign.items()}
        self.address = (place.host, place.port)
        self.wire = http.client.HTTPConnection(*self.address, timeout=120)

    def ask(self, page: Page) -> tuple[float, dict]:
        """Milliseconds and the answer."""
        began = time.perf_counter()
        answer = self._answer(self.wire, page.who, page.path)
        body = answer.read()
        return (time.perf_counter() - began) * 1000, json.loads(body)

    def fetch(self, path: str) -> int:
        """Bytes of a file, which are thrown away as they come."""
        wire, size = http.client.HTTPConnection(*self.address, timeout=600), 0
        answer = self._answer(wire, "organiser", path)
        while piece := answer.read(CHUNK):
            size += len(piece)
        wire.close()
        return size

    def _answer(self, wire, who: str, path: str):
        wire.request("GET", f"/api/scoring{path}", headers={"Authorization": f"Bearer {self.tokens[who]}"})
        answer = wire.getresponse()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {answer.read()[:300]!r}")
        return answer


def _timed(place: Place, filled: Filled, caller: Caller, page: Page, times: int) -> Timed:
    _, first = caller.ask(page)
    found = plans(filled.storage, lambda: caller.ask(page))
    before, began = place.cpu(), time.monotonic()
    ms = sorted(caller.ask(page)[0] for _ in range(times))
    used, took = place.cpu().since(before), time.monotonic() - began
    cpu_ms = {part: (used[part] - place.idle[part] * took) * 1000 / times for part in PARTS}
    examined = sum(each.get("docsExamined", 0) + each.get("keysExamined", 0) for each in found)
    return Timed(page, ms, cpu_ms, _rows(first), any("COLLSCAN" in each.get("planSummary", "") for each in found), examined)


def _rows(answer: dict) -> int:
    """Of whatever the answer is a list of."""
    return max((len(part) for part in answer.values() if isinstance(part, list)), default=0)


def _exported(place: Place, caller: Caller, name: str, path: str) -> Exported:
    with Watch(place) as watch:
        before, began = place.cpu(), time.monotonic()
        size = caller.fetch(path)
        seconds = time.monotonic() - began
        used = place.cpu().since(before)
    cpu_ms = {part: (used[part] - place.idle[part] * seconds) * 1000 for part in PARTS}
    return Exported(name, seconds, size / 1e6, cpu_ms, watch.grown(), max(watch.waits_ms, default=0.0))


@dataclass
class Watch:
    """The memory of scoring's doors, and how long somebody else waits for the answer to a small question."""

    place: Place
    waits_ms: list[float] = field(default_factory=list)

    def __enter__(self) -> "Watch":
        pids = self.place.instance.pids()
        self.pids = [pid for name, pid in pids.items() if name.startswith("scoring-doors")]
        for pid in self.pids:
            Path(f"/proc/{pid}/clear_refs").write_text("5")  # the most so far is forgotten (proc(5))
        self.before = {pid: _memory(pid, "VmRSS") for pid in self.pids}
        self.over = Event()
        self.thread = Thread(target=self._ask, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *trouble) -> None:
        self.over.set()
        self.thread.join()

    def grown(self) -> float:
        """Megabytes."""
        return max(_memory(pid, "VmHWM") - self.before[pid] for pid in self.pids) / 1e6

    def _ask(self) -> None:
        [port] = self.place.ports("scoring")[:1]
        while not self.over.wait(LOOK_EVERY_S):
            began = time.perf_counter()
            wire = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            wire.request("GET", "/nothing")
            wire.getresponse().read()
            wire.close()
            self.waits_ms.append((time.perf_counter() - began) * 1000)


def _memory(pid: int, name: str) -> int:
    """Bytes: VmRSS now, VmHWM the most (proc(5))."""
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return int(lines[name].split()[0]) * 1024


def _table(timed: Sequence[Timed]) -> Table:
    rows = [
        [
            each.page.table, each.page.kind, each.rows, percentile(each.ms, 0.5), percentile(each.ms, 0.95),
            *(each.cpu_ms[part] for part in PARTS), each.examined, "no" if each.scanned else "yes",
        ]
        for each in timed
    ]  # fmt: skip
    columns = ["table", "page", "rows shown", "p50, ms", "p95, ms", *(f"CPU of {part}, ms" for part in PARTS)]
    return Table("Pages", [*columns, "looked at by MongoDB", "by an index"], rows)


def _files(exported: Sequence[Exported]) -> Table:
    rows = [
        [each.name, each.megabytes, each.seconds, *(each.cpu_ms[part] / 1000 for part in PARTS), each.grown, each.stall_ms]
        for each in exported
    ]
    columns = ["file", "MB", "seconds", *(f"CPU of {part}, s" for part in PARTS)]
    return Table("Files of all rows", [*columns, "more memory at the most, MB", "longest wait of others, ms"], rows)


def _targets(timed: Sequence[Timed], exported: Sequence[Exported], options: Options) -> list[Target]:
    pages = [each for each in timed if each.page.kind != "search"]
    slowest, searched = _p95(pages), _p95([each for each in timed if each.page.kind == "search"])
    deeper = max(_deeper(timed))
    scanned = sorted({each.page.table for each in timed if each.scanned})
    grown, stall = max(each.grown for each in exported), max(each.stall_ms for each in exported)
    judged: Callable[[bool], bool | None] = lambda met: None if options.short else met  # noqa: E731
    return [
        Target("p95 of the slowest page", f"at most {PAGE_MS} ms", slowest, judged(slowest <= PAGE_MS)),
        Target("p95 of a search", f"at most {SEARCH_MS} ms", searched, judged(searched <= SEARCH_MS)),
        Target("a deep page against the first, p50", f"at most {DEEPER_MS} ms more", deeper, judged(deeper <= DEEPER_MS)),
        Target("pages read by an index", "all", ", ".join(scanned) or "all", not scanned),
        Target("memory of an export", f"at most {MEGABYTES} MB more", grown, judged(grown <= MEGABYTES)),
        Target("others during an export", f"wait at most {STALL_MS} ms", stall, judged(stall <= STALL_MS)),
    ]


def _p95(timed: Sequence[Timed]) -> float:
    return max(percentile(each.ms, 0.95) for each in timed)


def _deeper(timed: Sequence[Timed]) -> list[float]:
    half = {(each.page.table, each.page.kind): statistics.median(each.ms) for each in timed}
    return [half[table, kind] - half[table, "first"] for table, kind in half if kind == "deep"]


NOTES = (
    "Through nginx, one request after the other. A deep page begins at nine tenths of the list. The doors sort as the lists are "
    "meant to be read; tables of units, some thousand rows at most, are sorted in the browser.",
    "“Looked at” counts index entries and documents of one page, from MongoDB's profiler.",
    "Excel files hold a unit with those right below it or one person's list, never all people: they are made in memory.",
    "Memory: the most that a process of scoring's doors had during the export, less what it had before; 0 when what it had "
    "freed earlier was enough. Others: a question that "
    "costs nothing, asked at the same process all the time.",
)
