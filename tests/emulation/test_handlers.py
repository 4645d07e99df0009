"""From a template to the decided list, by the handlers on the real database; who may and who may not."""

from datetime import date, timedelta

import pytest

from hoithi_bus.http import Forbidden
from hoithi_contracts.emulation import AssessmentReviewed, AwardsNominated, CampaignOpened
from hoithi_contracts.event import open_envelope
from hoithi_contracts.registration import OfficerChanged, RosterFrozen, UserErased, UserUpdated
from hoithi_contracts.scoring import PrizeAwarded
from hoithi_emulation.domain.refusals import (
    AssessmentUnknown,
    CampaignTaken,
    CampaignUnknown,
    EvidenceUnknown,
    NotDecidedYet,
    NotRanked,
    NotTakingPart,
    NotYourUnit,
    NoUnit,
    Outpaced,
    OwnReview,
    ReviewsWait,
)
from hoithi_emulation.domain.results import Round
from hoithi_emulation.domain.rules import plain
from hoithi_emulation.handlers import assessing, campaigns, counting, indices, listening, nominating, own, own_data, reviewing
from hoithi_store import Entry

CAMPAIGN = "nam-du-lieu"
BEGIN = {"kind": "collective", "own": False, "unit_id": "x1", "name": "", "position": ""}
OWN = {**BEGIN, "kind": "individual", "own": True, "name": "Vàng Thị Mỷ", "position": "Công chức"}


def claimed(code: str, value: float) -> list[dict]:
    return [{"code": code, "value": value, "note": ""}]


def outbox(storage, collection: str) -> list:
    found = storage.database[collection].find({"outbox": {"$exists": True}})
    return [open_envelope(each) for document in found for each in document["outbox"]]


@pytest.fixture
def handed(opened, people, making):
    """x1's self-assessment, handed in by its officer."""
    begun = assessing.begin(opened, people.officer, CAMPAIGN, BEGIN, making.now)
    claims = [{"code": "A2", "value": 12.0, "note": "Báo cáo đúng hạn"}]
    written = assessing.write(opened, people.officer, begun.assessment_id, begun.revision, claims, making.now)
    return assessing.hand_in(opened, people.officer, written.assessment_id, written.revision, making.now)


@pytest.fixture
def confirmed(opened, people, handed, making):
    return reviewing.confirm(opened, people.above, handed.assessment_id, handed.revision, [], making.now)


# Campaigns


def test_a_campaign_opens_from_a_template_with_locked_rules_and_officers_are_told(storage, people, making):
    appointed = OfficerChanged(officer_id="x1:o1", changed_at=making.now, user_id="o1", unit_id="x1", holds=True)
    storage.units.appoint(appointed)
    draft = campaigns.create(storage, people.organiser, CAMPAIGN, "tuyen-quang-2023", None, date(2026, 1, 1), making.now)
    rules = plain(draft.rules)
    for kind in ("collective", "individual"):
        rules[kind] = [{**each, "contest_id": "hg" if each["how"] == "contest" else ""} for each in rules[kind]]
    parts = {"title": "Năm dữ liệu số", "from_day": date(2026, 1, 1), "to_day": date(2026, 12, 31), "rules": rules,
             "assess_until": making.assess_until, "review_until": making.review_until}  # fmt: skip
    changed = campaigns.change(storage, people.organiser, CAMPAIGN, draft.revision, parts, making.now)
    assert campaigns.check(storage, people.organiser, CAMPAIGN, making.now) == {}
    opened = campaigns.open_campaign(storage, people.organiser, CAMPAIGN, changed.revision, making.now)
    assert opened.state == "open"
    told = [(type(event), event.user_ids, event.individuals) for event in outbox(storage, "campaigns")]
    assert told == [(CampaignOpened, ["o1"], True)]
    assert [entry.what for entry in storage.audit.about(CAMPAIGN)] == ["campaign-created", "campaign-changed", "campaign-opened"]


