"""Waiting for a part to answer, and finding out who holds a port."""

import os
import socket
import time
import urllib.request
from pathlib import Path

from hoithi_native.trouble import Trouble


def until(ready, what, seconds=180.0, hint=lambda: ""):
    """Calls `ready` until it is true; after `seconds` raises Trouble with the hint's text."""
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            raise Trouble(f"{what} did not get ready within {seconds:.0f} s.\n{hint()}".rstrip())
        time.sleep(0.1)


def answers_http(url):
    """True when a GET answers 200."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return response.status == 200
    except OSError:
        return False


def listens(port, host="127.0.0.1"):
    """True when something accepts connections on the port."""
    with socket.socket() as probe:
        probe.settimeout(2)
        return probe.connect_ex((host, port)) == 0


def holder(port):
    """The command and pid that listen on a port, as far as this user may see."""
    inodes = _listening_inodes(port)
    for process in Path("/proc").glob("[0-9]*"):
        if inodes & _socket_inodes(process):
            return f"{_command(process)} (pid {process.name})"
    return "a process this user may not see"


def _listening_inodes(port):
    rows = [line.split() for line in _socket_table() if ":" in line]
    return {row[9] for row in rows if row[3] == "0A" and int(row[1].split(":")[1], 16) == port}


def _socket_table():
    tables = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
    return [line for table in tables if table.exists() for line in table.read_text().splitlines()[1:]]


def _socket_inodes(process):
    try:
        descriptors = os.listdir(process / "fd")
    except OSError:
        return set()
    links = (_target(process / "fd" / descriptor) for descriptor in descriptors)
    return {link[8:-1] for link in links if link.startswith("socket:[")}


def _target(link):
    """Where a descriptor points; nothing when it was closed meanwhile."""
    try:
        return os.readlink(link)
    except OSError:
        return ""


def _command(process):
    try:
        return (process / "comm").read_text().strip()
    except OSError:
        return "a process that just ended"
