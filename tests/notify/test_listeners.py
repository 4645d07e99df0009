"""The worker on real RabbitMQ, MongoDB and SMTP: every event is heard twice and makes one delivery."""

from datetime import timedelta

import pytest

from hoithi_contracts.emulation import AssessmentReviewed, AwardsNominated, CampaignOpened
from hoithi_contracts.exam import WeekClosed, WeekExtended
from hoithi_contracts.registration import ErasureAnnounced, UserErased, UserUpdated
from hoithi_contracts.scoring import (
    ComplaintDecided,
    ComplaintQuestioned,
    ComplaintReceived,
    PrizeAwarded,
    ReminderRequested,
    ResultsCorrected,
    ResultsPublished,
    UnitReportReady,
    WeekScored,
)
from notify.moment import NOW

DAY = timedelta(days=1)
EVERYTHING = {"MUTED_OCCASIONS": ""}
ROUND = {"round_id": "c1-w1", "contest_id": "c1"}
COMPLAINT = {**ROUND, "complaint_id": "c1-w1:ab:score:1", "user_id": "u1", "kind": "score"}
CAMPAIGN = {"campaign_id": "nam-du-lieu", "title": "Năm dữ liệu số", "user_ids": ["u1"]}
COUNTS = {"revision": 1, "number": 1, "attempts": 5, "participants": 4, "digest": "d"}


def extended(revision=1, days=6, notice="Gia hạn một ngày"):
    previous, now = NOW + 5 * DAY, NOW + days * DAY
    return WeekExtended(**ROUND, revision=revision, previous_closes_at=previous, closes_at=now, reason="sự cố", notice=notice)


def prize(winner="u1", revision=1, kind="person"):
    award = {"award_id": "a1", "division": "citizens", "prize": "first", "place": 1, "awarded_at": NOW}
    return PrizeAwarded(**ROUND, **award, revision=revision, winner_kind=kind, winner_id=winner)


def reminder(*user_ids, note="Cùng tham gia nhé!"):
    request = {"reminder_id": "m1", "unit_id": "x1", "requested_by": "officer", "requested_at": NOW}
    return ReminderRequested(**ROUND, **request, user_ids=list(user_ids), note=note)


def of(storage, user_id, occasion, *states):
    """The person's deliveries of an occasion."""
    return [each for each in storage.deliveries.of([user_id], states) if each.occasion == occasion]


@pytest.fixture
def told(storage, publish, registered, published, opened, eventually):
    """`told(event, occasion)`: publishes the event twice when a person and a round are known; one letter is sent."""

    def tell(event, occasion):
        publish(published())
        publish(opened())
        publish(registered(name="Lý Văn A"))
        eventually(lambda: storage.contacts.get("u1") and storage.rounds.among(["c1-w1"]))
        publish(event)
        publish(event)
        eventually(lambda: of(storage, "u1", occasion, "sent"))
        assert len(of(storage, "u1", occasion)) == 1

    return tell


