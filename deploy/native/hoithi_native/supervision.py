"""supervisord: one per instance, started on demand, asked over a unix socket."""

import hashlib
import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from xmlrpc.client import Fault, ServerProxy

from supervisor.xmlrpc import Faults, SupervisorTransport

from hoithi_native import rendering, waiting
from hoithi_native.trouble import Trouble

MARK = "HOITHI_INSTANCE"
SIGNALS = {"kill": "KILL", "terminate": "TERM", "pause": "STOP", "resume": "CONT", "reload": "HUP"}
_LONGEST_SOCKET_PATH = 100
_IDLE = ("STOPPED", "EXITED", "FATAL")


@dataclass(frozen=True)
class Program:
    """One supervised program."""

    name: str
    command: tuple[str, ...]
    environment: dict
    folder: Path

    @property
    def command_line(self):
        return " ".join(_quoted(word) for word in self.command)

    @property
    def settings(self):
        return ",".join(f'{name}="{_escaped(value)}"' for name, value in self.environment.items())


class Supervisor:
    """Starts, stops and watches the programs of one instance."""

    def __init__(self, folders):
        self.folders = folders
        self.config = folders.etc / "supervisord.conf"
        self.socket = _socket_path(folders)

    def configure(self, programs):
        """Writes the configuration; a running supervisor takes over only what changed."""
        files = min(resource.getrlimit(resource.RLIMIT_NOFILE)[1], 65536)
        changed = rendering.render(
            "supervisord.conf.j2",
            self.config,
            programs=programs,
            log=self.folders.log,
            run=self.folders.run,
            socket=self.socket,
            files=files,
            root=os.geteuid() == 0,
        )
        if changed and self.running():
            self._take_over()

    def running(self):
        try:
            return self._ask("getState")["statename"] == "RUNNING"
        except OSError:
            return False

    def launch(self):
        """Starts supervisord unless it runs; its children inherit a clean environment with our mark."""
        if self.running():
            return
        command = [sys.executable, "-m", "supervisor.supervisord", "-c", str(self.config)]
        result = subprocess.run(command, env=self._environment(), capture_output=True, text=True)
        if result.returncode:
            raise Trouble(f"supervisord did not start:\n{result.stdout}{result.stderr}")
        waiting.until(self.running, "supervisord", hint=lambda: self.tail("supervisord"))

    def start(self, names):
        """Starts those of the programs that do not run, all at once."""
        states = self.states()
        for name in names:
            if states[name]["statename"] in _IDLE:
                self._ask("startProcess", name, False)

    def stop(self, names):
        """Stops the programs together and waits for the last one."""
        for name in names:
            self._ask("stopProcess", name, False, tolerate=Faults.NOT_RUNNING)
        waiting.until(lambda: self._idle(names), f"the end of {', '.join(names)}")

    def act(self, action, name):
        """start, stop, restart, or one of SIGNALS: kill, terminate, pause, resume, reload."""
        if action in SIGNALS:
            self._ask("signalProcess", name, SIGNALS[action])
        if action in ("stop", "restart"):
            self.stop([name])
        if action in ("start", "restart"):
            self.start([name])

    def states(self):
        """Name -> supervisor's description (statename, pid, start, now, ...)."""
        return {process["name"]: process for process in self._ask("getAllProcessInfo")}

    def shut_down(self):
        """Ends supervisord and whatever it still runs."""
        pid = self._ask("getPID")
        self._ask("shutdown")
        waiting.until(lambda: not Path(f"/proc/{pid}").exists() or _is_zombie(pid), "the end of supervisord", 60)

    def leftovers(self):
        """Pids of every process that carries this instance's mark, whoever its parent is."""
        mark = f"{MARK}={self.folders.home}".encode()
        return [int(path.name) for path in Path("/proc").glob("[0-9]*") if _carries(path, mark)]

    def tail(self, name, lines=15):
        """The last lines a program logged, for an error message."""
        log = self.folders.log / f"{name}.log"
        if not log.exists():
            return ""
        text = log.read_text(errors="replace").splitlines()[-lines:]
        return "\n".join([f"Last lines of {log}:", *text])

    def _idle(self, names):
        states = self.states()
        return all(states[name]["statename"] in _IDLE for name in names)

    def _take_over(self):
        added, changed, removed = self._ask("reloadConfig")[0]
        for name in [*changed, *removed]:
            self._ask("stopProcessGroup", name)
            self._ask("removeProcessGroup", name)
        for name in [*changed, *added]:
            self._ask("addProcessGroup", name)

    def _ask(self, method, *arguments, tolerate=None):
        transport = SupervisorTransport(None, None, f"unix://{self.socket}")
        try:
            return getattr(ServerProxy("http://supervisor", transport).supervisor, method)(*arguments)
        except Fault as fault:
            if fault.faultCode != tolerate:
                raise Trouble(f"supervisor: {method} {' '.join(map(str, arguments))}: {fault.faultString}") from fault
        finally:
            transport.close()

    def _environment(self):
        kept = ("HOME", "LANG", "TZ", "USER", "PYTHONDONTWRITEBYTECODE")
        inherited = {name: os.environ[name] for name in kept if name in os.environ}
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        return {"LANG": "C.UTF-8", **inherited, "PATH": path, "PYTHONUNBUFFERED": "1", MARK: str(self.folders.home)}


def end(pids, seconds=10):
    """Asks processes to end, then insists."""
    for signal in (15, 9):
        for pid in pids:
            _send(pid, signal)
        deadline = time.monotonic() + seconds
        while any(map(_lives, pids)) and time.monotonic() < deadline:
            time.sleep(0.05)


def _send(pid, signal):
    with suppress(ProcessLookupError):
        os.kill(pid, signal)


def _lives(pid):
    return Path(f"/proc/{pid}").exists() and not _is_zombie(pid)


def _is_zombie(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def _carries(process, mark):
    try:
        return mark in (process / "environ").read_bytes().split(b"\0")
    except OSError:
        return False


def _socket_path(folders):
    """A unix socket's path may have 107 bytes: deep homes get one in the temporary folder."""
    path = folders.run / "supervisor.sock"
    if len(str(path)) <= _LONGEST_SOCKET_PATH:
        return path
    digest = hashlib.sha256(str(path).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"hoithi-{digest}.sock"


def _escaped(value):
    return str(value).replace("%", "%%").replace('"', '\\"')


def _quoted(word):
    # supervisord splits like a shell and expands %(...)s.
    escaped = word.replace("%", "%%")
    return f"'{escaped}'" if any(letter in word for letter in ' "\\;{}') else escaped