def test_two_organisers_do_not_overwrite_each_other(opened, people, making):
    later = making.assess_until + timedelta(days=1), making.review_until + timedelta(days=1)
    campaigns.extend(opened, people.organiser, CAMPAIGN, 1, *later, "Mưa lũ", making.now)
    with pytest.raises(Outpaced):
        campaigns.extend(opened, people.organiser, CAMPAIGN, 1, *later, "Mưa lũ", making.now)


def test_a_draft_is_nobody_elses_business(storage, people, making, claims):
    campaigns.create(storage, people.organiser, CAMPAIGN, "bac-kan-2022", None, date(2026, 1, 1), making.now)
    with pytest.raises(CampaignUnknown):
        campaigns.show(storage, people.officer, CAMPAIGN)
    assert campaigns.visible(storage, claims("o9", "organiser:contest:khac")) == []
    with pytest.raises(CampaignTaken):
        campaigns.create(storage, people.organiser, CAMPAIGN, "bac-kan-2022", None, date(2026, 1, 1), making.now)
    with pytest.raises(Forbidden):
        campaigns.create(storage, people.officer, "khac", "bac-kan-2022", None, date(2026, 1, 1), making.now)


# From below


def test_only_the_units_own_officer_begins_and_twice_is_once(opened, people, making):
    one, two = (assessing.begin(opened, people.officer, CAMPAIGN, BEGIN, making.now) for _ in range(2))
    assert one == two and one.league == "xa"
    for who in (people.elsewhere, people.above, people.organiser, people.person):
        with pytest.raises(NotYourUnit):
            assessing.begin(opened, who, CAMPAIGN, BEGIN, making.now)


def test_a_unit_of_no_league_takes_no_part(opened, claims, making):
    with pytest.raises(NotTakingPart):
        assessing.begin(opened, claims("v", "officer:unit:x1-a"), CAMPAIGN, {**BEGIN, "unit_id": "x1-a"}, making.now)


def test_a_stale_page_overwrites_nothing(opened, people, making):
    begun = assessing.begin(opened, people.officer, CAMPAIGN, BEGIN, making.now)
    assessing.write(opened, people.officer, begun.assessment_id, 0, claimed("A2", 1.0), making.now)
    with pytest.raises(Outpaced):
        assessing.write(opened, people.officer, begun.assessment_id, 0, [], making.now)


def test_evidence_is_kept_as_it_is_and_for_those_who_may_see_it(opened, people, making):
    begun = assessing.begin(opened, people.officer, CAMPAIGN, BEGIN, making.now)
    add = (begun.assessment_id, 0, "A1", "Kế hoạch.PDF", making.pdf, making.now)
    kept = assessing.add_evidence(opened, people.officer, *add)
    file = kept.files[0]
    for who in (people.officer, people.above, people.organiser):
        assert reviewing.evidence(opened, who, begun.assessment_id, file.file_id) == (file, making.pdf)
    for who in (people.elsewhere, people.person):
        with pytest.raises(AssessmentUnknown):
            reviewing.evidence(opened, who, begun.assessment_id, file.file_id)
    with pytest.raises(NotYourUnit):
        assessing.drop_evidence(opened, people.above, begun.assessment_id, 1, file.file_id, making.now)
    assessing.drop_evidence(opened, people.officer, begun.assessment_id, 1, file.file_id, making.now)
    with pytest.raises(EvidenceUnknown):
        reviewing.evidence(opened, people.officer, begun.assessment_id, file.file_id)
    assert opened.database["files"].count_documents({}) == 0


def test_a_file_of_a_stale_page_is_not_left_behind(opened, people, making):
    begun = assessing.begin(opened, people.officer, CAMPAIGN, BEGIN, making.now)
    with pytest.raises(Outpaced):
        assessing.add_evidence(opened, people.officer, begun.assessment_id, 7, "A1", "a.pdf", making.pdf, making.now)
    assert opened.database["files"].count_documents({}) == 0