@pytest.mark.parametrize(
    ("event", "occasion", "subject"),
    [
        (extended(), "week-extended", "Gia hạn Tuần 1"),
        (WeekScored(**ROUND, **COUNTS, scored_at=NOW), "results-provisional", "Kết quả tạm thời Tuần 1"),
        (ResultsPublished(**ROUND, **COUNTS, published_at=NOW), "results-published", "Kết quả chính thức Tuần 1"),
        (
            ResultsCorrected(**ROUND, revision=1, previous_digest="a", digest="b", reason="R", corrected_at=NOW),
            "results-corrected",
            "Điều chỉnh kết quả Tuần 1",
        ),
        (prize(), "prize-awarded", "Chúc mừng bạn đạt giải Nhất"),
        (reminder("u1", "u1"), "reminder", "Nhắc bạn tham gia Tuần 1"),
        (
            ComplaintReceived(**COMPLAINT, received_at=NOW, decide_by=NOW + 5 * DAY),
            "complaint-received",
            "Ban Tổ chức đã nhận khiếu nại",
        ),
        (
            ComplaintQuestioned(**COMPLAINT, revision=1, asked_at=NOW, decide_by=NOW + 5 * DAY),
            "complaint-questioned",
            "Ban Tổ chức cần hỏi thêm",
        ),
        (
            ComplaintDecided(**COMPLAINT, outcome="upheld", decided_at=NOW),
            "complaint-decided",
            "Kết quả giải quyết khiếu nại",
        ),
        (
            UnitReportReady(
                **ROUND,
                report_id="c1:x1:daily:d",
                unit_id="x1",
                unit_name="Xã Đồng Văn",
                kind="daily",
                day="2026-11-24",
                user_ids=["u1"],
                made_at=NOW,
            ),
            "unit-report",
            "Báo cáo ngày: Xã Đồng Văn",
        ),
        (
            CampaignOpened(**CAMPAIGN, assess_until=NOW + 5 * DAY, review_until=NOW + 9 * DAY, opened_at=NOW),
            "campaign-opened",
            "Phong trào thi đua đã mở: Năm dữ liệu số",
        ),
        (
            AssessmentReviewed(
                **CAMPAIGN,
                assessment_id="nam-du-lieu:x1",
                revision=3,
                kind="collective",
                unit_id="x1",
                unit_name="Xã Đồng Văn",
                outcome="returned",
                review_until=NOW + 9 * DAY,
                reviewed_at=NOW,
            ),
            "assessment-reviewed",
            "Bản tự chấm cần bổ sung: Xã Đồng Văn",
        ),
        (
            AwardsNominated(**CAMPAIGN, awards=[], digest="d", decided_at=NOW),
            "awards-nominated",
            "Có tên trong danh sách đề nghị khen thưởng",
        ),
        (
            ErasureAnnounced(notice_id="u1.20271220", user_id="u1", erase_at=NOW + 30 * DAY),
            "erasure-announced",
            "Tài khoản dự thi của bạn sẽ được xóa",
        ),
    ],
)
def test_an_event_heard_twice_makes_one_letter(work, told, post_office, eventually, event, occasion, subject):
    work(**EVERYTHING)
    told(event, occasion)
    [letter] = [each for each in post_office.letters_to("u1@example.vn") if each["Subject"].startswith(subject)]
    assert "Lý Văn A" in letter.get_body(("plain",)).get_content()


def test_a_registration_heard_twice_makes_one_welcome(work, publish, registered, post_office, storage, eventually):
    work()
    publish(registered())
    publish(registered())
    eventually(lambda: storage.deliveries.of(["u1"], ["sent"]))
    publish(registered("u2", language="en"))
    eventually(lambda: post_office.letters_to("u2@example.vn"))
    [vietnamese], [english] = post_office.letters_to("u1@example.vn"), post_office.letters_to("u2@example.vn")
    assert vietnamese["Subject"] == "Chào mừng bạn! Tài khoản dự thi đã sẵn sàng"
    assert english["Subject"] == "Welcome! Your contest account is ready"


def test_an_opening_heard_twice_is_told_once_and_its_keys_are_stored_nowhere(
    work,
    publish,
    registered,
    published,
    opened,
    post_office,
    storage,
    database,
    eventually,
):
    work()
    for event in (opened(), opened(), published(), registered(), registered()):
        publish(event)
    eventually(lambda: of(storage, "u1", "week-opened", "sent"))
    [letter] = [each for each in post_office.letters_to("u1@example.vn") if "đã mở" in each["Subject"]]
    assert "/#/rounds/c1-w1" in letter.get_body(("plain",)).get_content()
    kept = [document for name in database.list_collection_names() for document in database[name].find()]
    assert "q-secret" not in repr(kept)


def test_an_announcement_is_muted_unless_the_operator_wants_it(work, publish, registered, published, storage, eventually):
    work()
    publish(registered())
    publish(published())
    publish(published())
    [occasion] = eventually(lambda: storage.occasions.newest(None, 10))
    assert (occasion.name, occasion.muted, occasion.state) == ("contest-published", True, "done")
    eventually(lambda: storage.deliveries.of(["u1"], ["sent"]))
    assert [each.occasion for each in storage.deliveries.of(["u1"])] == ["welcome"]


def test_an_announcement_that_is_wanted_goes_to_everybody(work, publish, registered, published, storage, eventually):
    work(**EVERYTHING)
    publish(registered())
    eventually(lambda: storage.contacts.get("u1"))
    publish(published())
    eventually(lambda: of(storage, "u1", "contest-published", "sent"))


def test_a_registration_that_comes_after_the_opening_was_spread_still_belongs_to_its_audience(
    work,
    publish,
    registered,
    published,
    opened,
    storage,
    eventually,
):
    work()
    publish(published())
    publish(opened())
    eventually(lambda: [each.state for each in storage.occasions.newest(None, 9)] == ["done", "done"])
    publish(registered())
    publish(registered("u2", registered_at=NOW))
    eventually(lambda: of(storage, "u1", "week-opened", "sent"))
    eventually(lambda: storage.deliveries.of(["u2"], ["sent"]))
    assert [each.occasion for each in storage.deliveries.of(["u2"])] == ["welcome"]


