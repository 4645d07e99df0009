"""What the doors take and answer."""

from hoithi_contracts.fields import Choice, Flag, Instant, Many, Part, StrictSchema, Text, Whole
from hoithi_notify.domain.deliveries import STATES
from hoithi_notify.domain.occasions import OCCASIONS
from hoithi_notify.domain.people import LANGUAGES


class DeliveriesQuery(StrictSchema):
    """Which deliveries; `after` is the `next` of the page before."""

    state = Choice(*STATES)
    occasion = Choice(*OCCASIONS)
    after = Text(least=0, most=400, load_default="")
    limit = Whole(least=1, most=200, load_default=50)


class OccasionsQuery(StrictSchema):
    """How many of the newest occasions."""

    limit = Whole(least=1, most=200, load_default=50)


class PreviewQuery(StrictSchema):
    """The language of the preview; the caller's own by default."""

    language = Choice(*LANGUAGES)


class Delivery(StrictSchema):
    """One letter. `address` is masked for organisers."""

    delivery_id = Text(most=400)
    occasion = Choice(*OCCASIONS)
    subject = Text()
    user_id = Text()
    contest_id = Text(allow_none=True)
    channel = Text()
    state = Choice(*STATES)
    reason = Text(allow_none=True)
    tries = Whole()
    answer = Text(most=300, allow_none=True)
    address = Text(most=320, allow_none=True)
    noted_at = Instant()
    due_at = Instant(allow_none=True)
    ended_at = Instant(allow_none=True)


class Deliveries(StrictSchema):
    """A page."""

    deliveries = Many(Part(Delivery))
    next = Text(most=400, allow_none=True)


class Occasion(StrictSchema):
    """A fact people were told of: `made` letters queued, `without_address` people of the audience without e-mail."""

    occasion_id = Text(most=300)
    occasion = Choice(*OCCASIONS)
    subject = Text()
    contest_id = Text(allow_none=True)
    round_id = Text(allow_none=True)
    state = Choice("spreading", "done")
    ended = Text(allow_none=True)
    muted = Flag()
    made = Whole()
    without_address = Whole()
    noted_at = Instant()


class Occasions(StrictSchema):
    """The newest occasions."""

    occasions = Many(Part(Occasion))


class Placeholder(StrictSchema):
    """A value a template may use."""

    name = Text()
    meaning = Text()


class Template(StrictSchema):
    """What a template is for and what it may say."""

    name = Text()
    purpose = Text()
    placeholders = Many(Part(Placeholder))
    languages = Many(Choice(*LANGUAGES))


class Templates(StrictSchema):
    """All templates."""

    templates = Many(Part(Template))


class Preview(StrictSchema):
    """A template with its sample values."""

    name = Text()
    purpose = Text()
    placeholders = Many(Part(Placeholder))
    language = Choice(*LANGUAGES)
    subject = Text(most=78)
    text = Text(most=20_000)
    html = Text(most=40_000, markup=True)


class Message(StrictSchema):
    """What one person was told. `by_email`: it was also sent to them."""

    message_id = Text(most=400)
    occasion = Choice(*OCCASIONS)
    subject = Text(most=78)
    text = Text(most=20_000)
    language = Choice(*LANGUAGES)
    by_email = Flag()
    at = Instant()


class OwnContact(StrictSchema):
    """What letters need of a person."""

    name = Text()
    email = Text(most=320, allow_none=True)
    language = Choice(*LANGUAGES)
    registered_at = Instant()


class OwnDelivery(StrictSchema):
    """One letter to the person; `address` in full, since it is the own."""

    occasion = Choice(*OCCASIONS)
    contest_id = Text(allow_none=True)
    channel = Text()
    state = Choice(*STATES)
    address = Text(most=320, allow_none=True)
    noted_at = Instant()
    ended_at = Instant(allow_none=True)


class OwnData(StrictSchema):
    """All there is: contact, letters of the last year, messages of the last 60 days with their texts."""

    exported_at = Instant()
    contact = Part(OwnContact, allow_none=True)
    deliveries = Many(Part(OwnDelivery))
    messages = Many(Part(Message))


class Messages(StrictSchema):
    """Newest first."""

    messages = Many(Part(Message))