# From above


def test_the_level_above_reviews_and_nobody_else(opened, people, handed, claims, making):
    both = claims("o1b", "officer:unit:x1", "officer:unit:t1")
    for who in (people.officer, both, claims("boss", "organiser:contest:*", "officer:unit:x1")):
        with pytest.raises(OwnReview):
            reviewing.confirm(opened, who, handed.assessment_id, handed.revision, [], making.now)
    with pytest.raises(AssessmentUnknown):
        reviewing.confirm(opened, people.elsewhere, handed.assessment_id, handed.revision, [], making.now)
    saved = reviewing.confirm(opened, people.above, handed.assessment_id, handed.revision, [], making.now)
    event = outbox(opened, "assessments")[0]
    assert (type(event), event.outcome, event.user_ids, event.revision) == (
        AssessmentReviewed,
        "confirmed",
        ["o1"],
        saved.revision,
    )


def test_the_organiser_reviews_where_nobody_is_above(opened, claims, people, making):
    agency = claims("oa", "officer:unit:a1")
    begun = assessing.begin(opened, agency, CAMPAIGN, {**BEGIN, "unit_id": "a1"}, making.now)
    written = assessing.write(opened, agency, begun.assessment_id, 0, claimed("A2", 3.0), making.now)
    handed = assessing.hand_in(opened, agency, begun.assessment_id, written.revision, making.now)
    assert reviewing.confirm(opened, people.organiser, begun.assessment_id, handed.revision, [], making.now).state == "confirmed"


def test_what_was_given_back_comes_again_with_the_reason(opened, people, handed, making):
    returned = reviewing.give_back(opened, people.above, handed.assessment_id, handed.revision, "Thiếu số liệu", making.now)
    late = making.assess_until + timedelta(hours=1)
    again = assessing.hand_in(opened, people.officer, handed.assessment_id, returned.revision, late)
    assert (returned.reason, again.state) == ("Thiếu số liệu", "handed-in")
    assert [entry.what for entry in opened.audit.about(handed.assessment_id)] == [
        "assessment-begun", "assessment-handed-in", "assessment-given-back", "assessment-handed-in",
    ]  # fmt: skip


def test_lists_show_who_has_not_begun_and_what_waits(opened, people, handed, making):
    rows = {row["unit_id"]: row for row in reviewing.listed(opened, people.above, CAMPAIGN, "t1", "collective", making.now)}
    assert {unit: row["state"] for unit, row in rows.items()} == {
        "x1": "handed-in", "x2": "not-begun", "x3": "not-begun", "a1": "not-begun",
    }  # fmt: skip
    assert rows["x1"]["waits_for_you"] and rows["x1"]["total"] == 12
    own = reviewing.listed(opened, people.officer, CAMPAIGN, "x1", "collective", making.now)
    assert [(row["unit_id"], row["waits_for_you"]) for row in own] == [("x1", False)]
    for who, unit in ((people.elsewhere, "x1"), (people.officer, "t1"), (people.person, "x1")):
        with pytest.raises(NotYourUnit):
            reviewing.listed(opened, who, CAMPAIGN, unit, "collective", making.now)
    with pytest.raises(Forbidden):
        reviewing.listed(opened, people.above, CAMPAIGN, None, "collective", making.now)


def test_a_person_writes_about_itself_and_the_own_unit_reviews(opened, people, making):
    body = {**BEGIN, "kind": "individual", "own": True, "name": "Vàng Thị Mỷ", "position": "Công chức"}
    begun = assessing.begin(opened, people.person, CAMPAIGN, body, making.now)
    written = assessing.write(opened, people.person, begun.assessment_id, 0, claimed("I1", 70.0), making.now)
    handed = assessing.hand_in(opened, people.person, begun.assessment_id, written.revision, making.now)
    assert reviewing.confirm(opened, people.officer, begun.assessment_id, handed.revision, [], making.now).state == "confirmed"
    assert own_data.export(opened, people.person, making.now)["assessments"][0]["name"] == "Vàng Thị Mỷ"


