"""Passwords: Argon2id in operating-system threads, a few at a time, so that the event loop and the exam keep their CPU."""

import os
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from eventlet import tpool
from eventlet.semaphore import Semaphore

from hoithi_registration import metrics
from hoithi_registration.domain.refusal import Refused

NICENESS = 5
"""Of the hashing threads: on full cores whoever takes a paper goes first, with three times their share; on free ones it
changes nothing."""


class TooBusy(Refused):
    """More passwords wait for a free thread than can be hashed before people give up."""


class Passwords:
    """`at_once` computations run, `most_waiting` more may wait; beyond that TooBusy."""

    def __init__(self, hasher: PasswordHasher, at_once: int, most_waiting: int):
        self.hasher = hasher
        self.free = Semaphore(at_once)
        self.most_waiting, self.waiting = most_waiting, 0
        self.nobodys = hasher.hash("of nobody: checked when the identifier is unknown")

    def hash(self, password: str) -> str:
        return self._in_thread(self.hasher.hash, password)

    def verify(self, password: str, password_hash: str | None) -> bool:
        """True when it fits; None (nobody) never fits and takes as long."""
        try:
            return self._in_thread(self.hasher.verify, password_hash or self.nobodys, password) and password_hash is not None
        except (VerificationError, InvalidHashError):
            return False

    def outdated(self, password_hash: str) -> bool:
        """True when it was made under other parameters."""
        return self.hasher.check_needs_rehash(password_hash)

    def _in_thread(self, work, *args):
        with self._turn(), metrics.HASH_SECONDS.time():
            return tpool.execute(_politely, work, *args)

    @contextmanager
    def _turn(self):
        if self.waiting >= self.most_waiting:
            raise TooBusy()
        self.waiting += 1
        metrics.HASHES_WAITING.set(self.waiting)
        try:
            self.free.acquire()
        finally:
            self.waiting -= 1
            metrics.HASHES_WAITING.set(self.waiting)
        try:
            yield
        finally:
            self.free.release()


def _politely(work, *args):
    """In a thread of the pool. Linux keeps a priority for every thread; 0 is the calling one."""
    os.setpriority(os.PRIO_PROCESS, 0, max(NICENESS, os.getpriority(os.PRIO_PROCESS, 0)))
    return work(*args)


def open_passwords(config: dict) -> Passwords:
    """As `password` in config.yml says; `at_once: 0` means one per core."""
    wanted = config["password"]
    at_once = wanted["at_once"] or os.cpu_count() or 1
    # Twenty threads by turns would each keep a block of memory as large as a hash: none of them fits the processor's cache.
    tpool.set_num_threads(at_once)
    hasher = PasswordHasher(time_cost=wanted["rounds"], memory_cost=wanted["memory_kib"], parallelism=wanted["lanes"])
    return Passwords(hasher, at_once, wanted["most_waiting"])
