"""Ranking, nomination, contest results, sheets of indices, the list on paper."""

import hashlib
import json

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hoithi_emulation.domain import index_sheet, paper, results
from hoithi_emulation.domain.assessment import Claim
from hoithi_emulation.domain.criteria import Criterion, Step
from hoithi_emulation.domain.nomination import Change, digest, nominate
from hoithi_emulation.domain.ranking import ranked
from hoithi_emulation.domain.refusals import NotGenuine
from hoithi_emulation.domain.rules import Award
from hoithi_emulation.domain.units import Unit, below, line, rolled_up
from hoithi_native.credentials import public_jwk


def confirmed(making, **points):
    """Unit -> points of A2, all confirmed."""
    return [making.assessment(unit, "confirmed", points=float(found)) for unit, found in points.items()]


def told(found) -> list[tuple]:
    return [(each.award, each.row.unit_id, each.how) for each in found.nominees]


# Ranking


def test_only_the_confirmed_are_ranked_and_equal_ones_share_a_place(making):
    assessments = [*confirmed(making, x1=10, x2=15, x3=10), making.assessment("x4", "handed-in", points=20.0)]
    rows = ranked(making.campaign(), assessments, {})
    assert [(row.unit_id, row.place, row.total) for row in rows] == [("x2", 1, 15), ("x1", 2, 10), ("x3", 2, 10)]


def test_the_criteria_of_the_tie_break_decide_between_equal_totals(making):
    one = making.assessment("x1", "confirmed", claims=(Claim("A2", 15.0),))
    other = making.assessment("x2", "confirmed", claims=(Claim("B1", 50.0),))
    assert [row.unit_id for row in ranked(making.campaign(), [one, other], {})] == ["x2", "x1"]


def test_leagues_and_kinds_are_ranked_apart(making):
    agency = making.assessment("a1", "confirmed", points=1.0, league="so")
    person = making.assessment("p1", "confirmed", kind="individual", claims=(Claim("I1", 70.0),), league="")
    rows = ranked(making.campaign(), [*confirmed(making, x1=10), agency, person], {})
    assert [(row.kind, row.league, row.place) for row in rows] == [
        ("collective", "xa", 1),
        ("collective", "so", 1),
        ("individual", "", 1),
    ]


def test_what_the_platform_counted_is_added(making):
    values = {("nam-du-lieu:x1", "C1"): 85.0, ("nam-du-lieu:x1", "D1"): 55.0}
    row = ranked(making.campaign(), confirmed(making, x1=10), values)[0]
    assert (row.points["C1"], row.points["D1"], row.total) == (20, 10, 40)


# Nomination


def test_the_higher_award_goes_first_and_everybody_is_nominated_once(making):
    rows = ranked(making.campaign(), confirmed(making, x1=20, x2=18, x3=5), COUNTED)
    assert told(nominate(making.campaign(), rows, ())) == [("bang-khen", "x1", "rules"), ("giay-khen", "x2", "rules")]


COUNTED = {(f"nam-du-lieu:{unit}", code): 95.0 for unit in ("x1", "x2", "x3") for code in ("C1", "D1")}


def test_nobody_below_the_least_points_is_nominated(making):
    rows = ranked(making.campaign(), confirmed(making, x1=20, x2=18), {})
    assert told(nominate(making.campaign(), rows, ())) == []


def test_equal_ones_at_the_quotas_edge_are_left_to_the_organiser(making):
    rows = ranked(making.campaign(), confirmed(making, x1=20, x2=20), COUNTED)
    found = nominate(making.campaign(), rows, ())
    assert [(each.award, each.row.unit_id) for each in found.passed_over if each.why == "tied"] == [
        ("bang-khen", "x1"), ("bang-khen", "x2"), ("giay-khen", "x1"), ("giay-khen", "x2"),
    ]  # fmt: skip
    chosen = nominate(making.campaign(), rows, [change(making, "x2", "bang-khen", "add")])
    assert told(chosen) == [("bang-khen", "x2", "added"), ("giay-khen", "x1", "rules")]


def test_who_is_left_out_makes_room_and_may_get_the_lower_award(making):
    rows = ranked(making.campaign(), confirmed(making, x1=20, x2=18, x3=17), COUNTED)
    found = nominate(making.campaign(), rows, [change(making, "x1", "bang-khen", "leave-out")])
    assert told(found) == [("bang-khen", "x2", "rules"), ("giay-khen", "x1", "rules")]
    assert [(each.why, each.reason) for each in found.passed_over] == [("left-out", "vì thế")]


def test_the_last_change_counts_and_can_be_undone(making):
    rows = ranked(making.campaign(), confirmed(making, x1=20, x2=18), COUNTED)
    acts = [change(making, "x1", "bang-khen", act) for act in ("leave-out", "undo")]
    assert told(nominate(making.campaign(), rows, acts))[0] == ("bang-khen", "x1", "rules")


