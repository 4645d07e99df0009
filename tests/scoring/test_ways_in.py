"""Pages of shared links to results and certificates: through the real doors."""

import re

import pytest

from hoithi_scoring.service import Doors

HOSTILE = """</title></head>"><script>alert(1)</script>'&{{7*7}}<!--# include virtual="/health" -->"""
SITE = "https://thi.example.vn"


@pytest.fixture
def doors(clean, serve):
    return serve(Doors, PUBLIC_URL=SITE).client


def page(doors, path="/rounds/c-w1/page", **asked) -> str:
    answer = doors.get(path, params=asked)
    assert answer.status_code == 200 and answer.headers["content-type"] == "text/html; charset=utf-8", answer.text
    return answer.text


def test_a_shared_link_to_results_unfolds_and_leads_to_the_files(doors, play, making):
    play([making.submitted(f"u{number}") for number in range(12)], closed=True)
    found = page(doors)
    assert '<meta property="og:title" content="Kết quả Tuần 1 – Công dân số">' in found
    assert "Kết quả tạm thời." in found and "12 lượt thi của 12 người." in found
    assert f'<meta property="og:image" content="{SITE}/api/scoring/rounds/c-w1/picture.png">' in found
    assert f'<link rel="canonical" href="{SITE}/r/c-w1">' in found
    assert 'href="/api/scoring/rounds/c-w1/results.csv"' in found and 'href="/c/c"' in found


@pytest.mark.parametrize("kind", ["participants", "attempts", "percentage", "perfect"])
def test_before_the_results_a_shared_link_tells_no_figure(doors, play, making, kind):
    play([making.submitted(f"u{number}") for number in range(12)], prediction=kind)
    found = page(doors)
    assert "Vòng thi đang diễn ra." in found
    assert "12" not in re.sub(r"\d\d:\d\d \d\d/\d\d/\d{4}", "", found) and "results.csv" not in found


def test_a_shared_link_speaks_english_when_asked(doors, play, making):
    play([making.submitted()], closed=True)
    assert "Results of Tuần 1 – Công dân số" in page(doors, lang="en")


def test_hostile_titles_stay_text(doors, storage, play, making):
    play([making.submitted()], closed=True)
    storage.database["rounds"].update_one({"_id": "c-w1"}, {"$set": {"title": HOSTILE}})
    storage.database["contests"].update_one({"_id": "c"}, {"$set": {"title": HOSTILE}})
    found = page(doors)
    assert "<script" not in found and "<!--#" not in found and "{{7*7}}" in found


def test_an_unknown_round_has_no_page(doors):
    assert doors.get("/rounds/nobody/page").status_code == 404


def test_a_certificates_page_says_what_it_is_and_not_that_it_is_genuine(doors):
    found = page(doors, "/certificates/AB12-CD34/page")
    assert f'content="{SITE}/api/scoring/certificates/AB12-CD34/picture.png"' in found
    assert f'href="{SITE}/z/AB12-CD34"' in found and "Kiểm tra giấy chứng nhận" in found


def test_a_unit_says_whether_there_are_units_below_it(doors, play, making, storage):
    from hoithi_scoring.handlers import listening

    listening.change_units(storage, making.units_changed())
    play([making.submitted(f"u{number}") for number in range(12)], closed=True)
    (province,) = doors.get("/rounds/c-w1/units").json()["rows"]
    communes = doors.get("/rounds/c-w1/units", params={"parent_id": province["unit_id"]}).json()["rows"]
    assert province["below"] and not any(each["below"] for each in communes)
