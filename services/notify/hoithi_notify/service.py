"""The doors and the worker of notify. The only room that knows nameko."""

import random
import sys
import time
from threading import Lock

from hoithi_bus import clock
from hoithi_bus.http import Doors as HttpDoors
from hoithi_bus.http import Problem, Reply, door
from hoithi_bus.http.problems import UNAVAILABLE as AWAY
from hoithi_bus.provide import Provided
from hoithi_bus.settings import need
from hoithi_bus.worker import Worker as BusWorker
from hoithi_bus.worker import every, listen, listen_batch
from hoithi_contracts.emulation import AssessmentReviewed, AwardsNominated, CampaignOpened
from hoithi_contracts.exam import (
    ContestPublished,
    KeyCorrectionProposed,
    KeyCorrectionRefused,
    WeekClosed,
    WeekExtended,
    WeekOpened,
)
from hoithi_contracts.registration import (
    ErasureAnnounced,
    InvitationSent,
    OrganiserChanged,
    PasswordResetRequested,
    UserErased,
    UserRegistered,
    UserUpdated,
)
from hoithi_contracts.scoring import (
    ComplaintDecided,
    ComplaintQuestioned,
    ComplaintReceived,
    PrizeAwarded,
    ReminderRequested,
    ResultsCorrected,
    ResultsProposed,
    ResultsPublished,
    ResultsRefused,
    UnitReportReady,
    WeekScored,
)
from hoithi_notify import handlers, metrics, schemas
from hoithi_notify.domain.access import reach
from hoithi_notify.domain.deliveries import EMAIL, DeliveryUnknown, NotRetriable, Patience
from hoithi_notify.domain.occasions import OCCASIONS
from hoithi_notify.letters import Letters, TemplateUnknown
from hoithi_notify.mail import EMail, WrongSetting, sender_of, server_of
from hoithi_notify.storage import Storage
from hoithi_notify.storage import open_storage as open_at
from hoithi_store import UNAVAILABLE

STAFF = ("operator", "organiser")
TURN_S = 5  # a timer's turn ends after this, so that a stop does not wait long
# The preview is a letter: it has no business with scripts, forms or other hosts; only its inline styles are wanted.
ALONE = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox"

PROBLEMS = {
    DeliveryUnknown: Problem(404, "delivery-unknown", "Không có thư này.", "There is no such delivery."),
    TemplateUnknown: Problem(404, "template-unknown", "Không có mẫu thư này.", "There is no such template."),
    NotRetriable: Problem(
        409,
        "not-retriable",
        "Thư này đang ở trạng thái {state}; chỉ gửi lại được thư lỗi (failed) hoặc thiếu địa chỉ (no-address).",
        "This delivery is {state}; only one that failed or had no address (no-address) can be sent again.",
    ),
    **dict.fromkeys(UNAVAILABLE, AWAY),
}


def open_storage(config: dict) -> Storage:
    """The storage named in the settings."""
    return open_at(need(config, "MONGO_URI", "It is the MongoDB address with user and database; `make up` makes one."))


def open_letters(config: dict) -> Letters:
    """The templates, with links to the site named in the settings."""
    return Letters(need(config, "PUBLIC_URL", "It is the address under which people open the site; letters link to it."))


def muted_occasions(config: dict) -> frozenset[str]:
    """Occasions nobody gets letters about; stops the start when one of them does not exist."""
    names = frozenset(name.strip() for name in (config.get("MUTED_OCCASIONS") or "").split(",") if name.strip())
    unknown = names - set(OCCASIONS)
    if unknown:
        sys.exit(f"hoithi: MUTED_OCCASIONS names {', '.join(sorted(unknown))}; there are {', '.join(OCCASIONS)}.")
    return names


def open_mail(config: dict) -> EMail:
    """The e-mail channel; stops the start when its settings cannot work."""
    url = need(
        config, "SMTP_URL", "It is where mail is handed in, for example smtp+starttls://user:password@mail.example.vn:587."
    )
    sender = need(config, "MAIL_FROM", 'It is the sender of all letters, for example "Cuộc thi <no-reply@example.vn>".')
    try:
        return EMail(server_of(url), sender_of(sender), rest_s=float(config.get("SMTP_REST_SECONDS") or 5))
    except WrongSetting as error:
        sys.exit(f"hoithi: {error}.")


