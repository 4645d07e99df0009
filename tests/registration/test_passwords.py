"""Argon2id in threads of their own."""

import os
import time

import eventlet
import pytest
from argon2 import PasswordHasher

from hoithi_registration.service.passwords import Passwords, TooBusy


def make(at_once=1, most_waiting=100, **cost):
    return Passwords(PasswordHasher(**{"time_cost": 1, "memory_cost": 64, "parallelism": 1} | cost), at_once, most_waiting)


def test_a_password_fits_its_own_hash_only():
    passwords = make()
    kept = passwords.hash("mot-mat-khau-dai")
    assert kept.startswith("$argon2id$") and "mot-mat-khau-dai" not in kept
    assert passwords.verify("mot-mat-khau-dai", kept) and not passwords.verify("another", kept)


def test_nobody_has_no_password():
    assert make().verify("of nobody: checked when the identifier is unknown", None) is False


def test_a_damaged_hash_fits_nothing():
    assert make().verify("mot-mat-khau-dai", "damaged") is False


def test_hashes_of_other_parameters_are_outdated():
    assert make(time_cost=2).outdated(make().hash("mot-mat-khau-dai"))
    assert not make().outdated(make().hash("mot-mat-khau-dai"))


def test_the_event_loop_goes_on_while_passwords_are_hashed():
    turns = []

    def watch():
        while True:
            turns.append(time.perf_counter())
            eventlet.sleep(0.001)

    watcher = eventlet.spawn(watch)
    make(memory_cost=64 * 1024, time_cost=4).hash("mot-mat-khau-dai")
    watcher.kill()
    assert len(turns) > 5


def test_hashing_threads_let_others_go_first_and_nobody_else_does():
    class Curious(PasswordHasher):
        def hash(self, password):
            return os.getpriority(os.PRIO_PROCESS, 0)

    before = os.getpriority(os.PRIO_PROCESS, 0)
    assert Passwords(Curious(), at_once=1, most_waiting=1).hash("mot-mat-khau-dai") == max(5, before)
    assert os.getpriority(os.PRIO_PROCESS, 0) == before


def test_only_so_many_are_hashed_at_once():
    running, most = [], []

    class Watched(PasswordHasher):
        def hash(self, password):
            running.append(password)
            most.append(len(running))
            time.sleep(0.2)
            running.remove(password)
            return password

    passwords = Passwords(Watched(), at_once=2, most_waiting=100)
    [each.wait() for each in [eventlet.spawn(passwords.hash, str(number)) for number in range(8)]]
    assert max(most) == 2


def test_too_many_waiting_are_asked_to_come_back():
    passwords = make(at_once=1, most_waiting=2, memory_cost=16 * 1024)
    calls = [eventlet.spawn(passwords.hash, "mot-mat-khau-dai") for _ in range(5)]
    outcomes = []
    for call in calls:
        try:
            outcomes.append(bool(call.wait()))
        except TooBusy:
            outcomes.append("busy")
    assert "busy" in outcomes and True in outcomes
    with pytest.raises(TooBusy):
        make(most_waiting=0).hash("mot-mat-khau-dai")
