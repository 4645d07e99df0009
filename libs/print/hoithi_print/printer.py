"""The side of the press that a service sees. Works with greenlets and with threads."""

import socket
import subprocess
import sys
import threading
from time import perf_counter

from hoithi_print import line, metrics
from hoithi_print.document import Document

# By name: what sets pages is 80 MB that no process that serves people should load.
PRESS = "hoithi_print.press"
MOST_WAITING = 20
PATIENCE_S = 60.0


class Busy(Exception):
    """Too much waits to be printed; nothing was done, try again."""


class Failed(Exception):
    """The press could not set the document."""


class _Gone(Exception):
    """The press ended, or did not answer in time."""


class Printer:
    """Prints one document at a time in a process of its own (hoithi_print.press), which is started when it is needed."""

    def __init__(self, most_waiting: int = MOST_WAITING, patience_s: float = PATIENCE_S):
        self.most_waiting, self.patience_s = most_waiting, patience_s
        self._turn = threading.Lock()
        self._waiting = 0
        self._process: subprocess.Popen | None = None
        self._line: socket.socket | None = None

    def print(self, document: Document) -> bytes:
        """The document's bytes. Raises Busy, Failed."""
        if self._waiting >= self.most_waiting:
            metrics.DOCUMENTS.labels(document.template, "refused").inc()
            raise Busy()
        self._waiting += 1
        try:
            with self._turn:
                return self._counted(document)
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """End the press; the next document starts another."""
        if self._process is not None:
            self._line.close()
            self._process.kill()
            self._process.wait()
            self._process = self._line = None

    def _counted(self, document: Document) -> bytes:
        began, outcome = perf_counter(), "failed"
        try:
            made = self._made(document)
            outcome = "printed"
        finally:
            metrics.DOCUMENTS.labels(document.template, outcome).inc()
            metrics.SECONDS.labels(document.template).observe(perf_counter() - began)
        return made

    def _made(self, document: Document) -> bytes:
        try:
            return self._asked(document)
        except _Gone:
            # It went home because nothing came, or it was killed: one more try with a fresh one.
            self.close()
        try:
            return self._asked(document)
        except _Gone as error:
            self.close()
            raise Failed(f"the press gave no {document.template} within {self.patience_s} s") from error

    def _asked(self, document: Document) -> bytes:
        if self._process is None:
            self._start()
        try:
            line.send(self._line, document.wire)
            answer = line.receive(self._line)
        except OSError as error:
            raise _Gone() from error
        if not answer:
            raise _Gone()
        if answer[:1] != b"+":
            raise Failed(answer[1:].decode())
        return answer[1:]

    def _start(self) -> None:
        own, its = socket.socketpair()
        own.settimeout(self.patience_s)
        command = [sys.executable, "-m", PRESS, str(its.fileno())]
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, pass_fds=[its.fileno()])
        its.close()
        self._line = own