class Desk:
    """One per worker process: the office, and a lock so that a slow turn is not overtaken by the next."""

    def __init__(self, config: dict):
        # Settings before connections: a sentence about a missing one must not drown in a shutdown.
        channels, letters = {EMAIL: metrics.Timed(EMAIL, open_mail(config))}, open_letters(config)
        self.muted = muted_occasions(config)
        patience = Patience(float(config["RETRY_SECONDS"]), tries=int(config["SEND_TRIES"]))
        self.storage = open_storage(config)
        self.office = handlers.Office(
            self.storage,
            channels,
            letters,
            clock.now,
            random.random,
            patience,
            float(config["CLAIM_SECONDS"]),
        )
        self.spreading, self.sending = Lock(), Lock()

    def spread(self):
        """Spread what waits, page by page."""
        _in_turn(self.spreading, lambda: handlers.spread(self.storage, clock.now()))

    def send(self):
        """Send what is due, batch by batch."""
        _in_turn(self.sending, lambda: handlers.send_due(self.office) or None)


def _in_turn(lock: Lock, step):
    """Repeat a step and count its deliveries until it has nothing to do or the turn is over; at most one turn at a time."""
    if not lock.acquire(blocking=False):
        return
    try:
        end = time.monotonic() + TURN_S
        while (deliveries := step()) is not None:
            metrics.count(deliveries)
            if time.monotonic() > end:
                break
    finally:
        lock.release()


def _of(events, kind: type) -> list:
    """Those of a kind, or of one made from it (user-updated of user-registered)."""
    return [event for event in events if isinstance(event, kind)]


class Worker(BusWorker):
    """Hears, spreads, sends. Any number of replicas share the work."""

    name = "notify-worker"
    desk = Provided(Desk)

    @listen_batch(
        UserRegistered,
        UserUpdated,
        UserErased,
        ErasureAnnounced,
        OrganiserChanged,
        queue="notify.people",
        most=200,
        within_ms=20,
        pause_on=UNAVAILABLE,
    )
    def people(self, events, now):
        metrics.count(handlers.note_people(self.desk.storage, _of(events, UserRegistered), now, self.desk.muted))
        for event in [*_of(events, ErasureAnnounced), *_of(events, OrganiserChanged)]:
            handlers.hear(self.desk.storage, event, now, self.desk.muted)
        for event in _of(events, UserErased):
            metrics.count(handlers.forget_person(self.desk.storage, event, now, self.desk.muted))

    @listen(ContestPublished, WeekOpened, WeekExtended, WeekClosed, queue="notify.rounds", pause_on=UNAVAILABLE)
    def rounds(self, event, now):
        handlers.hear(self.desk.storage, event, now, self.desk.muted)

    @listen(WeekScored, ResultsPublished, ResultsCorrected, PrizeAwarded, queue="notify.results", pause_on=UNAVAILABLE)
    def results(self, event, now):
        handlers.hear(self.desk.storage, event, now, self.desk.muted)

    @listen(ComplaintReceived, ComplaintQuestioned, ComplaintDecided, queue="notify.complaints", pause_on=UNAVAILABLE)
    def complaints(self, event, now):
        handlers.hear(self.desk.storage, event, now, self.desk.muted)

    @listen(ReminderRequested, UnitReportReady, queue="notify.reminders", pause_on=UNAVAILABLE)
    def reminders(self, event, now):
        handlers.hear(self.desk.storage, event, now, self.desk.muted)

    @listen(CampaignOpened, AssessmentReviewed, AwardsNominated, queue="notify.emulation", pause_on=UNAVAILABLE)
    def emulation(self, event, now):
        handlers.hear(self.desk.storage, event, now, self.desk.muted)

    @listen(InvitationSent, queue="notify.invitations", pause_on=UNAVAILABLE)
    def invitations(self, event, now):
        metrics.count(handlers.invited(self.desk.storage, event, now, self.desk.muted))

    @listen(PasswordResetRequested, queue="notify.passwords", pause_on=UNAVAILABLE)
    def passwords(self, event, now):
        metrics.count(handlers.password_forgotten(self.desk.storage, event, now, self.desk.muted))

    @listen(
        ResultsProposed,
        KeyCorrectionProposed,
        ResultsRefused,
        KeyCorrectionRefused,
        queue="notify.proposals",
        pause_on=UNAVAILABLE,
    )
    def proposals(self, event, now):
        handlers.hear(self.desk.storage, event, now, self.desk.muted)

    @every(seconds=1)
    def spread(self, now):
        self.desk.spread()

    @every(seconds=1)
    def send(self, now):
        self.desk.send()

    @every(seconds=10)
    def look_around(self, now):
        handlers.forget_last_letters(self.desk.storage, now)
        metrics.measure(self.desk.storage, self.desk.office.channels, now)

    def health_checks(self):
        """Not the mail server: while it is away letters wait, and restarting the worker would not bring it back."""
        return {"mongodb": self.desk.storage.ping}


