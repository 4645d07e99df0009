"""What people may send. Every schema refuses what it does not know."""

from datetime import date

from marshmallow import ValidationError
from marshmallow.fields import Dict

from hoithi_contracts import fields
from hoithi_exam.domain.bank.difference import KINDS
from hoithi_exam.domain.bank.formats import NAMES as FORMATS
from hoithi_exam.domain.bank.model import LANGUAGE, PICTURE
from hoithi_exam.domain.rules_schema import DIVISIONS, SLUG, RulesSchema

MOST_PREDICTED = 100_000_000
MOST_SEQ = 2**31 - 1
QUESTIONS_A_PAGE = 100
SOURCE = r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}"
SAID_AT_ONCE = 50
SOUND = r"(?:[A-Za-z0-9_-]{16})?"
FIRST_YEAR, LAST_YEAR = 2000, 2100


def _sensible(day: date) -> None:
    """Far from the ends of the calendar, where adding a week or a grace would overflow."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(f"year-out-of-range:{FIRST_YEAR}:{LAST_YEAR}")


def moment(**kwargs):
    """An instant of the years 2000 to 2100."""
    return fields.Instant(validate=_sensible, **kwargs)


def contest_id_field(**kwargs):
    """A slug; short enough for the ids made from it."""
    return fields.Name(pattern=r"(?=.{2,60}$)" + SLUG, **kwargs)


class Window(fields.StrictSchema):
    title = fields.Text(most=120)
    opens_at = moment(required=True)
    closes_at = moment(required=True)


# Division -> bank id.
Banks = fields.StrictSchema.from_dict({name: fields.Name(pattern=SLUG) for name in DIVISIONS}, name="Banks")


class ContestChange(fields.StrictSchema):
    """What is left out stays."""

    title = fields.Text(most=200)
    rules = fields.Part(RulesSchema)
    rounds = fields.Many(fields.Part(Window), least=1, most=60)
    banks = fields.Part(Banks)


class NewContest(ContestChange):
    """`rounds`, or a calendar that is begun from: a template's (`first_day` for weekly ones, `starts_at` and `round_seconds`
    for rehearsals), or with `copy_of` an earlier contest's rules and rounds, the first one on `first_day`.
    """

    contest_id = contest_id_field(required=True)
    title = fields.Text(most=200, required=True)
    template = fields.Name(pattern=SLUG)
    copy_of = contest_id_field()
    first_day = fields.Day(validate=_sensible)
    starts_at = moment()
    round_seconds = fields.Whole(least=5, most=86400)


class Mend(fields.StrictSchema):
    """What questions without a topic or a level get."""

    topic = fields.Text(most=120)
    level = fields.Choice("easy", "medium", "hard")


class Import(Mend):
    """How to take a bank's file in; `preview`: how many of its questions the answer shows."""

    dry_run = fields.Flag(load_default=False)
    format = fields.Choice(*FORMATS, "auto")
    preview = fields.Whole(least=0, most=500, load_default=0)


class Upload(Mend):
    """How to take a file at the desk; `name`: the file's, shown to who finds the upload again."""

    name = fields.Text(least=0, most=200, load_default="")
    format = fields.Choice(*FORMATS, "auto", load_default="auto")


class Export(fields.StrictSchema):
    format = fields.Choice(*FORMATS, load_default="text")


class Approval(fields.StrictSchema):
    note = fields.LongText(load_default="", least=0, most=2000)


class QuestionChange(fields.StrictSchema):
    """What is left out stays; `drop` takes the question out, an empty `picture` (with an empty `alt`) the picture."""

    id = fields.Name(pattern=SLUG, required=True)
    topic = fields.Name(pattern=SLUG)
    level = fields.Choice("easy", "medium", "hard")
    text = fields.LongText(most=1000)
    options = fields.Many(fields.Text(most=400), least=2, most=10)
    right = fields.Name(pattern=r"a?b?c?d?e?f?g?h?i?j?(?<=.)")
    why = fields.LongText(least=0, most=2000)
    source = fields.Text(least=0, most=500)
    picture = fields.Name(pattern=f"(?:{PICTURE.pattern})?")
    alt = fields.Text(least=0, most=300)
    drop = fields.Flag()


class Topic(fields.StrictSchema):
    slug = fields.Name(pattern=SLUG, required=True)
    name = fields.Text(most=120, required=True)


