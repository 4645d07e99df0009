"""Sending through a real SMTP server that refuses, hesitates, hangs up and goes away."""

import time
from collections import Counter
from datetime import timedelta

import eventlet
import pytest

from hoithi_notify.domain.deliveries import Deferred, Delivery, Refused, Unreachable
from hoithi_notify.domain.people import Contact
from hoithi_notify.letters import Letter
from hoithi_notify.mail import EMail, sender_of, server_of
from notify.moment import NOW

LETTER = Letter("vi", "Chào bạn", "Chào\n", "<p>Chào</p>")


@pytest.fixture
def email(post_office):
    channel = EMail(server_of(post_office.url), sender_of("Cuộc thi <no-reply@hoithi.example>"), timeout_s=60, rest_s=0.2)
    yield channel
    channel.close()


def give(email, to, delivery_id="welcome:u1:u1"):
    return email.send(delivery_id, to, "Vàng Thị Mai", LETTER, NOW)


@pytest.fixture
def waiting(storage):
    """`waiting("u1", email=...)`: a person whose welcome is due."""

    def make(user_id="u1", **more):
        person = {"name": "Vàng Thị Mai", "email": f"{user_id}@example.vn", "registered_at": NOW}
        storage.contacts.note([Contact(user_id, 1, **{**person, **more})])
        storage.deliveries.add([Delivery("welcome", user_id, user_id, NOW, NOW)])
        return f"welcome:{user_id}:{user_id}"

    return make


def test_a_letter_arrives_with_its_name_subject_and_answer(email, post_office):
    assert give(email, "mai@example.vn") == "250 2.0.0 OK: kept"
    [letter] = post_office.letters
    assert (letter["X-To"], letter["Subject"]) == ("mai@example.vn", "Chào bạn")
    assert str(letter["To"]) == "Vàng Thị Mai <mai@example.vn>"


def test_the_connection_is_kept_from_letter_to_letter(email, post_office):
    give(email, "a@example.vn")
    first = email.smtp
    give(email, "b@example.vn")
    assert email.smtp is first


def test_a_refusal_of_the_recipient_or_of_the_data_is_final_and_keeps_the_connection(email):
    with pytest.raises(Refused, match="550 5.1.1"):
        give(email, "unknown@example.vn")
    with pytest.raises(Refused, match="554 5.7.1"):
        give(email, "spam@example.vn")
    assert give(email, "mai@example.vn")


def test_a_refusal_stays_a_refusal_when_the_server_hangs_up_after_it(email, monkeypatch):
    monkeypatch.setattr("smtplib.SMTP.rset", lambda smtp: (eventlet.sleep(0.2), smtp.docmd("RSET"))[1])
    with pytest.raises(Refused, match="550"):
        give(email, "rude@example.vn")
    assert give(email, "mai@example.vn")


def test_the_answer_that_is_kept_does_not_name_the_address(email):
    with pytest.raises(Refused) as refusal:
        give(email, "unknown@example.vn")
    assert "example.vn" not in str(refusal.value)
    assert "<address>" in str(refusal.value)


def test_a_temporary_answer_is_not_final(email):
    with pytest.raises(Deferred, match="451 4.7.1"):
        give(email, "busy-once@example.vn")
    assert give(email, "busy-once@example.vn")


def test_a_line_that_breaks_in_the_middle_is_tried_again_with_the_same_message_id(email, post_office):
    with pytest.raises(Deferred):
        give(email, "hangup@example.vn")
    give(email, "mai@example.vn", "one")
    give(email, "mai@example.vn", "one")
    assert len({letter["Message-ID"] for letter in post_office.letters}) == 1
    assert len(post_office.letters) == 2


def test_a_server_that_is_away_is_left_alone_for_a_while(email, post_office):
    post_office.close()
    email.rest_s = 600
    with pytest.raises(Unreachable):
        give(email, "mai@example.vn")
    assert email.is_resting
    post_office.open()
    assert email.is_resting
    email.resting_until = time.monotonic()
    assert not email.is_resting
    assert give(email, "mai@example.vn")
    assert email.troubles == 0


def test_a_server_that_restarted_since_the_last_letter_is_called_again(email, post_office, monkeypatch):
    give(email, "mai@example.vn")
    post_office.close()
    post_office.open()
    monkeypatch.setattr("hoithi_notify.mail.PROVE_AFTER_S", 0)
    assert give(email, "mai@example.vn")


def test_a_server_that_wants_a_password_we_do_not_have_is_no_fault_of_the_letter(post_office):
    url = post_office.url.replace("://", "://user:wrong@")
    email = EMail(server_of(url), sender_of("no-reply@hoithi.example"), timeout_s=60)
    with pytest.raises(Unreachable) as refusal:
        give(email, "mai@example.vn")
    assert "wrong" not in str(refusal.value)


