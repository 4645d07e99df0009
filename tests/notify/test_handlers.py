"""Sending against a storage in memory: what the office does with what it claims."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from hoithi_notify.domain.deliveries import Deferred, Delivery, Patience, Refused, Unreachable
from hoithi_notify.domain.occasions import Occasion
from hoithi_notify.domain.people import Contact
from hoithi_notify.domain.rounds import Contest, Round, Window
from hoithi_notify.handlers import Office, send_due, template, templates
from hoithi_notify.letters import Letters

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ROUND = Round("c1-w1", "c1", opening=Window(1, "Tuần 1", NOW, NOW + DAY))
WEEK = Occasion("week-opened", "c1-w1", NOW, "c1", "c1-w1", {"paper_size": 20}, audience_before=NOW)


class Memory:
    """The few methods of the storage that sending uses."""

    def __init__(self, *people: Contact, occasion: Occasion = WEEK):
        self.people = {person.user_id: person for person in people}
        self.queue = {
            each.delivery_id: each
            for each in (Delivery(occasion.name, occasion.subject, person.user_id, NOW, NOW, claim="mine") for person in people)
        }
        self.contacts = SimpleNamespace(get=self.people.get)
        self.occasions = SimpleNamespace(among=lambda ids: {occasion.occasion_id: occasion})
        self.rounds = SimpleNamespace(
            among=lambda ids: {"c1-w1": ROUND}, contests_among=lambda ids: {"c1": Contest("c1", 1, "Công dân số")}
        )
        self.deliveries = SimpleNamespace(claim=self.claim, settle=self.settle, release=self.release)
        self.released = []

    def claim(self, most, now, seconds):
        return [each for each in self.queue.values() if each.state == "queued"][:most]

    def settle(self, delivery, claim):
        self.queue[delivery.delivery_id] = delivery
        return True

    def release(self, deliveries, now):
        self.released += [each.user_id for each in deliveries]

    @property
    def states(self):
        return {each.user_id: each.state for each in self.queue.values()}


class Channel:
    """Takes letters, or raises what it was given."""

    is_resting = False

    def __init__(self, *troubles):
        self.troubles, self.sent = list(troubles), []

    def send(self, delivery_id, to, name, letter, now):
        trouble = self.troubles.pop(0) if self.troubles else None
        if trouble:
            raise trouble
        self.sent.append((to, letter))
        return "250 OK"


def person(user_id, **more) -> Contact:
    return Contact(user_id, 1, **{"name": "Mai", "email": f"{user_id}@example.vn", "registered_at": NOW, **more})


def office(memory, channel, clock=lambda: NOW) -> Office:
    return Office(memory, {"email": channel}, Letters("https://thi.example.vn"), clock, lambda: 0.5, Patience(tries=2))


def test_a_due_letter_is_sent_in_the_language_of_the_person():
    channel = Channel()
    memory = Memory(person("u1"), person("u2", language="en"))
    assert [each.state for each in send_due(office(memory, channel))] == ["sent", "sent"]
    assert [(to, letter.subject) for to, letter in channel.sent] == [
        ("u1@example.vn", "Tuần 1 đã mở – Công dân số"),
        ("u2@example.vn", "Tuần 1 is open – Công dân số"),
    ]


def test_one_refused_letter_does_not_hold_up_its_neighbours():
    memory = Memory(person("u1"), person("u2"), person("u3"))
    send_due(office(memory, Channel(Refused("550 no"), Deferred("451 later"))))
    assert memory.states == {"u1": "failed", "u2": "queued", "u3": "sent"}
    assert memory.queue["week-opened:c1-w1:u2"].due_at > NOW


def test_when_the_server_is_away_no_try_is_counted_and_the_rest_is_given_back():
    memory = Memory(person("u1"), person("u2"), person("u3"))
    send_due(office(memory, Channel(None, Unreachable("refused"))))
    assert memory.states == {"u1": "sent", "u2": "queued", "u3": "queued"}
    assert memory.released == ["u2", "u3"]
    assert memory.queue["week-opened:c1-w1:u2"].tries == 0


def test_nothing_is_claimed_while_the_server_is_left_alone():
    memory, channel = Memory(person("u1")), Channel()
    channel.is_resting = True
    assert send_due(office(memory, channel)) == []
    assert memory.states == {"u1": "queued"}


def test_a_batch_that_takes_too_long_is_given_back_before_its_claim_ends():
    times = iter([NOW, NOW, NOW, NOW, NOW] + [NOW + timedelta(seconds=101)] * 20)
    memory = Memory(person("u1"), person("u2"), person("u3"))
    send_due(office(memory, Channel(), clock=lambda: next(times)))
    assert "u3" in memory.released
    assert memory.states["u3"] == "queued"


def test_a_template_that_does_not_render_fails_its_own_letters_only():
    broken = replace(WEEK, facts={})
    memory, channel = Memory(person("u1"), occasion=broken), Channel()
    settled = send_due(office(memory, channel))
    assert (settled[0].state, settled[0].reason) == ("failed", "not-rendered")
    assert "paper_size" in settled[0].answer
    assert channel.sent == []


def test_a_letter_nobody_foresaw_does_not_hold_up_the_others():
    memory = Memory(person("u1"), person("u2"), person("u3"))
    with pytest.raises(ZeroDivisionError):
        send_due(office(memory, Channel(None, ZeroDivisionError())))
    assert memory.states == {"u1": "sent", "u2": "queued", "u3": "queued"}
    assert memory.released == ["u3"]


def test_a_person_erased_a_moment_ago_gets_nothing():
    memory, channel = Memory(person("u1")), Channel()
    memory.people["u1"] = Contact("u1", 0, erased_at=NOW)
    send_due(office(memory, channel))
    assert (memory.states, channel.sent) == ({"u1": "cancelled"}, [])


def test_every_template_is_listed_with_its_placeholders_and_can_be_previewed():
    letters = Letters("https://thi.example.vn")
    listed = {each["name"]: each for each in templates(letters)}
    assert "the officer's own words, or none" in [each["meaning"] for each in listed["reminder"]["placeholders"]]
    assert template(letters, "reminder", "en")["subject"] == "A reminder: Round 1 – Becoming digital citizens"