class BankChange(fields.StrictSchema):
    """Topics to name or to add, questions to change."""

    topics = fields.Many(fields.Part(Topic), most=200, load_default=list)
    questions = fields.Many(fields.Part(QuestionChange), most=2000, load_default=list)


class Page(fields.StrictSchema):
    limit = fields.Whole(least=1, most=500, load_default=QUESTIONS_A_PAGE)
    after = fields.Name(pattern=SLUG)


class Search(Page):
    """What questions are looked for. `ids`: separated by commas; `lacks`: the code of a language.

    `round`: of a round whose papers are drawn from this version; then its organisers may read it.
    """

    q = fields.Text(least=0, most=200)
    topic = fields.Name(pattern=SLUG)
    level = fields.Choice("easy", "medium", "hard")
    use = fields.Choice("real", "practice")
    ids = fields.Text(most=8000)
    lacks = fields.Name(pattern=LANGUAGE.pattern)
    round = fields.Name(pattern=SLUG)


class Differences(fields.StrictSchema):
    """`against`: the version to compare with; default: the newest approved one before. `after`: how many were shown already."""

    against = fields.Whole(least=1)
    kind = fields.Choice(*KINDS)
    after = fields.Whole(load_default=0)
    limit = fields.Whole(least=1, most=200, load_default=25)


class Said(fields.StrictSchema):
    """A question in another language, aloud, or both; options in the bank's order, "" where there is none. Empty: taken away."""

    id = fields.Name(pattern=SLUG, required=True)
    text = fields.LongText(least=0, most=1000, load_default="")
    options = fields.Many(fields.Text(least=0, most=400), most=10, load_default=list)
    sound = fields.Name(pattern=SOUND, load_default="")
    option_sounds = fields.Many(fields.Name(pattern=SOUND), most=10, load_default=list)


class LanguagePart(fields.StrictSchema):
    """Some of a bank's questions; those that are not named stay as they are. `name`: the language's own."""

    name = fields.Text(most=60, required=True)
    questions = fields.Many(fields.Part(Said), most=SAID_AT_ONCE, required=True)


class Extend(fields.StrictSchema):
    closes_at = moment(required=True)
    reason = fields.Text(most=500, required=True)
    notice = fields.LongText(most=4000, required=True)


class Halt(fields.StrictSchema):
    reason = fields.Text(most=500, required=True)
    notice = fields.LongText(most=4000, required=True)


class Resume(fields.StrictSchema):
    notice = fields.LongText(most=4000, required=True)


class Moved(fields.StrictSchema):
    title = fields.Text(most=120)
    opens_at = moment()
    closes_at = moment()


class Amend(fields.StrictSchema):
    """`rounds`: number of a coming round -> its new title or window. What is left out stays."""

    title = fields.Text(most=200)
    rounds = Dict(keys=fields.Name(pattern=r"[1-9]\d?"), values=fields.Part(Moved), load_default=dict)
    reason = fields.Text(most=500, required=True)
    notice = fields.LongText(most=4000, required=True)


class CorrectKey(fields.StrictSchema):
    """`right`: letters in the bank's order, "a" is the first option."""

    question_id = fields.Name(required=True)
    right = fields.Name(pattern=r"a?b?c?d?e?f?g?h?i?j?(?<=.)", required=True)
    reason = fields.Text(most=500, required=True)


class Save(fields.StrictSchema):
    """Number of the question -> letters as shown; "" clears.

    `seq` rises with each save of the attempt, beyond the one the paper came with; each save carries all answers not
    yet known to be kept. A save that arrives after a newer one is refused (409) and changes nothing.
    """

    answers = fields.Answers(required=True)
    seq = fields.Whole(least=1, most=MOST_SEQ, load_default=None)


class Submit(fields.StrictSchema):
    """The last answers, and the prediction for the round."""

    answers = fields.Answers(load_default=dict)
    prediction = fields.Whole(most=MOST_PREDICTED, allow_none=True, load_default=None)


class Receipt(fields.StrictSchema):
    receipt = fields.Text(most=4000, required=True)


class Poster(fields.StrictSchema):
    """`source`: the way in that the code counts for; `unit`: whose hall it hangs in, as it is printed."""

    size = fields.Choice("a4", "a3", load_default="a4")
    source = fields.Name(pattern=SOURCE, load_default=None)
    unit = fields.Text(most=160, load_default=None)
