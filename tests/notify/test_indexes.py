"""Notify reads by an index, and keeps no index that nothing reads."""

from datetime import timedelta

import pytest

from hoithi_contracts.registration import OrganiserChanged, UserErased
from hoithi_contracts.scoring import ResultsProposed
from hoithi_notify.domain.deliveries import Delivery
from hoithi_notify.handlers import forget_last_letters, forget_person, hear, note_people, send_due, spread
from hoithi_notify.service import Desk, Doors
from notify.moment import NOW
from queries import recording, scans, unused

KEPT = {("deliveries", "kept"): "MongoDB itself removes old letters by it"}
ORGANISER, OPERATOR = "organiser:contest:c1", "operator:platform:*"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def recorder(monkeypatch):
    return recording(monkeypatch)


@pytest.fixture
def history(storage, registered, published, opened):
    """Sixty people were welcomed and told that a round opened."""
    note_people(storage, [registered(f"u{number:02}") for number in range(60)], NOW)
    for event in (published(), opened()):
        hear(storage, event, NOW)
    while spread(storage, NOW, most=25) is not None:
        pass
    return storage


def test_hearing_spreading_and_sending_never_scan_a_collection(recorder, history, database, settings, post_office):
    work(settings, post_office)
    plans = recorder.plans(database)
    assert {plan.collection for plan in plans} >= {"contacts", "occasions", "deliveries", "rounds", "contests"}
    assert scans(plans, {}) == []


def work(settings, post_office):
    """Send some letters, look how many wait."""
    desk = Desk(settings("notify", SMTP_URL=post_office.url))
    assert send_due(desk.office, most=10)
    assert desk.office.storage.deliveries.queued() > 10
    desk.office.storage.deliveries.oldest_due(NOW + DAY)


def test_every_query_of_notify_uses_an_index_and_every_index_is_used(
    recorder, history, database, settings, post_office, registered, serve, auth
):
    work(settings, post_office)
    note_people(history, [registered("late", registered_at=NOW - DAY)], NOW)
    propose(history)
    forget_person(history, UserErased(user_id="u59", erased_at=NOW), NOW)
    forget_last_letters(history, NOW + 30 * DAY)
    look(serve(Doors).client, history, auth)
    plans = recorder.plans(database)
    assert scans(plans, {}) == []
    assert unused(database, plans, KEPT) == set()


def propose(storage):
    """An organiser is told what another one proposed."""
    about = {"change_id": "c1:u2:1", "user_id": "u2", "contest_id": "c1"}
    hear(storage, OrganiserChanged(**about, changed_at=NOW, holds=True), NOW)
    told = {"proposal_id": "p1", "contest_id": "c1", "round_id": "c1-w1", "proposed_by": "o1"}
    hear(storage, ResultsProposed(**told, proposed_at=NOW, expires_at=NOW + 7 * DAY), NOW)


def look(client, history, auth):
    """Everything an operator, an organiser or a person can read; a letter that failed is sent again."""
    history.deliveries.add([Delivery("prize-awarded", "a1", "u1", NOW, NOW, state="failed", contest_id="c1")])
    for role in (OPERATOR, ORGANISER):
        headers = auth("boss", roles=[role])
        for path in ("/deliveries", "/deliveries?state=queued", "/deliveries?occasion=welcome", "/occasions"):
            assert client.get(path, headers=headers).status_code == 200, path
    answer = client.post("/deliveries/prize-awarded:a1:u1/retry", headers=auth("boss", roles=[OPERATOR]))
    assert answer.status_code == 200, answer.text
    for path in ("/me/messages", "/me/export"):
        assert client.get(path, headers=auth("u1")).status_code == 200