class Doors(HttpDoors):
    """Messages to people: what was sent to whom, the templates, and everybody's own messages."""

    name = "notify"
    title = "hoithi notify"
    version = "0.1.0"
    problems = PROBLEMS
    storage = Provided(open_storage)
    letters = Provided(open_letters)

    def health_checks(self):
        return {"mongodb": self.storage.ping}

    @door("GET", "/deliveries", who=STAFF, query=schemas.DeliveriesQuery, answer=schemas.Deliveries, summary="List deliveries")
    def deliveries(self, call):
        """By state and occasion, in the order of their ids. Organisers see those of their contests, addresses masked."""
        wanted = call.query
        return handlers.deliveries(
            self.storage,
            reach(call.claims.roles),
            wanted.get("state"),
            wanted.get("occasion"),
            wanted["after"],
            wanted["limit"],
        )

    @door("GET", "/deliveries/<delivery_id>", who=STAFF, answer=schemas.Delivery, summary="Show one delivery")
    def delivery(self, call, delivery_id):
        return handlers.delivery(self.storage, reach(call.claims.roles), delivery_id)

    @door("POST", "/deliveries/<delivery_id>/retry", who=STAFF, answer=schemas.Delivery, summary="Try a delivery again")
    def retry(self, call, delivery_id):
        """Only one that failed or had no address."""
        return handlers.retry(self.storage, reach(call.claims.roles), delivery_id, call.now)

    @door("GET", "/occasions", who=STAFF, query=schemas.OccasionsQuery, answer=schemas.Occasions, summary="What people were told")
    def occasions(self, call):
        """Newest first, with the number of letters and of people without an address."""
        return {"occasions": handlers.occasions(self.storage, reach(call.claims.roles), call.query["limit"])}

    @door("GET", "/templates", who=STAFF, answer=schemas.Templates, summary="List the templates")
    def templates(self, call):
        return {"templates": handlers.templates(self.letters)}

    @door("GET", "/templates/<name>", who=STAFF, query=schemas.PreviewQuery, answer=schemas.Preview, summary="Preview a template")
    def template(self, call, name):
        """Subject, text and HTML with sample data."""
        return handlers.template(self.letters, name, call.query.get("language", call.language))

    @door(
        "GET",
        "/templates/<name>/page",
        who=STAFF,
        query=schemas.PreviewQuery,
        produces="text/html",
        summary="See a template",
    )
    def template_page(self, call, name):
        """The HTML letter with sample data, as a page that can load and run nothing."""
        preview = handlers.template(self.letters, name, call.query.get("language", call.language))
        safe = {"Content-Security-Policy": ALONE, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
        return Reply(preview["html"], content_type="text/html; charset=utf-8", headers=safe)

    @door("GET", "/me/messages", who="person", answer=schemas.Messages, summary="My messages")
    def my_messages(self, call):
        """What I was told in the last 60 days, newest first, also if I have no e-mail address."""
        return {"messages": handlers.my_messages(self.storage, self.letters, call.claims.user_id, call.now)}

    @door("GET", "/me/export", who="person", answer=schemas.OwnData, summary="Everything notify keeps about the own person")
    def export_me(self, call):
        exported = handlers.export(self.storage, self.letters, call.claims.user_id, call.now)
        return Reply.json(exported, headers={"Cache-Control": "no-store"})
