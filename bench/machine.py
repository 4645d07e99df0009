"""What a figure was measured on: machine, versions, commit, and who else was at work."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]


def circumstances(short: bool, runs: int, replicas: int | None) -> dict:
    """Everything a reader needs to judge a figure, as JSON."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "form": "short" if short else "long",
        "runs": runs,
        "replicas": replicas or "as in deploy/processes.yml",
        "commit": commit(),
        "machine": {
            "cpu": _cpu_model(),
            "cores": os.cpu_count(),
            "ram_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
            "kernel": platform.release(),
            "python": platform.python_version(),
        },
        "load_before": os.getloadavg()[0],
    }


def commit() -> str:
    """The short commit; "+" when tracked files differ from it."""
    found = _git("rev-parse", "--short", "HEAD")
    return f"{found}+" if _git("status", "--porcelain", "--untracked-files=no") else found


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=REPOSITORY, capture_output=True, text=True)
    return done.stdout.strip() or ("unknown" if done.returncode else "")


def _cpu_model() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
