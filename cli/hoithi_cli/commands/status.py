"""Is everything well? What the front door, Prometheus and the processes themselves say."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

import httpx

from hoithi_cli.commands import dead_letters
from hoithi_cli.platform import SERVICES
from hoithi_cli.running import Run
from hoithi_cli.trouble import CheckFailed, Trouble

TIMEOUT_S = 4.0
FIGURES = {
    "dead_letters": "sum(max by (queue) (hoithi_dead_letters))",
    "oldest_outbox_seconds": "max(hoithi_outbox_oldest_seconds)",
    "unscored_attempts": "max(hoithi_scoring_unscored_attempts)",
    "waiting_events": "sum(max by (queue) (hoithi_queue_messages))",
}
OUTBOX_TOO_OLD_S = 30


@dataclass(frozen=True)
class Part:
    """One thing that is well or not."""

    part: str
    ok: bool
    detail: str
    version: str | None = None


def status(run: Run):
    """Health and version of every service, rounds, unscored attempts, dead letters. Exit code 4 when something is wrong."""
    front, figures, rounds = _front(run), _figures(run), _rounds(run)
    parts = [*front, *_processes(run), *_broker(run, figures), *_worries(figures)]
    document = {
        "url": run.platform.url,
        "healthy": all(part.ok for part in parts),
        "parts": [asdict(part) for part in parts],
        "figures": figures,
        "rounds": rounds,
    }
    _show(run, parts, figures, rounds)
    if not document["healthy"]:
        wrong = ", ".join(part.part for part in parts if not part.ok)
        raise CheckFailed(f"not well: {wrong}", document)
    return document


def _front(run: Run) -> list[Part]:
    """Every service through the front door; nobody there at all raises Unreachable."""
    run.door.get_page("/")
    with ThreadPoolExecutor(len(SERVICES)) as pool:
        return list(pool.map(lambda service: _service(run, service), SERVICES))


def _service(run: Run, service: str) -> Part:
    try:
        document = run.door.call("GET", service, "/openapi.json")
    except Trouble as trouble:
        return Part(f"{service} (front door)", False, str(trouble).splitlines()[0])
    return Part(f"{service} (front door)", True, "answers", document["info"]["version"])


def _processes(run: Run) -> list[Part]:
    """Every process: those platform.json names, else those Prometheus watches."""
    named = dict(run.platform.health_urls) or _watched(run)
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(lambda item: _process(*item), sorted(named.items())))


def _watched(run: Run) -> dict[str, str]:
    """Name -> address of /health of the processes Prometheus scrapes at /metrics."""
    targets = (_prometheus(run, "/api/v1/targets", {"state": "active"}) or {}).get("activeTargets", ())
    ours = [target for target in targets if target["labels"]["job"].partition("-")[0] in SERVICES]
    return {
        f"{target['labels']['job']} {urlsplit(target['scrapeUrl']).netloc}": _health_url(target["scrapeUrl"]) for target in ours
    }


def _health_url(scrape_url: str) -> str:
    return scrape_url.removesuffix("/metrics") + "/health"


def _process(name: str, url: str) -> Part:
    try:
        answer = httpx.get(url, timeout=TIMEOUT_S, trust_env=False).json()
    except (httpx.HTTPError, ValueError) as error:
        return Part(name, False, f"{url} does not answer ({type(error).__name__})")
    wrong = [f"{check}: {found.get('detail', '')}" for check, found in answer.get("checks", {}).items() if not found.get("ok")]
    return Part(
        name,
        answer.get("status") == "ok",
        "; ".join(wrong) or f"all of {len(answer.get('checks', {}))} checks passed",
        answer.get("version"),
    )


def _figures(run: Run) -> dict:
    """What Prometheus knows; None where it does not."""
    return {name: _value(_prometheus(run, "/api/v1/query", {"query": query})) for name, query in FIGURES.items()}


def _value(data) -> float | None:
    result = (data or {}).get("result")
    return float(result[0]["value"][1]) if result else None


def _prometheus(run: Run, path: str, params: dict):
    """The data of an answer of Prometheus, None when it is not there."""
    if not run.platform.prometheus_url:
        return None
    try:
        return httpx.get(run.platform.prometheus_url + path, params=params, timeout=TIMEOUT_S, trust_env=False).json().get("data")
    except (httpx.HTTPError, ValueError):
        return None


def _broker(run: Run, figures: dict) -> list[Part]:
    """RabbitMQ itself, where the operator's address is known; its count of dead letters is the present one."""
    if not run.platform.amqp_uri:
        return []
    try:
        figures["dead_letters"] = float(sum(dead_letters.counts(run).values()))
    except Trouble as trouble:
        return [Part("rabbitmq", False, str(trouble))]
    return [Part("rabbitmq", True, "answers")]


def _worries(figures: dict) -> list[Part]:
    """Figures that must be small."""
    letters, oldest = figures["dead_letters"], figures["oldest_outbox_seconds"]
    worries = []
    if letters:
        worries.append(Part("dead letters", False, f"{letters:.0f}: look with `hoithi dead-letters list`"))
    if oldest and oldest > OUTBOX_TOO_OLD_S:
        worries.append(Part("outbox", False, f"an event waits for {oldest:.0f} s: is RabbitMQ up, is the worker up?"))
    return worries


def _rounds(run: Run) -> list[dict]:
    """The rounds that are open now."""
    try:
        contests = run.door.call("GET", "exam", "/contests")["contests"]
    except Trouble:
        return []
    return [
        round_ for contest in contests for round_ in contest["rounds"] if contest["state"] == "published" and _is_open(round_)
    ]


def _is_open(round_: dict) -> bool:
    opens_at, closes_at = (datetime.fromisoformat(round_[name]) for name in ("opens_at", "closes_at"))
    return opens_at <= datetime.now(UTC) < closes_at


def _show(run: Run, parts: list[Part], figures: dict, rounds: list[dict]):
    rows = [["ok" if part.ok else "NOT WELL", part.part, part.version, part.detail] for part in parts]
    run.table(run.platform.url, ["", "part", "version", "detail"], rows)
    shown = [[name.replace("_", " "), "not known" if value is None else f"{value:g}"] for name, value in figures.items()]
    run.table("Figures", ["figure", "now#"], shown)
    run.table("Open rounds", ["round", "closes at"], [[each.get("round_id"), each.get("closes_at")] for each in rounds])