def test_nobody_is_invited_to_a_round_that_is_closed(work, publish, registered, published, opened, storage, eventually):
    work()
    closed = WeekClosed(**ROUND, number=1, attempts=5, closed_at=NOW)
    for event in (published(), closed, closed, registered()):
        publish(event)
    eventually(lambda: storage.contacts.get("u1"))
    eventually(lambda: storage.rounds.among(["c1-w1"]) and storage.rounds.among(["c1-w1"])["c1-w1"].closed_at)
    publish(opened())
    [occasion] = eventually(lambda: [each for each in storage.occasions.newest(None, 9) if each.ended])
    assert (occasion.name, occasion.ended) == ("week-opened", "too-late")


def test_a_person_without_an_address_is_reached_when_there_is_one(
    work,
    publish,
    registered,
    published,
    opened,
    post_office,
    storage,
    eventually,
):
    work()
    for event in (published(), opened(), registered(email=None, phone="0912345678")):
        publish(event)
    eventually(lambda: storage.contacts.get("u1"))
    publish(prize())
    publish(prize())
    [missing] = eventually(lambda: storage.deliveries.of(["u1"], ["no-address"]))
    assert (missing.occasion, missing.reason) == ("prize-awarded", "no-email")
    updated = registered(cls=UserUpdated, revision=2, email="moi@example.vn")
    publish(updated)
    publish(updated)
    eventually(lambda: [each for each in post_office.letters_to("moi@example.vn") if "giải Nhất" in each["Subject"]])


def test_an_older_update_that_comes_later_changes_nothing(work, publish, registered, storage, eventually):
    work()
    publish(registered(cls=UserUpdated, revision=3, email="moi@example.vn"))
    eventually(lambda: storage.contacts.get("u1"))
    publish(registered(cls=UserUpdated, revision=2, email="cu@example.vn"))
    publish(registered())
    eventually(lambda: storage.deliveries.of(["u1"], ["sent"]))
    assert storage.contacts.get("u1").email == "moi@example.vn"


def test_an_erased_person_gets_one_last_letter_then_nothing_and_no_address_is_left(
    work,
    publish,
    registered,
    published,
    opened,
    post_office,
    storage,
    database,
    eventually,
):
    work()
    erased = UserErased(user_id="u1", erased_at=NOW)
    publish(registered())
    eventually(lambda: storage.deliveries.of(["u1"], ["sent"]))
    publish(erased)
    publish(erased)
    eventually(lambda: len(post_office.letters_to("u1@example.vn")) == 2)
    for event in (registered(), registered(cls=UserUpdated, revision=5), published(), opened(), prize(), reminder("u1")):
        publish(event)
    eventually(lambda: len([each for each in storage.occasions.newest(None, 9) if each.state == "done"]) == 4)
    eventually(lambda: storage.deliveries.queued() == 0)
    subjects = sorted(letter["Subject"] for letter in post_office.letters_to("u1@example.vn"))
    assert subjects == ["Chào mừng bạn! Tài khoản dự thi đã sẵn sàng", "Dữ liệu cá nhân của bạn đã được xóa"]
    kept = repr([document for name in database.list_collection_names() for document in database[name].find()])
    assert "u1@example.vn" not in kept
    assert "Vàng Thị Mai" not in kept


def test_the_prize_of_a_unit_and_a_revised_prize_write_to_the_right_people(
    work,
    publish,
    registered,
    published,
    opened,
    storage,
    eventually,
):
    work()
    for event in (published(), opened(), registered("u1"), registered("u2")):
        publish(event)
    eventually(lambda: len(storage.contacts.among(["u1", "u2"])) == 2)
    publish(prize("u2", revision=2))
    publish(prize("u1", revision=1))
    publish(prize("x1", revision=3, kind="unit"))
    eventually(lambda: of(storage, "u2", "prize-awarded", "sent"))
    assert not of(storage, "u1", "prize-awarded", "sent") + of(storage, "x1", "prize-awarded")


def test_the_notice_of_an_extension_is_a_letter_with_the_new_end_in_it(work, told, post_office):
    work()
    told(extended(notice="Dòng một\nDòng hai <b>"), "week-extended")
    [letter] = [each for each in post_office.letters_to("u1@example.vn") if each["Subject"].startswith("Gia hạn")]
    assert "  Dòng một\n  Dòng hai <b>" in letter.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert "Dòng hai &lt;b&gt;" in letter.get_body(("html",)).get_content()
