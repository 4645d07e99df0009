"""The participant's page, built from web/ by Vite into static files that nginx serves."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from hoithi_native import npm_parts
from hoithi_native.layout import REPOSITORY
from hoithi_native.mongod_build import engines
from hoithi_native.trouble import Trouble

SOURCES = REPOSITORY / "web"
# The participant's page first: it empties the folder. `npm run build` is the same.
BUILDS = ("vite.config.ts", "vite.desk.config.ts")
# What a developer's own `npm ci` and `npm run build` leave there.
_NOT_SOURCES = {"node_modules", "dist"}


def pages(report=lambda text: None):
    """The folder of the page built from exactly these sources and theme: made on first use, then shared.

    Another theme: HOITHI_THEME, a folder like web/theme.
    """
    theme = theme_folder()
    folder = engines() / f"web-{_digest(theme)}"
    if not folder.exists():
        engines().mkdir(parents=True, exist_ok=True)
        with open(engines() / "web.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not folder.exists():
                _build(folder, theme, report)
    return folder


def theme_folder():
    """The province's look; services print with it as well."""
    theme = Path(os.environ.get("HOITHI_THEME") or SOURCES / "theme").resolve()
    if not (theme / "theme.json").is_file():
        raise Trouble(f"HOITHI_THEME: there is no theme.json in {theme}; see docs/how-to/theme-and-languages.md")
    return theme


def _digest(theme):
    digest = hashlib.sha256()
    for root in (SOURCES, theme):
        for path in _files(root):
            digest.update(f"{path.relative_to(root)}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _files(root):
    paths = (path for path in root.rglob("*") if path.is_file())
    return sorted(path for path in paths if not _NOT_SOURCES & set(path.relative_to(root).parts))


def _build(folder, theme, report):
    """In a copy of the sources: a build leaves nothing in the repository, and nobody sees half of one."""
    modules = npm_parts.modules(report, SOURCES, "what builds the page")
    report("building the page")
    with tempfile.TemporaryDirectory(dir=engines()) as scratch:
        workshop, built = Path(scratch) / "web", Path(scratch) / "built"
        shutil.copytree(SOURCES, workshop, ignore=shutil.ignore_patterns(*_NOT_SOURCES))
        (workshop / "node_modules").symlink_to(modules)
        build = [npm_parts.node(), str(modules / "vite" / "bin" / "vite.js"), "build", "--outDir", str(built)]
        for config in BUILDS:
            _run([*build, "--config", config], workshop, theme)
        built.rename(folder)


def _run(command, workshop, theme):
    environment = {**os.environ, "HOITHI_THEME": str(theme), "NODE_ENV": "production"}
    result = subprocess.run(command, cwd=workshop, env=environment, capture_output=True, text=True)
    if result.returncode:
        raise Trouble(f"the page could not be built from {SOURCES}:\n{result.stdout.strip()}\n{result.stderr.strip()}")