def test_an_account_without_a_unit_has_nobody_to_review_it(opened, claims, making):
    with pytest.raises(NoUnit):
        assessing.begin(opened, claims("p0", unit_id=None), CAMPAIGN, OWN, making.now)


def test_whom_an_officer_names_the_level_above_reviews(opened, people, making):
    body = {**BEGIN, "kind": "individual", "name": "Lò Văn Páo", "position": "Trưởng thôn"}
    begun = assessing.begin(opened, people.officer, CAMPAIGN, body, making.now)
    written = assessing.write(opened, people.officer, begun.assessment_id, 0, claimed("I1", 60.0), making.now)
    handed = assessing.hand_in(opened, people.officer, begun.assessment_id, written.revision, making.now)
    with pytest.raises(OwnReview):
        reviewing.confirm(opened, people.officer, begun.assessment_id, handed.revision, [], making.now)
    assert reviewing.confirm(opened, people.above, begun.assessment_id, handed.revision, [], making.now).state == "confirmed"


# What the platform counts


def test_official_results_become_points_by_the_roster_with_everything_below(opened, confirmed, making):
    for unit, heads in (("x1", 60), ("x1-a", 40), ("x2", 50)):
        frozen = RosterFrozen(
            roster_id=f"hg:{unit}", revision=1, contest_id="hg", unit_id=unit, headcount=heads, frozen_at=making.now
        )
        opened.units.freeze(frozen)
    opened.results.want("hg-w1", "hg", 3)
    opened.results.keep(Round("hg-w1", "hg", 3, "d", {"x1": 30, "x1-a": 25, "x2": 50}, making.now))
    assert opened.results.wanted() == []
    values = counting.counted(opened, opened.campaigns.get(CAMPAIGN), [confirmed])
    assert values == {(confirmed.assessment_id, "D1"): 55}
    opened.results.want("hg-w1", "hg", 4)
    assert opened.results.wanted() == [("hg-w1", "hg")], "corrected results are fetched again"


def test_a_prize_counts_for_who_won_it_until_somebody_else_does(opened, people, making):
    body = {**BEGIN, "kind": "individual", "own": True, "name": "Vàng Thị Mỷ"}
    begun = assessing.begin(opened, people.person, CAMPAIGN, body, making.now)

    def won(winner, revision):
        return PrizeAwarded(award_id="hg-w1:citizens:first:1", revision=revision, contest_id="hg", round_id="hg-w1",
                            division="citizens", prize="first", place=1, winner_kind="person", winner_id=winner,
                            awarded_at=making.now)  # fmt: skip

    campaign = opened.campaigns.get(CAMPAIGN)
    listening.prize_told(opened, won("p1", 1))
    assert counting.counted(opened, campaign, [begun]) == {(begun.assessment_id, "I2"): 1}
    listening.prize_told(opened, won("p2", 2))
    listening.prize_told(opened, won("p1", 1))
    assert counting.counted(opened, campaign, [begun]) == {}


def test_a_sheet_with_an_error_keeps_nothing_and_a_right_one_replaces_all(opened, people, making):
    head = {1: ["Mã đơn vị", "Giá trị"]}
    for rows, saved in (({**head, 2: ["x1", "85"], 3: ["zz", "1"]}, False), ({**head, 2: ["x1", "85"]}, True)):
        read = indices.read_sheet(opened, people.organiser, CAMPAIGN, "C1", rows)
        assert indices.keep_sheet(opened, people.organiser, CAMPAIGN, "C1", read, making.now).saved is saved
    assert opened.indices.of(CAMPAIGN) == {"C1": {"x1": 85}}
    assert indices.counted(opened, people.organiser, CAMPAIGN)["indices"][0]["values"] == 1


# Ranking, nomination, decision


