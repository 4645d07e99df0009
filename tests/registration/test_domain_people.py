from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from hoithi_contracts.registration import UserErased, UserRegistered, UserUpdated
from hoithi_registration.domain import consent, contact, person
from hoithi_registration.domain.calendar import age, day_of
from hoithi_registration.domain.consent import Purpose
from hoithi_registration.domain.marks import Marks
from hoithi_registration.domain.person import Guardian, StillOperator
from hoithi_registration.domain.refusal import NotAcceptable

NOW = datetime(2026, 9, 8, 2, 30, tzinfo=UTC)
PURPOSES = [Purpose("contest", "2026-01", True, {}), Purpose("later-contests", "2026-01", False, {})]
TODAY = date(2026, 9, 8)
BODY = {
    "name": "Vàng Thị Mỷ",
    "birth_date": date(1990, 3, 8),
    "phone": "+84912345678",
    "password": "mot-mat-khau-dai",
    "division": "citizens",
    "unit_id": "x1",
    "consents": [{"purpose": "contest", "version": "2026-01"}],
}


def join(**changes):
    return person.join(BODY | changes, "u1", PURPOSES, NOW)


def refused(work, *args):
    with pytest.raises(NotAcceptable) as refusal:
        work(*args)
    return refusal.value.fields


@pytest.mark.parametrize(
    "text", ["0912345678", "0912 345 678", "+84 912 345 678", "84912345678", "0084912345678", "0912.345.678", "(091) 234-5678"]
)
def test_every_spelling_of_a_vietnamese_number_is_one_number(text):
    assert contact.phone_number(text) == "+84912345678"


@pytest.mark.parametrize(
    "text", ["01631234567", "+1 202 555 0123", "1900 1234", "112", "0912345678;ext=5", "tel:0912345678", "٠٩١٢٣٤٥٦٧٨", ""]
)
def test_other_numbers_are_refused(text):
    with pytest.raises(ValueError):
        contact.phone_number(text)


def test_email_addresses_are_kept_in_lower_case():
    assert contact.email_address("Van.An@Example.VN") == "van.an@example.vn"


def test_email_of_a_closed_network_is_accepted():
    assert contact.email_address("operator@hoithi.local") == "operator@hoithi.local"


@pytest.mark.parametrize("text", ["an", "an@", "@an.vn", "an@localhost", "a b@an.vn", "an@an..vn"])
def test_what_is_no_email_address_is_refused(text):
    with pytest.raises(ValueError):
        contact.email_address(text)


def test_an_identifier_is_found_in_any_spelling():
    assert contact.identifier("0912 345 678") == "+84912345678"
    assert contact.identifier("An@Example.vn") == "an@example.vn"
    assert contact.identifier("Nobody") == "nobody"


def test_the_day_is_counted_in_vietnam():
    assert day_of(NOW.replace(hour=16, minute=59)) == date(2026, 9, 8)
    assert day_of(NOW.replace(hour=17, minute=0)) == date(2026, 9, 9)


def test_age_rises_on_the_birthday():
    assert age(date(2010, 9, 8), TODAY) == 16
    assert age(date(2010, 9, 9), TODAY) == 15
    assert age(date(2012, 2, 29), date(2026, 2, 28)) == 13
    assert age(date(2012, 2, 29), date(2026, 3, 1)) == 14


def test_joining_tells_the_others():
    joined = join(email="an@example.vn", party_unit_id="p1")
    assert joined.facts() == [
        UserRegistered(
            user_id="u1",
            revision=1,
            name="Vàng Thị Mỷ",
            division="citizens",
            unit_id="x1",
            party_unit_id="p1",
            phone="+84912345678",
            email="an@example.vn",
            language="vi",
            registered_at=NOW,
        )
    ]


def test_what_is_told_of_a_person_carries_marks_and_no_birthday():
    [told] = join(email="an@example.vn").facts(Marks(b"a secret of tests"))
    assert told.identity_mark and told.mailbox_mark and told.identity_mark != told.mailbox_mark
    assert not hasattr(told, "birth_date")


def test_phone_or_email_is_needed():
    assert refused(lambda: join(phone=None)) == {"phone": "phone-or-email"}
    assert join(phone=None, email="an@example.vn").phone is None


def test_under_16_a_guardian_is_needed():
    assert refused(lambda: join(birth_date=date(2010, 9, 9))) == {"guardian": "guardian-needed"}


def test_at_16_no_guardian_is_needed_and_none_is_kept():
    guardian = {"name": "Vàng Văn Páo", "phone": "+84987654321"}
    assert join(birth_date=date(2010, 9, 8), guardian=guardian).guardian is None


