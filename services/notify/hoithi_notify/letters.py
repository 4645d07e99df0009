"""Letters: templates made into subject, text and HTML. The only room that knows Jinja2 and Babel.

templates/<occasion>/about.yml             purpose, placeholders, sample values for the preview
templates/<occasion>/<language>/           subject.txt, body.txt, body.html
templates/_layout/                         what all letters share: frame, closing words, parts
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

import yaml
from babel.dates import format_datetime
from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, select_autoescape
from jinja2.utils import pass_context

from hoithi_notify.domain.people import LANGUAGES

FOLDER = Path(__file__).parent / "templates"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MOMENT = {"vi": "HH:mm EEEE, 'ngày' dd/MM/y", "en": "HH:mm 'on' EEEE, d MMMM y"}
DAY = {"vi": "EEEE, 'ngày' dd/MM/y", "en": "EEEE, d MMMM y"}
SHORT_MOMENT = {"vi": "HH:mm 'ngày' d/M", "en": "HH:mm, d MMM"}
SUBJECT_LENGTH = 78  # RFC 5322, 2.1.1: a line should not be longer
PRIZES = {
    "vi": {"first": "giải Nhất", "second": "giải Nhì", "third": "giải Ba", "consolation": "giải Khuyến khích"},
    "en": {"first": "first prize", "second": "second prize", "third": "third prize", "consolation": "a consolation prize"},
}
COMPLAINTS = {
    "vi": {
        "score": "điểm số",
        "time": "thời gian làm bài",
        "missing-attempt": "lượt thi bị thiếu",
        "invalidation": "lượt thi bị hủy",
        "prize": "giải thưởng",
        "other": "việc khác",
    },
    "en": {
        "score": "the score",
        "time": "the time taken",
        "missing-attempt": "a missing attempt",
        "invalidation": "an invalidated attempt",
        "prize": "the prize",
        "other": "something else",
    },
}
DIVISIONS = {
    "vi": {"officials": "cán bộ, công chức, viên chức, lực lượng vũ trang", "citizens": "người dân", "pupils": "học sinh"},
    "en": {"officials": "officials and armed forces", "citizens": "citizens", "pupils": "pupils"},
}

OFFICES = {
    "vi": {"officer": "cán bộ đầu mối của đơn vị", "organiser": "thành viên Ban Tổ chức", "operator": "người vận hành hệ thống"},
    "en": {"officer": "unit officer", "organiser": "organiser", "operator": "operator of the platform"},
}

ACTS = {
    "vi": {"official": "công bố chính thức kết quả", "keys": "sửa đáp án"},
    "en": {"official": "make the results official", "keys": "correct a key"},
}


class NotRendered(Exception):
    """A template and its values do not fit together: a mistake of ours, named in the text."""


class TemplateUnknown(Exception):
    """No template of this name."""


@dataclass(frozen=True)
class Letter:
    """A letter ready to be sent in one language."""

    language: str
    subject: str
    text: str
    html: str


class Letters:
    """Renders templates; `public_url` is where the links lead."""

    def __init__(self, public_url: str, folder: Path = FOLDER):
        self.public_url = public_url.rstrip("/")
        self.folder = folder
        self.environment = _environment(folder)

    @cached_property
    def about(self) -> dict[str, dict]:
        """What every about.yml says, by template name."""
        return {path.parent.name: yaml.safe_load(path.read_text()) for path in sorted(self.folder.glob("*/about.yml"))}

    def render(self, name: str, language: str, values: dict) -> Letter:
        """The letter; raises NotRendered when a value is missing."""
        values = {**self._common(values), **values, "language": language}
        try:
            return Letter(language, *(self._part(name, language, part, values) for part in PARTS))
        except (TemplateError, TypeError, ValueError, AttributeError, LookupError) as error:
            raise NotRendered(f"{name}/{language}: {error}") from error

    def sample(self, name: str, language: str) -> Letter:
        """The letter with the sample values of its about.yml."""
        about = self.about.get(name)
        if about is None:
            raise TemplateUnknown(name)
        return self.render(name, language, {**about["sample"].get("common", {}), **about["sample"][language]})

    def _part(self, name, language, part, values) -> str:
        text = self.environment.get_template(f"{name}/{language}/{part}").render(values)
        return clamp(text) if part == "subject.txt" else text.strip() + "\n"

    def _common(self, values: dict) -> dict:
        return {"public_url": self.public_url, "person_name": "", **self._links(values)}

    def _links(self, values: dict) -> dict:
        """The addresses of web/app.js: one page per round, before and after its results."""
        round_url = f"{self.public_url}/#/rounds/{quote(str(values.get('round_id')), safe='')}"
        own_url = f"{self.public_url}/#/own/{quote(str(values.get('round_id')), safe='')}"
        # Behind the #, so that the token is in no server's log.
        invitation_url = f"{self.public_url}/#/invitation/{quote(str(values.get('token')), safe='')}"
        reset_url = f"{self.public_url}/#/new-password/{quote(str(values.get('token')), safe='')}"
        more = {"own_url": own_url, "data_url": f"{self.public_url}/#/my-data", "invitation_url": invitation_url}
        more["reset_url"] = reset_url
        more["reports_url"] = f"{self.public_url}/desk/#/reports"
        campaign = f"#/emulation/{quote(str(values.get('campaign_id')), safe='')}"
        more["own_campaign_url"] = f"{self.public_url}/{campaign}"
        # Who wrote about itself has no desk.
        more["campaign_url"] = more["own_campaign_url"] if values.get("own") else f"{self.public_url}/desk/{campaign}"
        more["confirmations_url"] = f"{self.public_url}/desk/#/confirmations"
        return {"account_url": f"{self.public_url}/", "round_url": round_url, "results_url": round_url, **more}


PARTS = ("subject.txt", "body.txt", "body.html")


def clamp(subject: str, most: int = SUBJECT_LENGTH) -> str:
    """One line of at most `most` characters, cut between words."""
    line = " ".join(subject.split())
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0] + "…"


def _environment(folder: Path) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=select_autoescape(["html"], default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(moment=moment, short_moment=short_moment, number=number, prize=prize, division=division)
    environment.filters["indented"] = indented
    environment.filters.update(complaint=complaint, last_day=last_day, office=office, act=act)
    return environment


@pass_context
def moment(context, instant: datetime) -> str:
    """08:00 thứ Hai, ngày 23/11/2026; 08:00 on Monday, 23 November 2026. Always Vietnamese time."""
    return _shown(instant, MOMENT, context["language"])


@pass_context
def short_moment(context, instant: datetime) -> str:
    """08:00 ngày 23/11: for subjects."""
    return _shown(instant, SHORT_MOMENT, context["language"])


@pass_context
def last_day(context, instant: datetime) -> str:
    """thứ Hai, ngày 30/11/2026: the last day of a period that ends with the midnight `instant`."""
    return _shown(instant - timedelta(seconds=1), DAY, context["language"])


def _shown(instant: datetime, patterns: dict, language: str) -> str:
    text = format_datetime(instant, patterns[language], tzinfo=ZONE, locale=language)
    # CLDR writes "Thứ Hai", "Chủ Nhật"; Decree 30/2020, appendix II, writes "thứ Hai", "Chủ nhật".
    return text.replace("Thứ ", "thứ ").replace("Chủ Nhật", "Chủ nhật") if language == "vi" else text


@pass_context
def number(context, value: int) -> str:
    """133.281 in Vietnamese, 133,281 in English."""
    return format_decimal(value, locale=context["language"])


@pass_context
def prize(context, name: str) -> str:
    """The prize's name in the person's language; organisers' own names stay as they are."""
    return PRIZES[context["language"]].get(name, name)


@pass_context
def division(context, name: str) -> str:
    """The division's name in the person's language."""
    return DIVISIONS[context["language"]].get(name, name)


@pass_context
def office(context, name: str) -> str:
    """The role in the person's language."""
    return OFFICES[context["language"]].get(name, name)


@pass_context
def act(context, name: str) -> str:
    """What one organiser proposed, in the person's language."""
    return ACTS[context["language"]].get(name, name)


@pass_context
def complaint(context, kind: str) -> str:
    """What a complaint is about, in the person's language."""
    return COMPLAINTS[context["language"]].get(kind, kind)


def indented(text: str, mark: str = "  ") -> str:
    """Quoted lines of a plain-text letter."""
    return "\n".join(mark + line.strip() for line in text.strip().splitlines())


def languages() -> tuple[str, ...]:
    """The languages every template is written in."""
    return LANGUAGES