@pytest.fixture
def ready(opened, confirmed, people, making):
    """x1 is confirmed with enough points for an award."""
    head = {1: ["Mã đơn vị", "Giá trị"], 2: ["x1", "85"]}
    read = indices.read_sheet(opened, people.organiser, CAMPAIGN, "C1", head)
    indices.keep_sheet(opened, people.organiser, CAMPAIGN, "C1", read, making.now)
    add = {"assessment_id": confirmed.assessment_id, "award": "giay-khen", "act": "add", "reason": "Dẫn đầu khối xã"}
    nominating.change(opened, people.organiser, CAMPAIGN, add, making.now)
    return opened


def test_the_decided_list_stays_whatever_is_counted_since(ready, people, making, confirmed):
    campaign, found = nominating.decide(ready, people.organiser, CAMPAIGN, 1, making.now)
    assert [(each.award, each.row.unit_id, each.row.total) for each in found.nominees] == [("giay-khen", "x1", 32)]
    event = next(event for event in outbox(ready, "campaigns") if isinstance(event, AwardsNominated))
    assert (event.digest, event.user_ids, [award.count for award in event.awards]) == (campaign.digest, ["o1"], [0, 1, 0])
    ready.database["indices"].delete_many({})
    assert nominating.nominations(ready, people.officer, CAMPAIGN)[1].nominees == found.nominees
    assert [entry.what for entry in ready.audit.about(CAMPAIGN)][-1] == "awards-decided"


def test_the_list_is_the_organisers_until_it_is_decided(ready, people):
    for ask in (nominating.ranking, nominating.nominations):
        with pytest.raises(NotDecidedYet):
            ask(ready, people.officer, CAMPAIGN)


def test_nothing_is_decided_while_reviews_wait_and_there_is_time(opened, people, handed, making):
    with pytest.raises(ReviewsWait):
        nominating.decide(opened, people.organiser, CAMPAIGN, 1, making.now)
    campaign, found = nominating.decide(opened, people.organiser, CAMPAIGN, 1, making.review_until)
    assert (campaign.state, found.nominees) == ("decided", ())


def test_only_the_confirmed_are_nominated(opened, people, handed, making):
    body = {"assessment_id": handed.assessment_id, "award": "giay-khen", "act": "add", "reason": "Tốt"}
    with pytest.raises(NotRanked):
        nominating.change(opened, people.organiser, CAMPAIGN, body, making.now)


# What a person sees of it


@pytest.fixture
def own_confirmed(opened, people, making):
    """p1 wrote about itself, and the officer of the own unit confirmed."""
    begun = assessing.begin(opened, people.person, CAMPAIGN, OWN, making.now)
    written = assessing.write(opened, people.person, begun.assessment_id, 0, claimed("I1", 70.0), making.now)
    handed = assessing.hand_in(opened, people.person, begun.assessment_id, written.revision, making.now)
    return reviewing.confirm(opened, people.officer, begun.assessment_id, handed.revision, [], making.now)


def test_people_are_shown_the_campaigns_they_may_write_in_or_wrote_in(opened, people, claims, making, own_confirmed):
    stranger = claims("p2")
    assert [each.campaign.campaign_id for each in own.listed(opened, stranger, making.now)] == [CAMPAIGN]
    assert own.listed(opened, stranger, making.assess_until) == [], "it is too late to begin"
    [found] = own.listed(opened, people.person, making.review_until)
    assert (found.assessment, found.may_begin(making.now)) == (own_confirmed, False)


def test_a_campaign_without_criteria_for_individuals_is_not_shown_to_them(storage, people, making):
    entry = Entry("campaign-created", "boss", making.now, CAMPAIGN, CAMPAIGN)
    storage.campaigns.add(making.campaign(rules=making.rules_with(individual=())), entry)
    assert own.listed(storage, people.person, making.now) == []
    with pytest.raises(NotTakingPart):
        own.show(storage, people.person, CAMPAIGN)


