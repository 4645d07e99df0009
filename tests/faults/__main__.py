"""`make faults`, or `python -m tests.faults --faults 200 --seed 1 --json report.json`. Exit code 0 only when nothing differs."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from hoithi_native.platform_file import write_platform_file
from hoithi_native.testing import free_instance

from . import injectors
from .run import Plan, Report, Run
from .sabotaged import SABOTEURS, Sabotaged

REPLICAS = 2
HARD = {"mongo_members": 3, "proxied": True}
"""What the hard injectors need."""


def main() -> int:
    options = parsed()
    found, left_out = chosen(options.kinds)
    with platform(options) as running:
        load_demonstration(running)
        plan = Plan(
            options.faults, options.seed, options.limit, options.round, options.people, options.threads, options.longest_hold,
            options.patience,
        )  # fmt: skip
        usable = filtered(found, running, left_out)
        run = Run(running, plan, usable, say)
        report = sabotaged(run, running, options.sabotage.split(",")) if options.sabotage else run.play()
        report.left_out = left_out
    print("\n".join(report.lines()))
    if options.json:
        options.json.write_text(json.dumps(report.document(), ensure_ascii=False, indent=2))
    return 0 if report.ok else 1


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description="Faults under load, then the check.")
    environment = os.environ.get
    parser.add_argument("--faults", type=int, default=int(environment("FAULTS") or 200))
    parser.add_argument("--seed", type=int, default=int(environment("SEED") or 1))
    parser.add_argument("--limit", type=float, default=3000, help="seconds after which no fault is begun")
    parser.add_argument("--kinds", default="", help="only these, separated by commas")
    parser.add_argument("--people", type=int, default=40)
    parser.add_argument("--threads", type=int, default=6)
    parser.add_argument("--round", type=int, default=30, help="seconds of a round")
    parser.add_argument("--longest-hold", type=float, default=20, help="seconds a fault lasts at most")
    parser.add_argument("--patience", type=float, default=150, help="seconds the end may take to come to rest")
    parser.add_argument("--sabotage", default="", help=f"break promises, with --attach: {', '.join(SABOTEURS)}")
    parser.add_argument("--small", action="store_true", help="one MongoDB member and no proxies: without the hard faults")
    parser.add_argument("--attach", default="", help="home,front port,base port of a platform that runs already")
    parser.add_argument("--json", type=Path, help="write the whole report there")
    return parser.parse_args()


def chosen(kinds: str) -> tuple[dict, dict]:
    """The wanted injectors, and why others are left out."""
    found = injectors.load()
    wanted = kinds.split(",") if kinds else list(found)
    unknown = set(wanted) - set(found)
    left_out = dict(injectors.LEFT_OUT)
    if unknown:
        sys.exit(f"unknown kinds: {', '.join(sorted(unknown))}; there are {', '.join(sorted(found))}; left out: {left_out}")
    return {kind: found[kind] for kind in wanted}, left_out


def filtered(found: dict, running, left_out: dict) -> dict:
    """Without what this platform gives no hold to; the reasons go into `left_out`."""
    usable = {}
    for kind, injector in found.items():
        try:
            injector.usable(running)
            usable[kind] = injector
        except injectors.CannotWorkHere as reason:
            left_out[kind] = str(reason)
    return usable


@contextmanager
def platform(options: argparse.Namespace):
    """A platform of one's own, stopped at the end, or somebody else's, left running."""
    if options.attach:
        home, front, base = options.attach.split(",")
        yield Sabotaged(Path(home), int(front), int(base), replicas=REPLICAS)
        return
    os.environ.setdefault("HOITHI_RANKING_COOLDOWN_S", "1")
    with tempfile.TemporaryDirectory(prefix="hoithi-faults-", ignore_cleanup_errors=True) as folder:
        made = free_instance(Path(folder), replicas=REPLICAS, **({} if options.small else HARD))
        try:
            say("the platform starts")
            made.start()
            yield made
        finally:
            say("the platform stops")
            made.stop()


def sabotaged(run: Run, running: Sabotaged, sabotages: list[str]) -> Report:
    """Some processes break promises as soon as the load runs."""
    try:
        return run.play(before_faults=lambda: running.begin(sabotages, run.name))
    finally:
        running.end()


def load_demonstration(running) -> None:
    """Units, accounts and the question bank, as `hoithi demo load` brings them."""
    file = write_platform_file(running)
    command = [str(Path(sys.executable).parent / "hoithi"), "demo", "load", "--json"]
    done = subprocess.run(command, env={**os.environ, "HOITHI_PLATFORM": str(file)}, capture_output=True, text=True, timeout=300)
    if done.returncode:
        sys.exit(f"hoithi demo load: {done.stderr[-2000:]}")


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
