"""npm packages at the versions of a lock file: the mail server and Swagger UI, and what builds the page."""

import fcntl
import hashlib
import shutil
import subprocess

from hoithi_native.layout import REPOSITORY
from hoithi_native.mongod_build import engines
from hoithi_native.trouble import Trouble

_ROOM = REPOSITORY / "deploy" / "native"


def modules(report=lambda text: None, room=_ROOM, what="the mail server and the API pages"):
    """The node_modules folder of exactly the lock file in `room`, installed on first use and then shared."""
    lock_file = room / "package-lock.json"
    folder = engines() / f"npm-{hashlib.sha256(lock_file.read_bytes()).hexdigest()[:12]}"
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "complete").exists():
            report(f"fetching {what} (npm, once for this machine)")
            _install(room, folder)
    return folder / "node_modules"


def node():
    """The node binary's path."""
    found = shutil.which("node") or shutil.which("nodejs")
    if not found:
        raise Trouble("node is not installed: run deploy/native/bootstrap.sh (make up does)")
    return found


def _install(room, folder):
    for name in ("package.json", "package-lock.json"):
        shutil.copy(room / name, folder)
    command = ["npm", "ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--silent"]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if result.returncode:
        raise Trouble(f"`npm ci` in {folder} failed:\n{result.stderr.strip()}")
    (folder / "complete").touch()
