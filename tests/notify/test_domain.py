from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hoithi_contracts.scoring import PrizeAwarded
from hoithi_notify.domain import deliveries, occasions
from hoithi_notify.domain.access import reach
from hoithi_notify.domain.deliveries import Delivery, NotRetriable, Patience, judge
from hoithi_notify.domain.occasions import Occasion
from hoithi_notify.domain.people import Contact, contact_of, masked, usable
from hoithi_notify.domain.rounds import Contest, Extension, Round, Window

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MAI = Contact("u1", 1, "Vàng Thị Mai", "mai@example.vn", "vi", NOW - DAY)
OPEN = Round("c1-w1", "c1", opening=Window(1, "Tuần 1", NOW - HOUR, NOW + DAY))
WEEK = Occasion("week-opened", "c1-w1", NOW, "c1", "c1-w1", {"paper_size": 20}, audience_before=NOW)
PRIZE = Occasion("prize-awarded", "a1", NOW, "c1", "c1-w1", {"prize": "first"}, user_ids=("u1",))


def letter(occasion=WEEK, user_id="u1", **more) -> Delivery:
    return Delivery(occasion.name, occasion.subject, user_id, NOW, NOW, **more)


def verdict(person=MAI, occasion=WEEK, round_=OPEN, now=NOW, **more):
    return judge(letter(occasion, **more), person, occasion, round_, now)


@pytest.mark.parametrize("email", ["a@example.vn", "vang.thi-mai+thi@mail.example.com", "o'neil@example.ie", "x@dân-số.vn"])
def test_an_ordinary_address_is_usable(email):
    assert usable(email)


@pytest.mark.parametrize(
    "email",
    [
        None,
        "",
        "mai",
        "mai@",
        "@example.vn",
        "mai@example",
        "mai@exa mple.vn",
        "mai @example.vn",
        "a@b@example.vn",
        "mai@example.vn\r\nBcc: all@example.vn",
        "mai@example.vn\n",
        "<mai@example.vn>",
        "mai,lan@example.vn",
        "mái@example.vn",
        "mai@[127.0.0.1]",
        '"a b"@example.vn',
        "a..b@example.vn",
        "-@-.vn",
        "x" * 65 + "@example.vn",
        "a@" + "x." * 130 + "vn",
    ],
)
def test_what_no_server_could_be_handed_is_not_an_address(email):
    assert usable(email) is None


def test_a_vietnamese_domain_goes_out_in_ascii():
    assert usable("mai@dân-số.vn") == "mai@" + "dân-số".encode("idna").decode() + ".vn"


def test_a_masked_address_can_be_recognised_but_not_used():
    assert masked("mai@example.vn") == "ma***@example.vn"
    assert masked("m@example.vn") == "***@example.vn"
    assert masked(None) is None


def test_no_phone_number_division_or_unit_is_kept_of_a_person(registered):
    kept = vars(contact_of(registered(phone="0912345678")))
    assert set(kept) == {"user_id", "revision", "name", "email", "language", "registered_at", "erased_at"}


def test_an_unknown_language_becomes_vietnamese(registered):
    assert contact_of(registered(language="hmn")).language == "vi"


def test_the_opening_binds_and_the_last_extension_ends_a_round():
    planned = replace(OPEN, plan=Window(1, "Kế hoạch", NOW, NOW + 9 * DAY))
    assert (planned.window.title, planned.closes_at) == ("Tuần 1", NOW + DAY)
    extended = replace(OPEN, extension=Extension(1, NOW + 2 * DAY))
    assert not extended.is_over(NOW + DAY)
    assert extended.is_over(NOW + 2 * DAY)


def test_a_due_letter_goes_to_the_address_of_now():
    assert verdict(replace(MAI, email="new@example.vn")).to == "new@example.vn"


@pytest.mark.parametrize("name", sorted(occasions.BOUND_TO_ROUND))
def test_an_invitation_is_not_sent_after_the_round_closed(name):
    about = Occasion(name, "s", NOW, "c1", "c1-w1", {"revision": 1}, audience_before=NOW)
    assert verdict(occasion=about, now=NOW + DAY).reason == "too-late"
    assert verdict(occasion=about, round_=replace(OPEN, closed_at=NOW)).reason == "too-late"
    assert verdict(occasion=about, now=NOW + DAY - timedelta(milliseconds=1)).what == "send"


def test_every_occasion_ends_some_day():
    for name in occasions.OCCASIONS:
        assert name in occasions.BOUND_TO_ROUND or occasions.is_too_late(name, NOW, None, NOW + 91 * DAY)


def test_an_erased_person_is_sent_nothing():
    assert verdict(Contact("u1", 0, erased_at=NOW)).reason == "erased"


def test_the_last_letter_goes_to_the_address_it_carries():
    last = deliveries.last_letter(MAI, NOW)
    assert judge(last, Contact("u1", 0, erased_at=NOW), None, None, NOW).to == "mai@example.vn"
    assert judge(last, None, None, None, NOW + 2 * DAY).reason == "too-late"


@pytest.mark.parametrize(
    "end",
    [
        lambda last: last.sent(last.to, "250 OK", NOW),
        lambda last: last.refused(last.to, "550 no", NOW),
        lambda last: last.deferred(last.to, "451", Patience(tries=1), NOW, 0),
        lambda last: last.cancelled("too-late", NOW),
    ],
)
def test_the_address_in_the_last_letter_is_forgotten_however_it_ends(end):
    assert end(deliveries.last_letter(MAI, NOW)).to is None


