"""OpenSSL 1.1 for one program: Debian 11's package, unpacked beside it and installed nowhere."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from hoithi_native.trouble import Trouble

PACKAGE = "libssl1.1"
SUITE = "bullseye"


def unpack(target: Path):
    """Puts libssl.so.1.1 and libcrypto.so.1.1 into `target` (created at the end: all or nothing).

    The package comes through the Debian mirror this machine is configured for, with the suite's
    name exchanged, so that apt checks the signatures and no address stands in this file.
    """
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        apt = _private_apt(work)
        _run([*apt, "update"], work)
        _run([*apt, "download", PACKAGE], work)
        _run(["dpkg", "-x", next(work.glob("*.deb")).name, "unpacked"], work)
        _keep_libraries(work / "unpacked", target)


def _private_apt(work):
    sources, lists = work / "sources", work / "lists"
    sources.mkdir()
    (lists / "partial").mkdir(parents=True)
    _write_sources(sources)
    options = {
        "Dir::Etc::sourcelist": "/dev/null",
        "Dir::Etc::sourceparts": sources,
        "Dir::State::lists": lists,
        "Dir::Cache::pkgcache": "",
        "Dir::Cache::srcpkgcache": "",
        # The lists lie in a folder only this user may read.
        "APT::Sandbox::User": "root",
    }
    return ["apt-get", "-q", *(f"-o{name}={value}" for name, value in options.items())]


def _write_sources(folder):
    for file in _debian_sources():
        text = re.sub(rf"\b{_this_suite()}\b", SUITE, file.read_text())
        # `bookworm-updates` has no counterpart once a suite is archived, and is not needed.
        (folder / file.name).write_text(text.replace(f"{SUITE}-updates", ""))


def _debian_sources():
    folder = Path("/etc/apt")
    files = [*folder.glob("sources.list"), *folder.glob("sources.list.d/*")]
    suite = re.compile(rf"\b{_this_suite()}(-security)?\s", re.M)
    found = [file for file in files if suite.search(file.read_text())]
    if not found:
        raise Trouble("no Debian source with this machine's suite in /etc/apt: install mongod yourself")
    return found


def _this_suite():
    release = Path("/etc/os-release").read_text()
    return re.search(r"^VERSION_CODENAME=(\w+)", release, re.M).group(1)


def _keep_libraries(unpacked, target):
    draft = target.with_name("lib.draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    for library in unpacked.rglob("lib*.so.1.1"):
        shutil.copy2(library, draft)
    draft.rename(target)


def _run(command, folder):
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if result.returncode:
        raise Trouble(f"`{' '.join(map(str, command[-2:]))}` failed:\n{result.stderr.strip()}")