def test_who_is_added_uses_up_the_quota(making):
    rows = ranked(making.campaign(), confirmed(making, x1=20, x3=1), COUNTED)
    found = nominate(making.campaign(), rows, [change(making, "x3", "bang-khen", "add")])
    assert told(found) == [("bang-khen", "x3", "added"), ("giay-khen", "x1", "rules")]


def test_a_quota_in_per_cent_is_of_the_confirmed_of_the_group(making):
    awards = (Award("a", "Giấy khen", "Thủ trưởng", "collective", quota_percent=40),)
    campaign = making.campaign(rules=making.rules_with(awards=awards))
    points = {f"x{number}": number for number in range(1, 6)}
    assert [unit for _, unit, _ in told(nominate(campaign, ranked(campaign, confirmed(making, **points), {}), ()))] == [
        "x5",
        "x4",
    ]


def test_a_quota_within_units_counts_for_each_unit(making):
    awards = (Award("a", "Giấy khen", "Thủ trưởng", "individual", quota=1, within="unit"),)
    campaign = making.campaign(rules=making.rules_with(awards=awards))
    people = [
        making.assessment(
            f"p{number}", "confirmed", kind="individual", unit_id=unit, league="", claims=(Claim("I1", float(number)),)
        )
        for number, unit in ((1, "x1"), (2, "x1"), (3, "x2"))
    ]
    found = nominate(campaign, ranked(campaign, people, {}), ())
    assert [(each.row.participant_id, each.row.place) for each in found.nominees] == [("p2", 1), ("p3", 1)]


def test_the_digest_tells_lists_apart(making):
    rows = ranked(making.campaign(), confirmed(making, x1=20, x2=18), COUNTED)
    one = nominate(making.campaign(), rows, ()).nominees
    other = nominate(making.campaign(), rows, [change(making, "x1", "bang-khen", "leave-out")]).nominees
    assert digest(one) == digest(one) != digest(other)


def change(making, unit: str, award: str, act: str) -> Change:
    return Change(f"nam-du-lieu:{unit}", award, act, "vì thế", "boss", making.now)


# Contest results


ROWS = [
    {"unit_id": "x1-a", "party_unit_id": "p1"},
    {"unit_id": "x1", "party_unit_id": None},
    {"unit_id": "x2", "party_unit_id": None},
]


@pytest.fixture(scope="module")
def signing():
    """(seal, sign(statement)) with a key of its own, as scoring signs."""
    from cryptography.hazmat.primitives import serialization

    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    jwk = public_jwk(pem)
    seal = results.Seal(json.dumps({"keys": [jwk]}))
    return seal, lambda told, typ=results.KIND: jwt.encode(told, key, algorithm="EdDSA", headers={"kid": jwk["kid"], "typ": typ})


def lines_of(rows) -> list[bytes]:
    """As scoring's domain/export.py writes results.json."""
    head = b'{"format":"hoithi-results/1","rows":['
    body = b",\n".join(json.dumps(row).encode() for row in rows)
    return [line + b"\n" for line in (head + b"\n" + body + b"\n]}").split(b"\n")]


def statement(lines, **changes) -> dict:
    found = hashlib.sha256(b"".join(lines)).hexdigest()
    return {"round_id": "hg-w1", "contest_id": "hg", "revision": 3, "digest": found, "state": "official", **changes}


def test_official_signed_results_are_counted_by_unit_of_both_trees(signing, making):
    seal, sign = signing
    lines = lines_of(ROWS)
    found = results.checked(seal, sign(statement(lines)), "hg-w1", lines, making.now)
    assert (found.participants, found.revision) == ({"x1-a": 1, "p1": 1, "x1": 1, "x2": 1}, 3)


def test_results_of_nobody_are_results(signing, making):
    seal, sign = signing
    lines = lines_of([])
    assert results.checked(seal, sign(statement(lines)), "hg-w1", lines, making.now).participants == {}


@pytest.mark.parametrize("changes", [{"round_id": "hg-w2"}, {"state": "provisional"}, {"digest": "0" * 64}])
def test_a_signature_about_something_else_is_refused(signing, making, changes):
    seal, sign = signing
    lines = lines_of(ROWS)
    with pytest.raises(NotGenuine):
        results.checked(seal, sign(statement(lines, **changes)), "hg-w1", lines, making.now)


