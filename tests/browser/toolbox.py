"""Node's part of the tests: bundled unit tests, the type checker, scenarios in a browser."""

import json
import os
import shutil
import subprocess
from pathlib import Path

from hoithi_native import npm_parts
from hoithi_native.web_build import SOURCES

ROOM = Path(__file__).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def modules() -> Path:
    """node_modules of tests/browser/package-lock.json."""
    return npm_parts.modules(room=ROOM, what="what tests the page")


def browser() -> str | None:
    """Debian's browser; nothing is downloaded."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def node(*arguments, within_s=120, **more) -> subprocess.CompletedProcess:
    """Node with its output kept as text."""
    command = [npm_parts.node(), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=within_s, **more)


def bundle(sources: list[Path], target: Path) -> Path:
    """TypeScript and what it imports from web/src as .mjs files in `target`."""
    esbuild = modules() / "esbuild" / "bin" / "esbuild"
    options = [
        "--bundle",
        "--platform=node",
        "--format=esm",
        "--out-extension:.js=.mjs",
        f"--outdir={target}",
        "--log-level=warning",
    ]
    done = node(esbuild, *sources, *options)
    assert done.returncode == 0, done.stderr
    return target


def workshop(folder: Path) -> Path:
    """A copy of web/ with its packages, as the build has it."""
    copied = folder / "web"
    shutil.copytree(SOURCES, copied, ignore=shutil.ignore_patterns("node_modules", "dist"))
    (copied / "node_modules").symlink_to(npm_parts.modules(room=SOURCES, what="what builds the page"))
    return copied


def play(scenario: str, settings: dict, asked: dict | None = None, within_s: int = 400) -> dict:
    """Run scenarios/<scenario>.mjs in a browser; gives what it found, fails with what it said. `asked`: word -> what is done
    when the scenario asks for it; it goes on afterwards."""
    environment = {**os.environ, "HOITHI_MODULES": str(modules()), "HOITHI_SCENARIO": json.dumps(settings)}
    command = ["timeout", str(within_s), npm_parts.node(), str(ROOM / "scenarios" / f"{scenario}.mjs")]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, text=True, env=environment) as running:
        said = []
        for line in running.stdout:
            said.append(line)
            if line.startswith("@"):
                asked[line[1:].strip()]()
                print("done", file=running.stdin, flush=True)
    assert running.returncode == 0, f"{scenario}: {''.join(said)[-6000:]}"
    return json.loads(said[-1])
