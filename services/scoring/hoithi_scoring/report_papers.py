"""Reports of units as the press takes them: everything is a text, in Vietnamese, as papers are."""

from hoithi_print import PDF, Document, Papers
from hoithi_print.words import long_day, moment, whole
from hoithi_scoring.report_files import WORDS

VI = WORDS["vi"]
NONE = "–"


def report_paper(papers: Papers, figures: dict) -> Document:
    """One page or some: the unit, those below, the rounds, the days."""
    unit = figures["unit"]
    lines = [VI["unit"].format(**unit), VI["round"].format(**figures), VI["made"].format(at=moment(figures["made_at"]))]
    title = f"{VI['kinds'][figures['kind']]} – {figures['contest']}"
    issued = long_day(figures["made_at"], papers.theme.place)
    sections = [_below(figures), _rounds(figures), _days(figures)]
    filled = [each for each in sections if each["rows"]]
    return papers.document("report", PDF, title=title, lines=lines, facts=_facts(figures), issued=issued, sections=filled)


def _facts(figures: dict) -> list[list[str]]:
    unit = figures["unit"]
    place = NONE if figures["place"] is None else f"{figures['place']} / {figures['peers']}"
    return [
        [VI["unit_columns"][3], _whole(unit["participants"])],
        [VI["unit_columns"][1], _whole(unit["roster"])],
        [VI["unit_columns"][4], _decimal(unit["rate_percent"])],
        [VI["unit_columns"][5], _whole(unit["not_yet"])],
        [VI["round_columns"][6], place],
    ]


def _below(figures: dict) -> dict:
    rows = [[each["name"], *_counts(each)] for each in figures["below"]]
    return {"title": VI["below"], "columns": list(VI["unit_columns"]), "rows": rows}


def _counts(each: dict) -> list[str]:
    first = [_whole(each[name]) for name in ("roster", "registered", "participants")]
    rate, mean = _decimal(each["rate_percent"]), _decimal(each["mean_points"])
    return [*first, rate, _whole(each["not_yet"]), mean, _whole(each["attempts"])]


def _rounds(figures: dict) -> dict:
    rows = [
        [each["title"], _whole(each["roster"]), _whole(each["participants"]), _decimal(each["rate_percent"]),
         _decimal(each["mean_points"]), _whole(each["attempts"]), _whole(each["place"]), _whole(each["peers"])]
        for each in figures["rounds"]
    ]  # fmt: skip
    return {"title": VI["rounds"], "columns": list(VI["round_columns"]), "rows": rows}


def _days(figures: dict) -> dict:
    rows, total = [], 0
    for each in figures["days"]:
        total += each["newcomers"]
        rows.append(["/".join(reversed(each["day"].split("-"))), _whole(each["newcomers"]), _whole(total)])
    return {"title": VI["days"], "columns": list(VI["day_columns"]), "rows": rows}


def _whole(count: int | None) -> str:
    return NONE if count is None else whole(count)


def _decimal(text: str | None) -> str:
    return NONE if text is None else text.replace(".", ",")