def test_the_guardian_of_a_child_is_kept_with_the_time():
    guardian = {"name": "Vàng Văn Páo", "phone": "+84987654321"}
    assert join(birth_date=date(2013, 1, 1), guardian=guardian).guardian == Guardian("Vàng Văn Páo", "+84987654321", NOW)


@pytest.mark.parametrize("born", [date(2026, 9, 9), date(1905, 1, 1)])
def test_impossible_birth_dates_are_refused(born):
    assert refused(lambda: join(birth_date=born)) == {"birth_date": "not-a-birth-date"}


@pytest.mark.parametrize("password", ["0912345678", "+84912345678", "84912345678", " an@example.vn", "AN@Example.vn"])
def test_the_password_is_not_the_identifier(password):
    assert refused(lambda: join(email="an@example.vn", password=password)) == {"password": "password-is-identifier"}


def test_consent_to_the_required_purpose_must_be_given():
    assert refused(lambda: join(consents=[])) == {"consents": "consent-missing:contest"}


def test_consent_to_an_old_version_is_refused():
    assert refused(consent.give, [{"purpose": "contest", "version": "2025-01"}], PURPOSES, NOW) == {
        "consents.0.version": "not-current:2026-01"
    }


def test_consent_to_an_unknown_purpose_is_refused():
    given = [{"purpose": "contest", "version": "2026-01"}, {"purpose": "marketing", "version": "1"}]
    assert refused(consent.give, given, PURPOSES, NOW) == {"consents.1.purpose": "unknown-purpose"}


def test_an_optional_consent_can_be_withdrawn_and_the_other_keeps_its_date():
    both = [{"purpose": "contest", "version": "2026-01"}, {"purpose": "later-contests", "version": "2026-01"}]
    before = join(consents=both)
    after = person.change(before, {"consents": both[:1]}, PURPOSES, NOW + timedelta(days=1))
    assert [(one.purpose, one.given_at) for one in after.consents] == [("contest", NOW)]


def test_a_change_tells_the_others_the_whole_new_state():
    changed = person.change(join(), {"name": "Vàng Thị Mai"}, PURPOSES, NOW)
    assert [type(fact) for fact in changed.facts()] == [UserUpdated]
    assert (changed.revision, changed.facts()[0].name, changed.facts()[0].unit_id) == (2, "Vàng Thị Mai", "x1")


def test_a_change_that_changes_nothing_is_no_change():
    before = join()
    assert person.change(before, {"name": before.name}, PURPOSES, NOW) is before


def test_history_names_fields_and_never_values():
    changed = person.change(join(), {"name": "Vàng Thị Mai"}, PURPOSES, NOW)
    assert [(entry.what, entry.fields) for entry in changed.history] == [("joined", ()), ("changed", ("name",))]


def test_the_last_contact_cannot_be_removed():
    assert refused(person.change, join(), {"phone": None}, PURPOSES, NOW) == {"phone": "phone-or-email"}


def test_a_corrected_birth_date_may_call_for_a_guardian():
    assert refused(person.change, join(), {"birth_date": date(2014, 1, 1)}, PURPOSES, NOW) == {"guardian": "guardian-needed"}


def test_a_guardian_is_forgotten_when_the_corrected_age_needs_none():
    child = join(birth_date=date(2013, 1, 1), guardian={"name": "Páo", "phone": "+84987654321"})
    assert person.change(child, {"birth_date": date(2003, 1, 1)}, PURPOSES, NOW).guardian is None


def test_a_childs_other_changes_keep_the_guardian():
    child = join(birth_date=date(2013, 1, 1), guardian={"name": "Páo", "phone": "+84987654321"})
    assert person.change(child, {"name": "Vàng Thị Mai"}, PURPOSES, NOW).guardian == child.guardian


def test_the_first_operator_is_announced_to_nobody():
    operator = person.first_operator("operator@hoithi.local", "hash", NOW)
    assert operator.facts() == []
    assert operator.roles == ["operator:platform:*", "organiser:contest:*"]


def test_an_operators_account_is_not_erased():
    with pytest.raises(StillOperator):
        person.first_operator("operator@hoithi.local", "hash", NOW).erased(NOW)


def test_erasing_tells_the_others_only_the_id():
    assert join().erased(NOW) == [UserErased(user_id="u1", erased_at=NOW)]


def test_a_password_hash_is_not_shown_when_a_person_is_printed():
    assert "$argon2id" not in repr(replace(join(), password_hash="$argon2id$"))
