"""Self-assessment, evidence, review."""

from datetime import timedelta

import pytest

from hoithi_emulation.domain import evidence
from hoithi_emulation.domain.assessment import MOST_FILES, Claim, Evidence, Judgement
from hoithi_emulation.domain.refusals import (
    EvidenceTooMuch,
    EvidenceUnknown,
    NotEvidence,
    NotHandedIn,
    NotOpen,
    NotWritable,
    TooLate,
    WrongClaims,
)


def shown(making, number=0, code="A1", size=100) -> Evidence:
    return Evidence(f"f{number}", code, "ke-hoach.pdf", "application/pdf", size, f"digest {number}", making.now)


def test_what_is_claimed_is_counted_by_the_criterion(making):
    campaign = making.campaign()
    claims = (Claim("A1", 1.0), Claim("A2", 12.5, "Có báo cáo"), Claim("B1", 66.0))
    written = making.assessment().written(campaign, claims, making.now)
    assert written.points(campaign) == {"A1": 10, "A2": 12.5, "B1": 15}
    assert written.total(campaign) == 37.5


@pytest.mark.parametrize(
    "claims, where, reason",
    [
        ([Claim("Z", 1.0)], "claims.Z", "unknown-criterion"), ([Claim("C1", 90.0)], "claims.C1", "unknown-criterion"),
        ([Claim("A1", 0.5)], "claims.A1", "not-true-or-false"), ([Claim("A2", 20.5)], "claims.A2", "out-of-range:0:20"),
        ([Claim("B1", 101.0)], "claims.B1", "out-of-range:0:100"), ([Claim("A2", 1.0), Claim("A2", 2.0)], "claims.A2", "twice"),
    ],
)  # fmt: skip
def test_a_claim_must_fit_its_criterion(making, claims, where, reason):
    with pytest.raises(WrongClaims) as refused:
        making.assessment().written(making.campaign(), tuple(claims), making.now)
    assert refused.value.fields == {where: reason}


def test_needed_evidence_must_be_there_when_points_are_claimed(making):
    campaign = making.campaign()
    claimed = making.assessment(claims=(Claim("A1", 1.0),))
    with pytest.raises(WrongClaims) as refused:
        claimed.handed_in(campaign, "o1", making.now)
    assert refused.value.fields == {"claims.A1": "evidence-missing"}
    assert claimed.with_evidence(campaign, shown(making), making.now).handed_in(campaign, "o1", making.now).state == "handed-in"
    assert making.assessment(claims=(Claim("A1", 0.0),)).handed_in(campaign, "o1", making.now).state == "handed-in"


def test_nothing_at_all_is_not_handed_in(making):
    with pytest.raises(WrongClaims):
        making.assessment(claims=()).handed_in(making.campaign(), "o1", making.now)


def test_what_was_handed_in_is_not_written_any_more(making):
    handed = making.assessment().handed_in(making.campaign(), "o1", making.now)
    with pytest.raises(NotWritable):
        handed.written(making.campaign(), (), making.now)


def test_after_the_deadline_nothing_is_written_but_what_was_given_back(making):
    campaign = making.campaign()
    late = campaign.assess_until + timedelta(hours=1)
    with pytest.raises(TooLate):
        making.assessment().written(campaign, (), late)
    returned = making.assessment().handed_in(campaign, "o1", making.now).given_back(campaign, "Thiếu số liệu", "ot", late)
    assert returned.handed_in(campaign, "o1", late).state == "handed-in"
    with pytest.raises(TooLate):
        returned.handed_in(campaign, "o1", campaign.review_until)


def test_nothing_is_written_before_the_campaign_opens_or_after_it_is_decided(making):
    for state in ("draft", "decided"):
        with pytest.raises(NotOpen):
            making.assessment().written(making.campaign(state=state), (), making.now)


def test_accepted_points_need_a_reason_where_they_differ(making):
    campaign = making.campaign()
    handed = making.assessment(points=10.0).handed_in(campaign, "o1", making.now)
    with pytest.raises(WrongClaims) as refused:
        handed.confirmed(campaign, (Judgement("A2", 8.0),), "ot", making.now)
    assert refused.value.fields == {"judgements.A2": "reason-missing"}
    confirmed = handed.confirmed(campaign, (Judgement("A2", 8.0, "Báo cáo chậm"),), "ot", making.now)
    assert (confirmed.state, confirmed.total(campaign), confirmed.reviewed_by) == ("confirmed", 8, "ot")
    assert handed.confirmed(campaign, (), "ot", making.now).total(campaign) == 10