@pytest.mark.parametrize(("scheme", "mode"), [("smtps", "smtps"), ("smtp+starttls", "starttls")])
def test_a_letter_goes_over_tls_with_a_password(safe_post_office, scheme, mode):
    office = safe_post_office(mode)
    email = EMail(server_of(f"{scheme}://thi:p%40ss%2Fword@localhost:{office.port}"), sender_of("no-reply@hoithi.example"))
    assert give(email, "mai@example.vn")
    assert give(email, "lan@example.vn")
    email.close()
    assert len(office.letters) == 2


@pytest.mark.parametrize(("scheme", "mode"), [("smtps", "smtps"), ("smtp+starttls", "starttls")])
def test_a_server_whose_certificate_is_not_for_its_name_is_given_nothing(safe_post_office, scheme, mode):
    office = safe_post_office(mode)
    email = EMail(server_of(f"{scheme}://thi:p%40ss%2Fword@127.0.0.1:{office.port}"), sender_of("no-reply@hoithi.example"))
    with pytest.raises(Unreachable):
        give(email, "mai@example.vn")
    assert office.tries == []


def test_a_letter_deferred_once_is_sent_at_the_second_try(work, waiting, storage, post_office, eventually):
    delivery_id = waiting(email="busy-once@example.vn")
    work()
    sent = eventually(lambda: (found := storage.deliveries.get(delivery_id)).state == "sent" and found)
    assert (sent.tries, sent.to, sent.answer) == (2, "busy-once@example.vn", "250 2.0.0 OK: kept")
    assert len(post_office.letters) == 1


def test_a_refused_letter_fails_at_the_first_try(work, waiting, storage, post_office, eventually):
    delivery_id = waiting(email="unknown@example.vn")
    work()
    failed = eventually(lambda: (found := storage.deliveries.get(delivery_id)).state == "failed" and found)
    assert (failed.reason, failed.tries) == ("refused", 1)
    assert failed.answer.startswith("550 5.1.1")
    eventlet.sleep(1.2)
    assert len(post_office.tries) == 1


def test_a_letter_is_given_up_after_the_number_of_tries_that_is_set(work, waiting, storage, post_office, eventually):
    delivery_id = waiting(email="busy@example.vn")
    work(SEND_TRIES=2)
    failed = eventually(lambda: (found := storage.deliveries.get(delivery_id)).state == "failed" and found)
    assert (failed.reason, failed.tries, len(post_office.tries)) == ("gave-up", 2, 2)


def test_letters_wait_uncounted_while_the_server_is_away(work, waiting, storage, post_office, eventually):
    post_office.close()
    delivery_id = waiting()
    worker = work()
    eventually(lambda: "hoithi_notify_server_reachable" in worker.client.get("/metrics").text)
    eventlet.sleep(2)
    assert storage.deliveries.get(delivery_id).tries == 0
    assert worker.client.get("/health").json()["checks"]["mongodb"]["ok"]
    post_office.open()
    eventually(lambda: storage.deliveries.get(delivery_id).state == "sent")


def test_two_workers_at_once_send_each_letter_once(work, waiting, storage, post_office, eventually):
    ids = [waiting(f"u{number:03}") for number in range(150)]
    work()
    work()
    eventually(lambda: storage.deliveries.queued() == 0)
    assert {storage.deliveries.get(each).state for each in ids} == {"sent"}
    times = Counter(letter["X-To"] for letter in post_office.letters)
    assert len(times) == 150
    assert set(times.values()) == {1}


def test_what_a_crashed_worker_had_claimed_is_sent_by_another(work, waiting, storage, post_office, eventually):
    delivery_id = waiting()
    storage.deliveries.claim(10, NOW, 3)
    work()
    eventually(lambda: storage.deliveries.get(delivery_id).state == "sent")
    assert len(post_office.letters) == 1


def test_a_person_erased_while_the_letter_waits_gets_nothing(work, waiting, storage, post_office, eventually):
    delivery_id = waiting()
    storage.contacts.forget("u1", NOW)
    work()
    cancelled = eventually(lambda: (found := storage.deliveries.get(delivery_id)).state == "cancelled" and found)
    assert cancelled.reason == "erased"
    assert post_office.tries == []


def test_the_worker_counts_what_it_sends(work, waiting, storage, eventually):
    waiting("counted")
    worker = work()
    eventually(lambda: storage.deliveries.queued() == 0)
    # A letter is counted after it was noted as sent.
    sent = 'hoithi_notify_deliveries_total{channel="email",occasion="welcome",outcome="sent"}'
    text = eventually(lambda: sent in (found := worker.client.get("/metrics").text) and found)
    assert 'hoithi_notify_send_seconds_count{channel="email"}' in text
    assert "counted" not in text


def test_a_letter_that_was_due_long_ago_is_not_sent_any_more(work, storage, post_office, eventually):
    storage.contacts.note([Contact("u1", 1, "Mai", "u1@example.vn", registered_at=NOW - timedelta(days=9))])
    storage.deliveries.add([Delivery("welcome", "u1", "u1", NOW - timedelta(days=9), NOW)])
    work()
    eventually(lambda: storage.deliveries.get("welcome:u1:u1").reason == "too-late")
    assert post_office.tries == []
