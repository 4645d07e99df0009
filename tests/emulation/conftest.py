"""Values for tests of emulation: a campaign with every kind of criterion, units, assessments, files."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from hoithi_contracts.registration import Unit as ToldUnit
from hoithi_contracts.registration import UnitsChanged
from hoithi_emulation.domain.assessment import Assessment, Claim
from hoithi_emulation.domain.campaign import Campaign
from hoithi_emulation.domain.criteria import Criterion, Step
from hoithi_emulation.domain.rules import Award, League, Named, Rules

NOW = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
ASSESS_UNTIL, REVIEW_UNTIL = NOW + timedelta(days=10), NOW + timedelta(days=20)
UNITS = [
    ToldUnit(id="t1", name="Tỉnh Tuyên Quang", kind="province", tree="administrative", valid_from="2025-07-01"),
    ToldUnit(id="x1", name="Xã Ngọc Đường", kind="commune", tree="administrative", valid_from="2025-07-01", parent_id="t1"),
    ToldUnit(id="x2", name="Xã Đồng Văn", kind="commune", tree="administrative", valid_from="2025-07-01", parent_id="t1"),
    ToldUnit(id="x3", name="Xã Mèo Vạc", kind="commune", tree="administrative", valid_from="2025-07-01", parent_id="t1"),
    ToldUnit(id="a1", name="Sở Y tế", kind="agency", tree="administrative", valid_from="2025-07-01", parent_id="t1"),
    ToldUnit(id="x1-a", name="Thôn Bản Chang", kind="village", tree="administrative", valid_from="2025-07-01", parent_id="x1"),
]
PDF = b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 21 + b"\0\0\0\0IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 30 + b"\xff\xd9"
CRITERIA = (
    Criterion("A1", "Có kế hoạch", 10, "yes-no", evidence="required"),
    Criterion("A2", "Chỉ đạo, điều hành", 20, "points"),
    Criterion("B1", "Tỷ lệ hồ sơ số hoá", 30, "scaled", steps=(Step(80, 30), Step(50, 15))),
    Criterion("C1", "Chỉ số của tỉnh", 20, "index", evidence="none", steps=(Step(80, 20), Step(60, 10))),
    Criterion("D1", "Cuộc thi", 20, "contest", evidence="none", steps=(Step(90, 20), Step(50, 10)), contest_id="hg"),
)
INDIVIDUAL = (
    Criterion("I1", "Hoàn thành nhiệm vụ", 80, "points"),
    Criterion(
        "I2", "Giải cuộc thi", 20, "contest", evidence="none", measure="place", steps=(Step(1, 20), Step(3, 10)), contest_id="hg"
    ),
)
AWARDS = (
    Award("bang-khen", "Bằng khen", "Chủ tịch UBND tỉnh", "collective", least_points=55, quota=1),
    Award("giay-khen", "Giấy khen", "Thủ trưởng đơn vị", "collective", least_points=40, quota=1),
    Award("bang-khen-cn", "Bằng khen", "Chủ tịch UBND tỉnh", "individual", least_points=50, quota=1, within="all"),
)
RULES = Rules(
    leagues=(League("xa", "Khối xã", "administrative", ("commune",)), League("so", "Khối sở", "administrative", ("agency",))),
    fields=(Named("y-te", "Y tế"),), collective=CRITERIA, individual=INDIVIDUAL, awards=AWARDS, tie_break=("B1",),
)  # fmt: skip


def office_file(main: str = "word/document.xml", *more: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in ("[Content_Types].xml", main, *more):
            archive.writestr(name, "<x/>")
    return made.getvalue()


class Making:
    """`making.campaign(...)`, `making.assessment(...)`: everything has a default."""

    now, assess_until, review_until = NOW, ASSESS_UNTIL, REVIEW_UNTIL
    units, rules, pdf, png, jpeg = UNITS, RULES, PDF, PNG, JPEG
    office_file = staticmethod(office_file)

    @staticmethod
    def campaign(**changes) -> Campaign:
        told = {
            "title": "Năm dữ liệu số", "from_day": "2026-01-01", "to_day": "2026-12-31", "assess_until": ASSESS_UNTIL,
            "review_until": REVIEW_UNTIL, "rules": RULES, "state": "open", "opened_at": NOW,
        }  # fmt: skip
        return Campaign("nam-du-lieu", **{**told, **changes})

    @classmethod
    def rules_with(cls, **changes) -> Rules:
        return replace(RULES, **changes)

    @staticmethod
    def assessment(unit="x1", state="draft", **changes) -> Assessment:
        """`points`: what A2 claims."""
        claims = changes.pop("claims", (Claim("A2", changes.pop("points", 10.0)),))
        told = {"kind": "collective", "participant_id": unit, "name": f"Xã {unit}", "unit_id": unit, "league": "xa"}
        about = {"assessment_id": f"nam-du-lieu:{unit}", "campaign_id": "nam-du-lieu", "claims": claims, "state": state}
        return Assessment(**{**told, **about, **changes})

    @staticmethod
    def units_changed() -> UnitsChanged:
        return UnitsChanged(change_id="all", revision=1, units=UNITS)


@pytest.fixture(scope="session")
def making():
    return Making


@pytest.fixture
def storage(clean, database):
    """The storage room on an empty database, indexes made, units known."""
    from hoithi_emulation.storage import Storage

    made = Storage(database)
    made.ensure_indexes()
    made.units.keep(Making.units_changed())
    return made


@pytest.fixture
def claims():
    """`claims("u1", "officer:unit:x1")`: as a token would say it, for the handlers."""
    from hoithi_bus.http import Claims

    def made(user_id: str, *roles: str, unit_id: str = "x1"):
        return Claims(user_id, "s", "officials", unit_id, None, NOW, roles)

    return made


@pytest.fixture
def people(claims):
    """Everybody of the play by name."""
    return SimpleNamespace(
        organiser=claims("boss", "organiser:contest:*"), officer=claims("o1", "officer:unit:x1"),
        elsewhere=claims("o2", "officer:unit:x2"), above=claims("ot", "officer:unit:t1"), person=claims("p1"),
    )  # fmt: skip


@pytest.fixture
def doors(clean, serve):
    from hoithi_emulation.service import Doors

    return serve(Doors).client


@pytest.fixture
def opened(storage, people):
    """The campaign has opened, by the handlers."""
    from hoithi_store import Entry

    storage.campaigns.add(Making.campaign(), Entry("campaign-created", "boss", NOW, "nam-du-lieu", "nam-du-lieu"))
    return storage
