"""The press is a process of its own: bounded, replaced when it dies."""

import socket
import threading
import time

import pytest

from hoithi_print import Busy, Document, Failed, Printer, line, press

SMALL = Document("picture", {"nothing": "that the template needs"}, "png")


def test_what_the_press_cannot_set_is_told_and_the_next_document_is_set(printer, certificate):
    with pytest.raises(Failed):
        printer.print(SMALL)
    assert printer.print(certificate())[:5] == b"%PDF-"


def test_a_press_that_was_killed_is_replaced_unseen(certificate):
    printer = Printer()
    try:
        printer.print(certificate())
        printer._process.kill()
        printer._process.wait()
        assert printer.print(certificate())[:5] == b"%PDF-"
    finally:
        printer.close()


def test_a_press_that_remembers_too_much_leaves_before_the_next_document(certificate, monkeypatch):
    monkeypatch.setattr(press, "MOST_MB", 1)
    ours, its = socket.socketpair()
    with ours:
        line.send(ours, certificate().wire)
        monkeypatch.setattr("os.nice", lambda by: 0)
        press.main(its.detach())
        assert line.receive(ours) == b""


def test_more_than_may_wait_are_refused_at_once(certificate):
    printer = Printer(most_waiting=1)
    printer._turn.acquire()  # somebody's document is being set
    waiting = threading.Thread(target=printer.print, args=[certificate()])
    waiting.start()
    try:
        until = time.monotonic() + 30
        while printer._waiting < 1 and time.monotonic() < until:
            time.sleep(0.01)
        with pytest.raises(Busy):
            printer.print(certificate())
    finally:
        printer._turn.release()
        waiting.join()
        printer.close()


def test_a_press_that_does_not_answer_is_given_up(certificate):
    printer = Printer(patience_s=0.001)
    try:
        with pytest.raises(Failed):
            printer.print(certificate())
        assert printer._process is None
    finally:
        printer.close()