def test_a_person_who_is_not_known_yet_is_waited_for_and_then_given_up():
    assert verdict(None).what == "wait"
    waiting = letter()
    for _ in range(Patience().tries):
        waiting = waiting.waiting(Patience(), NOW, 0)
    assert (waiting.state, waiting.reason) == ("cancelled", "person-unknown")


def test_the_earlier_winner_of_a_revised_prize_is_not_congratulated():
    assert verdict(occasion=replace(PRIZE, user_ids=("u2",))).reason == "superseded"


def test_only_the_last_extension_is_announced():
    about = Occasion("week-extended", "c1-w1.1", NOW, "c1", "c1-w1", {"revision": 1}, audience_before=NOW)
    twice = replace(OPEN, extension=Extension(2, NOW + 3 * DAY))
    assert verdict(occasion=about, round_=twice).reason == "superseded"
    assert verdict(occasion=replace(about, facts={"revision": 2}), round_=twice).what == "send"


def test_a_missing_address_is_recorded_only_for_letters_to_a_person_by_name():
    silent = replace(MAI, email=None)
    assert deliveries.delivery_to(WEEK, "u1", silent, NOW) is None
    assert deliveries.delivery_to(PRIZE, "u1", silent, NOW).state == "no-address"
    assert deliveries.delivery_to(PRIZE, "u1", replace(MAI, email="mai@"), NOW).reason == "address-not-usable"


def test_people_without_an_address_and_late_registrations_are_not_welcomed():
    assert deliveries.welcome(MAI, NOW).delivery_id == "welcome:u1:u1"
    assert deliveries.welcome(replace(MAI, email=None), NOW) is None
    assert deliveries.welcome(MAI, NOW + 30 * DAY) is None
    assert deliveries.welcome(Contact("u1", 0, erased_at=NOW), NOW) is None


def test_a_letter_of_ones_own_goes_before_letters_to_everybody():
    assert letter(PRIZE).priority < letter(WEEK).priority


def test_each_try_waits_about_twice_as_long_as_the_one_before():
    patience = Patience(first_s=60, most_s=1000)
    longest = [(patience.next_at(tries, NOW, 0.999999) - NOW).total_seconds() for tries in (1, 2, 3, 4, 5, 20)]
    assert [round(each) for each in longest] == [60, 120, 240, 480, 960, 1000]
    assert (patience.next_at(1, NOW, 0) - NOW).total_seconds() == 30


def test_a_letter_is_given_up_after_the_last_try():
    tried = letter()
    for number in range(1, 9):
        assert tried.state == "queued"
        tried = tried.deferred("mai@example.vn", "451 later", Patience(tries=8), NOW, 0.5)
        assert tried.tries == number
    assert (tried.state, tried.reason) == ("failed", "gave-up")


def test_a_refused_letter_fails_at_once_and_can_be_tried_again():
    failed = letter().refused("mai@example.vn", "550 no such user", NOW)
    assert (failed.state, failed.reason, failed.tries) == ("failed", "refused", 1)
    again = failed.again(NOW + HOUR)
    assert (again.state, again.tries, again.due_at) == ("queued", 0, NOW + HOUR)


@pytest.mark.parametrize("state", ["queued", "sent", "cancelled"])
def test_what_was_sent_or_is_on_its_way_is_not_sent_again(state):
    with pytest.raises(NotRetriable) as refusal:
        letter(state=state).again(NOW)
    assert refusal.value.state == state


def test_a_corrected_address_gives_a_failed_letter_another_chance():
    failed = letter().refused("wrong@example.vn", "550", NOW)
    assert failed.deserves_another("mai@example.vn")
    assert not failed.deserves_another("wrong@example.vn")
    assert not failed.deserves_another(None)
    assert not letter().sent("wrong@example.vn", "250", NOW).deserves_another("mai@example.vn")


def test_a_long_answer_of_the_server_is_cut():
    assert len(letter().refused("mai@example.vn", "5" * 5000, NOW).answer) == 300


def test_spreading_waits_for_the_titles_but_not_for_ever():
    contest = Contest("c1", 1, "Cuộc thi")
    assert WEEK.is_ready(contest, OPEN, NOW)
    assert not WEEK.is_ready(None, OPEN, NOW)
    assert not WEEK.is_ready(contest, Round("c1-w1", "c1", extension=Extension(1, NOW)), NOW)
    assert WEEK.is_ready(None, None, NOW + HOUR)


def test_the_prize_of_a_unit_makes_no_letter():
    award = PrizeAwarded(
        award_id="a1",
        revision=1,
        contest_id="c1",
        round_id="c1-w1",
        division="citizens",
        prize="first",
        place=1,
        winner_kind="unit",
        winner_id="x1",
        awarded_at=NOW,
    )
    assert occasions.prize_awarded(award, NOW) is None


def test_the_keys_of_a_round_are_in_nothing_that_is_kept(opened):
    from hoithi_notify.domain import rounds

    event = opened()
    assert "q-secret" not in repr((rounds.opened(event), occasions.week_opened(event, NOW)))


def test_an_operator_sees_everything_an_organiser_the_own_contests_masked():
    assert reach(["operator:platform:*"]).sees_addresses
    everything = reach(["organiser:contest:*"])
    assert everything.covers(None)
    assert not everything.sees_addresses
    own = reach(["organiser:contest:c1", "officer:unit:x1"])
    assert own.covers("c1")
    assert not own.covers("c2")
    assert not own.covers(None)