@pytest.mark.parametrize("judgement", [Judgement("A2", 20.5, "x"), Judgement("C1", 1, "x"), Judgement("Z", 1, "x")])
def test_a_judgement_must_fit_its_criterion(making, judgement):
    handed = making.assessment().handed_in(making.campaign(), "o1", making.now)
    with pytest.raises(WrongClaims):
        handed.confirmed(making.campaign(), (judgement,), "ot", making.now)


def test_only_what_was_handed_in_is_confirmed_and_a_confirmation_can_be_taken_back(making):
    campaign = making.campaign()
    with pytest.raises(NotHandedIn):
        making.assessment().confirmed(campaign, (), "ot", making.now)
    confirmed = making.assessment().handed_in(campaign, "o1", making.now).confirmed(campaign, (), "ot", making.now)
    returned = confirmed.given_back(campaign, "Nhầm đơn vị", "ot", making.now)
    assert (returned.state, returned.reason, returned.judgements) == ("returned", "Nhầm đơn vị", ())


def test_the_same_file_again_changes_nothing_and_files_have_a_limit(making):
    campaign = making.campaign()
    one = making.assessment().with_evidence(campaign, shown(making), making.now)
    assert one.with_evidence(campaign, shown(making), making.now) is one
    full = one
    for number in range(1, MOST_FILES):
        full = full.with_evidence(campaign, shown(making, number), making.now)
    with pytest.raises(EvidenceTooMuch):
        full.with_evidence(campaign, shown(making, 99), making.now)
    with pytest.raises(EvidenceTooMuch):
        one.with_evidence(campaign, shown(making, 1, size=60 * 2**20), making.now)
    assert one.without_evidence(campaign, "f0", making.now).files == ()
    with pytest.raises(EvidenceUnknown):
        one.without_evidence(campaign, "none", making.now)


def test_counted_criteria_take_no_evidence(making):
    with pytest.raises(WrongClaims):
        making.assessment().with_evidence(making.campaign(), shown(making, code="C1"), making.now)


def test_a_file_is_what_its_content_says(making):
    made = making.office_file
    kinds = {making.pdf: "application/pdf", making.png: "image/png", making.jpeg: "image/jpeg", made(): evidence.WORD,
             made("xl/workbook.xml"): evidence.EXCEL}  # fmt: skip
    assert {data: evidence.kind_of(data) for data in kinds} == kinds


def test_anything_else_is_no_evidence(making):
    bomb = making.office_file("word/document.xml", *(f"word/media/{number}.png" for number in range(evidence.MOST_PARTS)))
    wrong = [b"", b"MZ\x90\0", b"<html>%PDF-</html>", making.pdf[:-7], making.png[:-8], making.jpeg[:-2],
             making.office_file("index.html"), making.office_file("word/document.xml", "word/vbaProject.bin"), bomb,
             b"\xd0\xcf\x11\xe0" + bytes(600), b"GIF89a"]  # fmt: skip
    for data in wrong:
        with pytest.raises(NotEvidence):
            evidence.kind_of(data)


@pytest.mark.parametrize(
    "said, kept",
    [
        ("Kế hoạch 12.PDF", "Kế hoạch 12.pdf"),
        ("../../etc/passwd", "etc passwd.pdf"),
        ("a.exe", "a.pdf"),
        ("...", "minh-chung.pdf"),
        ('x"\r\nSet-Cookie: y.pdf', "x Set-Cookie y.pdf"),
        ("", "minh-chung.pdf"),
    ],
)
def test_a_name_is_safe_and_fits_the_content(said, kept):
    assert evidence.safe_name(said, "application/pdf") == kept


def test_a_forgotten_person_leaves_points_and_no_words(making):
    campaign = making.campaign()
    kept = making.assessment(claims=(Claim("A2", 5.0, "Của tôi"),), position="Chuyên viên", user_id="p1").without_person()
    assert (kept.name, kept.position, kept.user_id, kept.files, kept.forgotten) == ("", "", None, (), True)
    assert kept.total(campaign) == 5 and "Của tôi" not in str(kept)
