"""The message itself; how it is handed over is in test_sending.py."""

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoithi_notify.letters import Letter
from hoithi_notify.mail import Server, WrongSetting, compose, message_id, sender_of, server_of

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SENDER = sender_of("Cuộc thi Công dân số <no-reply@hoithi.example>")
LETTER = Letter("vi", "Tuần 1 đã mở – Xây dựng công dân số", "Chào bạn\n", "<p>Chào bạn</p>\n")


def sent(name="Vàng Thị Mai", letter=LETTER, to="mai@example.vn", delivery_id="week-opened:c1-w1:u1"):
    raw = compose(SENDER, to, name, letter, delivery_id, NOW).as_bytes()
    raw.decode("ascii")
    assert all(len(line) <= 998 for line in raw.splitlines())
    return message_from_bytes(raw, policy=policy.default)


def test_headers_and_both_bodies_survive_the_way_in_vietnamese():
    message = sent()
    assert message["Subject"] == LETTER.subject
    assert message["To"].addresses[0].display_name == "Vàng Thị Mai"
    assert message["From"].addresses[0].display_name == "Cuộc thi Công dân số"
    assert message.get_content_type() == "multipart/alternative"
    assert message.get_body(("plain",)).get_content().splitlines() == LETTER.text.splitlines()
    assert message.get_body(("html",)).get_content().splitlines() == LETTER.html.splitlines()


def test_a_letter_says_that_a_machine_wrote_it_and_is_no_newsletter():
    message = sent()
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "vi"
    assert "List-Unsubscribe" not in message


def test_the_message_id_is_the_same_at_every_try_and_names_no_person():
    first = sent()["Message-ID"]
    assert sent()["Message-ID"] == first == message_id("week-opened:c1-w1:u1", "hoithi.example")
    assert sent(delivery_id="week-opened:c1-w1:u2")["Message-ID"] != first
    assert "u1" not in first


@pytest.mark.parametrize(
    "name",
    [
        "Mai\r\nBcc: all@example.vn",
        "Mai\nBcc: all@example.vn",
        'Mai" <all@example.vn>, "x',
        "Mai, all@example.vn",
        "Mai <b@example.vn>",
        "Mai\u2028Bcc: x",
        "Mai\x00\x0b",
        "=?utf-8?q?x=0D=0ABcc:_all@example.vn?=",
        "Vàng, Thị (Mai); " * 30,
        "'; --",
        "\\",
    ],
)
def test_a_name_can_neither_add_a_header_nor_a_recipient(name):
    message = sent(name)
    assert "Bcc" not in message
    assert [address.addr_spec for address in message["To"].addresses] == ["mai@example.vn"]


@pytest.mark.parametrize("subject", ["Tuần 1\r\nBcc: all@example.vn", "=?utf-8?q?x=0D=0ABcc:_all@example.vn?="])
def test_a_subject_cannot_add_a_header(subject):
    assert "Bcc" not in sent(letter=Letter("vi", subject, "a", "b"))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=120), st.text(max_size=120))
def test_whatever_a_name_or_a_subject_holds_the_recipient_is_one(name, subject):
    message = sent(name.encode("utf-8", "replace").decode(), Letter("vi", subject.encode("utf-8", "replace").decode(), "a", "b"))
    assert [address.addr_spec for address in message["To"].addresses] == ["mai@example.vn"]
    assert set(message.keys()) == {
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "Content-Language",
        "Auto-Submitted",
        "X-Auto-Response-Suppress",
        "MIME-Version",
        "Content-Type",
    }


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://127.0.0.1:19005", Server("smtp", "127.0.0.1", 19005)),
        ("smtp://mail.example.vn", Server("smtp", "mail.example.vn", 25)),
        ("smtps://u%40x:p%2Fw@mail.example.vn", Server("smtps", "mail.example.vn", 465, "u@x", "p/w")),
        ("smtp+starttls://u:p@mail.example.vn", Server("smtp+starttls", "mail.example.vn", 587, "u", "p")),
    ],
)
def test_the_server_is_named_by_a_url(url, server):
    assert server_of(url) == server


@pytest.mark.parametrize(
    "url", ["mail.example.vn", "http://mail.example.vn", "smtp://", "smtp://u:secret@h:99999", "smtp://u:secret@h:x"]
)
def test_a_wrong_server_setting_is_told_without_the_password(url):
    with pytest.raises(WrongSetting) as refusal:
        server_of(url)
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize("text", ["hoithi", "hoithi <>", "a@b", "x <y@z.vn\r\nBcc: all@example.vn>"])
def test_a_sender_that_is_no_address_stops_the_start(text):
    with pytest.raises(WrongSetting):
        sender_of(text)