def test_a_changed_file_another_key_and_another_kind_are_refused(signing, making):
    seal, sign = signing
    lines = lines_of(ROWS)
    signature = sign(statement(lines))
    forged = jwt.encode(
        statement(lines), Ed25519PrivateKey.generate(), algorithm="EdDSA", headers={"typ": results.KIND, "kid": "x"}
    )
    for found in ((signature, lines_of(ROWS[:2])), (forged, lines), (sign(statement(lines), typ="JWT"), lines), ("x", lines)):
        with pytest.raises(NotGenuine):
            results.checked(seal, found[0], "hg-w1", found[1], making.now)


def test_the_rate_is_the_mean_over_official_rounds_that_have_a_roster(making):
    criterion = Criterion("D", "x", 10, "contest", contest_id="hg", steps=(Step(1, 1),))
    rounds = [results.Round(f"hg-w{n}", "hg", 1, "", {"x1": n * 10}, making.now) for n in (1, 2)]
    other = results.Round("k-w1", "khac", 1, "", {"x1": 99}, making.now)
    rates = results.rates(criterion, [*rounds, other], {"hg": {"x1": 100, "x2": 50}, "khac": {"x1": 100}})
    assert rates == {"x1": 15, "x2": 0}
    only = Criterion("D", "x", 10, "contest", contest_id="hg", rounds=("hg-w2",), steps=(Step(1, 1),))
    assert results.rates(only, rounds, {"hg": {"x1": 100}}) == {"x1": 20}


def test_equal_rates_share_a_place_and_nobody_has_none():
    assert results.places({"a": 50, "b": 50, "c": 10, "d": 0}) == {"a": 1, "b": 1, "c": 3}


def test_people_of_units_below_count_above():
    units = {
        "t": Unit("t", "T", "province", "a"),
        "x": Unit("x", "X", "commune", "a", "t"),
        "y": Unit("y", "Y", "village", "a", "x"),
    }
    assert rolled_up({"y": 2, "x": 1}, units) == {"y": 2, "x": 3, "t": 3}
    assert line("y", units) == ["y", "x", "t"] and below("x", units) == {"x", "y"}


# Sheets of indices


UNITS = {"x1": Unit("x1", "Xã Ngọc Đường", "commune", "a"), "x2": Unit("x2", "Xã Đồng Văn", "commune", "a")}


def test_a_sheet_names_units_by_id_or_by_name():
    rows = {
        1: ["Chỉ số chuyển đổi số"],
        3: ["STT", "Tên đơn vị", "Chỉ số (điểm)"],
        4: ["1", "xa ngoc duong", "87,5"],
        5: ["2", "Xã Đồng Văn", "60"],
    }
    read = index_sheet.read(rows, UNITS)
    assert (read.values, read.findings, read.header) == ({"x1": 87.5, "x2": 60}, (), 3)


def test_what_is_wrong_is_told_by_row_and_column():
    rows = {
        1: ["Mã đơn vị", "Giá trị"],
        2: ["x1", "cao"],
        3: ["x9", "50"],
        4: ["x2", ""],
        5: ["x2", "70"],
        6: ["x2", "71"],
        7: ["", "1"],
    }
    read = index_sheet.read(rows, UNITS)
    assert [(each.row, each.column, each.code) for each in read.findings] == [
        (2, 1, "not-a-value"), (3, 0, "unknown-unit"), (4, 1, "value-missing"), (6, 0, "unit-twice"), (7, 0, "unit-missing"),
    ]  # fmt: skip
    assert index_sheet.read({1: ["a", "b"]}, UNITS).findings[0].code == "header-not-found"


@pytest.mark.parametrize(
    "text, value",
    [("87,5", 87.5), ("1.234,5", 1234.5), ("87.5", 87.5), ("90%", 90), ("-1", None), ("nan", None), ("1e3x", None), ("", None)],
)
def test_numbers_are_read_as_people_here_write_them(text, value):
    assert index_sheet.number_of(text) == value


# Paper


def test_the_list_on_paper_is_a_draft_until_it_is_decided(making):
    rows = ranked(making.campaign(), confirmed(making, x1=20), COUNTED)
    found = nominate(making.campaign(), rows, ()).nominees
    made = paper.listed(making.campaign(), found, {"x1": "Xã Ngọc Đường"}, paper.Sheet(bases=("Căn cứ Kế hoạch số 1;",)))
    assert "(DỰ THẢO)" in made["heading"]
    texts = [block.get("text", "") for block in made["blocks"]]
    assert "Căn cứ Kế hoạch số 1;" in texts and "Không có trường hợp đề nghị." in texts
    table = next(block for block in made["blocks"] if block["kind"] == "table")
    assert table["rows"] == [["1", "Xã x1", "60", "1"]]
    decided = paper.listed(making.campaign(state="decided", digest="abc"), found, {}, paper.Sheet())
    assert "DỰ THẢO" not in decided["heading"] and "abc" in decided["blocks"][-1]["text"]