def test_a_draft_is_shown_to_nobody_who_assesses_itself(storage, people, making):
    campaigns.create(storage, people.organiser, CAMPAIGN, "bac-kan-2022", None, date(2026, 1, 1), making.now)
    assert own.listed(storage, people.organiser, making.now) == []
    with pytest.raises(CampaignUnknown):
        own.show(storage, people.person, CAMPAIGN)


def test_a_person_sees_the_own_place_and_nomination_once_the_list_is_decided(opened, people, claims, making, own_confirmed):
    assert own.standing(opened, own.show(opened, people.person, CAMPAIGN)) is None
    nominating.decide(opened, people.organiser, CAMPAIGN, 1, making.now)
    found = own.standing(opened, own.show(opened, people.person, CAMPAIGN))
    assert (found.row.place, found.row.total, [each.award for each in found.nominees]) == (1, 70, ["bang-khen-cn"])
    assert own.standing(opened, own.show(opened, claims("p2"), CAMPAIGN)) is None


def test_who_was_not_confirmed_in_time_has_no_place(opened, people, making):
    assessing.begin(opened, people.person, CAMPAIGN, OWN, making.now)
    nominating.decide(opened, people.organiser, CAMPAIGN, 1, making.now)
    found = own.standing(opened, own.show(opened, people.person, CAMPAIGN))
    assert (found.row, found.nominees) == (None, ())


def test_letters_know_who_has_no_desk(opened, people, making, own_confirmed):
    [review] = [event for event in outbox(opened, "assessments") if isinstance(event, AssessmentReviewed)]
    nominating.decide(opened, people.organiser, CAMPAIGN, 1, making.now)
    [decided] = [event for event in outbox(opened, "campaigns") if isinstance(event, AwardsNominated)]
    assert (review.own, decided.user_ids, decided.own_user_ids) == (True, ["p1"], ["p1"])


# People


def test_an_erased_person_leaves_no_word_and_no_file(opened, people, making):
    body = {**BEGIN, "kind": "individual", "own": True, "name": "Vàng Thị Mỷ"}
    begun = assessing.begin(opened, people.person, CAMPAIGN, body, making.now)
    kept = assessing.add_evidence(opened, people.person, begun.assessment_id, 0, "I1", "a.pdf", making.pdf, making.now)
    told = {"division": "citizens", "unit_id": "x1", "registered_at": making.now}
    renamed = UserUpdated(user_id="p1", revision=2, name="Vàng Mỷ", **told)
    for _ in range(2):
        listening.person_renamed(opened, renamed, making.now)
    assert opened.assessments.get(kept.assessment_id).name == "Vàng Mỷ"
    for _ in range(2):
        listening.forget_person(opened, UserErased(user_id="p1", erased_at=making.now), making.now)
    assert "Vàng" not in str(list(opened.database["assessments"].find({}))) and opened.database["files"].count_documents({}) == 0


def test_individuals_are_forgotten_twelve_months_after_the_decision(opened, people, making):
    body = {**BEGIN, "kind": "individual", "name": "Lò Văn Páo", "position": "Trưởng thôn"}
    begun = assessing.begin(opened, people.officer, CAMPAIGN, body, making.now)
    written = assessing.write(opened, people.officer, begun.assessment_id, 0, claimed("I1", 60.0), making.now)
    handed = assessing.hand_in(opened, people.officer, begun.assessment_id, written.revision, making.now)
    reviewing.confirm(opened, people.above, begun.assessment_id, handed.revision, [], making.now)
    nominating.decide(opened, people.organiser, CAMPAIGN, 1, making.now)
    assert listening.forget_due(opened, making.now + timedelta(days=364)) == 0
    assert [listening.forget_due(opened, making.now + timedelta(days=366)) for _ in range(2)] == [1, 0]
    _, rows = nominating.ranking(opened, people.officer, CAMPAIGN)
    assert [(row.name, row.total) for row in rows] == [("", 60)]
