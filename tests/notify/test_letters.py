"""Every template in every language, with the values the events really give."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from jinja2 import meta

from hoithi_notify.domain.occasions import OCCASIONS, Occasion, values
from hoithi_notify.domain.people import LANGUAGES, Contact
from hoithi_notify.domain.rounds import Contest, Extension, Round, Window
from hoithi_notify.letters import PARTS, Letters, NotRendered, TemplateUnknown, clamp

LETTERS = Letters("https://thi.example.vn/")
EACH = [(name, language) for name in OCCASIONS for language in LANGUAGES]
LINKS = {"account_url", "round_url", "results_url", "own_url", "data_url", "invitation_url", "reports_url", "campaign_url"}
LINKS |= {"confirmations_url", "reset_url", "own_campaign_url"}
ALWAYS = {"language", "public_url", "person_name"} | LINKS
EVIL = '<img src=x onerror="alert(1)">&{{ 7*7 }}'


class Reader(HTMLParser):
    """What a browser would do with a letter: tags, links, text."""

    def __init__(self, html: str):
        super().__init__()
        self.tags, self.links, self.text, self.open = [], [], "", []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.links += [value for name, value in attributes if name in ("href", "src", "background", "action")]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def test_there_is_a_template_for_every_occasion_and_for_nothing_else():
    assert sorted(LETTERS.about) == OCCASIONS


@pytest.mark.parametrize(("name", "language"), EACH)
def test_every_template_renders_in_every_language_with_its_sample(name, language):
    letter = LETTERS.sample(name, language)
    assert 10 <= len(letter.subject) <= 78
    for text in (letter.subject, letter.text, Reader(letter.html).text):
        assert not re.search(r"None|Undefined|\{\{|\}\}|\{%", text)


@pytest.mark.parametrize(("name", "language"), EACH)
def test_text_and_html_say_the_same_links_dates_and_numbers(name, language):
    letter = LETTERS.sample(name, language)
    said = Reader(letter.html)
    facts = set(re.findall(r"https?://\S+[\w]|\d\d:\d\d|\d\d/\d\d/\d{4}|\d{1,3}[.,]\d{3}", letter.text))
    assert {fact for fact in facts if fact not in said.text + " ".join(said.links)} == set()


@pytest.mark.parametrize(("name", "language"), EACH)
def test_a_letter_fetches_nothing_and_links_only_to_the_own_site(name, language):
    html = LETTERS.sample(name, language).html
    reader = Reader(html)
    assert not {"img", "script", "link", "style", "iframe", "form"} & set(reader.tags)
    assert all(link.startswith("https://thi.example.vn") for link in reader.links)
    assert "url(" not in html
    assert reader.open == []


@pytest.mark.parametrize(("name", "language"), EACH)
def test_every_placeholder_a_template_uses_is_documented(name, language):
    documented = set(LETTERS.about[name]["placeholders"]) | ALWAYS
    for part in PARTS:
        source = (LETTERS.folder / name / language / part).read_text()
        used = meta.find_undeclared_variables(LETTERS.environment.parse(source)) - {"self", "parts"}
        assert used <= documented


@pytest.mark.parametrize("name", OCCASIONS)
def test_every_documented_placeholder_has_a_sample_in_every_language(name):
    about = LETTERS.about[name]
    for language in LANGUAGES:
        sample = {**about["sample"].get("common", {}), **about["sample"][language]}
        assert set(about["placeholders"]) <= set(sample) | LINKS


def test_a_missing_value_is_a_mistake_not_an_empty_place():
    with pytest.raises(NotRendered, match="contest_title"):
        LETTERS.render("week-opened", "vi", {"person_name": "Mai", "round_title": "Tuần 1", "paper_size": 1})


def test_an_unknown_template_is_named():
    with pytest.raises(TemplateUnknown):
        LETTERS.sample("../secrets", "vi")


@pytest.mark.parametrize(("name", "language"), EACH)
def test_markup_in_names_titles_and_notes_stays_text(name, language):
    about = LETTERS.about[name]["sample"]
    sample = {**about.get("common", {}), **about[language]}
    evil = {key: EVIL if isinstance(value, str) and key != "round_id" else value for key, value in sample.items()}
    letter = LETTERS.render(name, language, evil)
    assert "img" not in Reader(letter.html).tags
    assert "49" not in re.sub(r"#[0-9a-f]{6}", "", letter.html)


def test_the_id_of_a_round_cannot_lead_a_link_elsewhere():
    about = {"person_name": "Mai", "contest_title": "C", "round_title": "R", "closes_at": None, "note": None}
    letter = LETTERS.render("reminder", "vi", {**about, "round_id": "r/../x?y#z"})
    assert "https://thi.example.vn/#/rounds/r%2F..%2Fx%3Fy%23z" in letter.text


def test_the_texts_of_an_organiser_keep_their_lines():
    letter = LETTERS.sample("week-extended", "vi")
    assert "  Do sự cố đường truyền" in letter.text
    assert "\n  Ban Tổ chức quyết định" in letter.text
    assert "white-space:pre-line" in letter.html


def test_dates_are_told_in_vietnamese_time_and_in_the_language_of_the_person():
    sunday = datetime(2026, 11, 29, 15, 0, tzinfo=UTC)
    about = {"person_name": "Mai", "contest_title": "C", "round_title": "R", "closes_at": sunday, "note": None, "round_id": "r"}
    assert "22:00 Chủ nhật, ngày 29/11/2026" in LETTERS.render("reminder", "vi", about).text
    assert "22:00 on Sunday, 29 November 2026" in LETTERS.render("reminder", "en", about).text
    late = {**about, "closes_at": datetime(2026, 11, 22, 17, 30, tzinfo=UTC)}
    assert "00:30 thứ Hai, ngày 23/11/2026" in LETTERS.render("reminder", "vi", late).text


def test_the_last_day_of_a_period_is_the_one_before_its_midnight():
    midnight = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)
    about = {"person_name": "Mai", "contest_title": "C", "round_title": "R", "round_id": "r", "kind": "score"}
    assert "thứ Hai, ngày 30/11/2026" in LETTERS.render("complaint-received", "vi", {**about, "decide_by": midnight}).text


def test_the_end_of_an_account_is_told_with_the_instant_and_the_way_to_keep_it():
    about = Occasion("erasure-announced", "u1.20271220", OPENING.opens_at, facts={"erase_at": OPENING.opens_at}, user_ids=("u1",))
    letter = LETTERS.render("erasure-announced", "vi", values(Contact("u1", 1, "Mai"), about, None, None))
    assert "08:00 thứ Hai, ngày 23/11/2026" in letter.text and "/#/my-data" in letter.text


def test_numbers_are_grouped_as_the_language_writes_them():
    assert "133.281" in LETTERS.sample("results-published", "vi").text
    assert "133,281" in LETTERS.sample("results-published", "en").text


def test_prizes_have_their_vietnamese_names_and_own_names_stay():
    sample = {**LETTERS.about["prize-awarded"]["sample"]["common"], **LETTERS.about["prize-awarded"]["sample"]["vi"]}
    assert "giải Khuyến khích" in LETTERS.render("prize-awarded", "vi", {**sample, "prize": "consolation"}).text
    assert "Ngôi sao số" in LETTERS.render("prize-awarded", "vi", {**sample, "prize": "Ngôi sao số"}).text


def test_a_long_title_does_not_make_a_long_subject():
    sample = {**LETTERS.about["week-opened"]["sample"]["common"], **LETTERS.about["week-opened"]["sample"]["vi"]}
    title = "Cuộc thi trực tuyến tìm hiểu về chuyển đổi số trên địa bàn tỉnh Hà Giang năm 2022"
    subject = LETTERS.render("week-opened", "vi", {**sample, "contest_title": title}).subject
    assert len(subject) <= 78
    assert subject.startswith("Vòng 1 đã mở – Cuộc thi")
    assert subject.endswith("…")


def test_a_subject_is_one_line():
    assert clamp("Vòng 1\r\nBcc: all@example.vn") == "Vòng 1 Bcc: all@example.vn"
    assert len(clamp("x" * 500)) == 78


OPENING = Window(1, "Tuần 1", datetime(2026, 11, 23, 1, tzinfo=UTC), datetime(2026, 11, 29, 15, tzinfo=UTC))
CAMPAIGN = {"campaign_id": "c1", "campaign_title": "Công dân số c1"}
FACTS = {
    "contest-published": {"opens_at": OPENING.opens_at, "rounds": 4},
    "week-opened": {"paper_size": 20},
    "week-extended": {"revision": 1, "previous_closes_at": OPENING.closes_at, "new_closes_at": OPENING.closes_at, "notice": "N"},
    "results-provisional": {"attempts": 1, "participants": 1},
    "results-published": {"attempts": 1, "participants": 1},
    "results-corrected": {"reason": "R"},
    "prize-awarded": {"prize": "first", "place": 1, "division": "citizens"},
    "reminder": {"note": None},
    "complaint-received": {"kind": "score", "decide_by": OPENING.closes_at},
    "complaint-questioned": {"kind": "time", "decide_by": OPENING.closes_at},
    "complaint-decided": {"kind": "other", "outcome": "rejected"},
    "campaign-opened": {**CAMPAIGN, "assess_until": OPENING.closes_at, "review_until": OPENING.closes_at},
    "assessment-reviewed": {
        **CAMPAIGN,
        "outcome": "returned",
        "kind": "collective",
        "unit_name": "Xã",
        "review_until": OPENING.closes_at,
    },
    "awards-nominated": {**CAMPAIGN, "decided_at": OPENING.closes_at},
    "unit-report": {"kind": "weekly", "day": "2026-11-23", "unit_id": "x1", "unit_name": "Xã", "made_at": OPENING.closes_at},
    "confirmation-needed": {"act": "keys", "proposed_at": OPENING.opens_at, "expires_at": OPENING.closes_at},
    "proposal-refused": {
        "act": "keys",
        "proposed_at": OPENING.opens_at,
        "refused_at": OPENING.closes_at,
        "reason": "Chưa họp",
    },
}


@pytest.mark.parametrize("name", sorted(FACTS))
@pytest.mark.parametrize("known", [True, False])
def test_what_events_give_is_enough_for_the_template_even_when_titles_are_unknown(name, known):
    round_id = None if name == "contest-published" else "c1-w1"
    about = Occasion(name, "s", OPENING.opens_at, "c1", round_id, FACTS[name], audience_before=OPENING.opens_at)
    contest = Contest("c1", 1, "Công dân số") if known else None
    round_ = Round("c1-w1", "c1", opening=OPENING, extension=Extension(1, OPENING.closes_at)) if known else None
    letter = LETTERS.render(name, "vi", {**values(Contact("u1", 1, "Mai"), about, contest, round_), "round_id": round_id})
    assert ("Công dân số" if known else "c1") in letter.text
    assert "None" not in letter.text


@pytest.mark.parametrize("name", ["assessment-reviewed", "awards-nominated"])
@pytest.mark.parametrize(("own", "page"), [(True, "https://thi.example.vn/#/"), (False, "https://thi.example.vn/desk/#/")])
def test_who_wrote_about_itself_is_led_to_the_participants_page_and_officers_to_the_desk(name, own, page):
    facts = {**FACTS[name], "kind": "individual"}
    facts |= {"own_user_ids": ["u1"] if own else []} if name == "awards-nominated" else {"own": own}
    about = Occasion(name, "s", OPENING.opens_at, facts=facts, user_ids=("u1",))
    letter = LETTERS.render(name, "vi", values(Contact("u1", 1, "Mai"), about, None, None))
    assert re.findall(r"https://\S+emulation\S+", letter.text) == [f"{page}emulation/c1"]


@pytest.mark.parametrize("individuals", [True, False])
def test_officers_are_given_the_link_for_individuals_where_there_are_criteria_for_them(individuals):
    facts = {**FACTS["campaign-opened"], "individuals": individuals}
    about = Occasion("campaign-opened", "s", OPENING.opens_at, facts=facts, user_ids=("u1",))
    letter = LETTERS.render("campaign-opened", "vi", values(Contact("u1", 1, "Mai"), about, None, None))
    assert ("https://thi.example.vn/#/emulation/c1" in letter.text) is individuals
    assert "https://thi.example.vn/desk/#/emulation/c1" in letter.text


@pytest.mark.parametrize(("language", "words"), [("vi", "toàn cuộc thi"), ("en", "the whole contest")])
def test_a_prize_over_all_rounds_does_not_name_the_last_one(language, words):
    about = LETTERS.about["prize-awarded"]["sample"]
    letter = LETTERS.render("prize-awarded", language, {**about["common"], **about[language], "whole_contest": True})
    assert words in letter.subject and about[language]["round_title"] not in letter.subject + letter.text + letter.html
