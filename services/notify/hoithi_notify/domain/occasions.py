"""Occasions: the facts people are told of, each with its audience.

An occasion is recorded by a listener and spread by the worker: page by page it becomes one delivery
per person. Its id is made from the fact, so hearing of it twice changes nothing.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from hoithi_notify.domain.people import Contact
from hoithi_notify.domain.rounds import Contest, Round

# Occasions that are about one person by name. They go before the letters to everybody, and when the
# person has no address this is recorded: somebody may have to call.
PERSONAL = {
    "welcome",
    "prize-awarded",
    "reminder",
    "data-erased",
    "complaint-received",
    "complaint-questioned",
    "complaint-decided",
    "erasure-announced",
    "unit-report",
    "invitation",
    "campaign-opened",
    "assessment-reviewed",
    "awards-nominated",
    "confirmation-needed",
    "proposal-refused",
    "password-reset",
}
# Letters to an address that belongs to no account (any more): they carry it, and all they say, and forget it with their end.
SELF_CONTAINED = {"data-erased", "invitation", "password-reset"}
# Of no use to anybody once the round is over.
BOUND_TO_ROUND = {"week-opened", "week-extended", "reminder"}
# How long after it became known an occasion is still worth a letter.
LIFETIME = {
    "welcome": timedelta(days=7),
    "contest-published": timedelta(days=14),
    "results-provisional": timedelta(days=3),
    "results-published": timedelta(days=14),
    "results-corrected": timedelta(days=14),
    "prize-awarded": timedelta(days=90),
    "data-erased": timedelta(days=1),
    "invitation": timedelta(days=7),
    "complaint-received": timedelta(days=7),
    "complaint-questioned": timedelta(days=30),
    "complaint-decided": timedelta(days=90),
    "erasure-announced": timedelta(days=30),
    "unit-report": timedelta(days=1),
    "campaign-opened": timedelta(days=14),
    "assessment-reviewed": timedelta(days=30),
    "awards-nominated": timedelta(days=30),
    "confirmation-needed": timedelta(days=7),
    "proposal-refused": timedelta(days=7),
    "password-reset": timedelta(minutes=30),
}
OCCASIONS = sorted(PERSONAL | BOUND_TO_ROUND | set(LIFETIME))
# Registrations that reach us after an occasion was spread still belong to its audience for this long.
LATECOMERS = timedelta(days=1)
# How long spreading waits for the contest's or round's title when events overtook each other.
PATIENCE_FOR_TITLES = timedelta(minutes=10)


@dataclass(frozen=True)
class Occasion:
    """A fact and its audience: the people of `user_ids`, or everybody who had registered by `audience_before`.

    `cursor` is the last person spread to, `made` and `without_address` count people so far. Spread
    once `state` is "done". `muted`: shown to people who look, sent to nobody.
    """

    name: str
    subject: str
    noted_at: datetime
    contest_id: str | None = None
    round_id: str | None = None
    facts: dict = field(default_factory=dict)
    audience_before: datetime | None = None
    user_ids: tuple[str, ...] | None = None
    revision: int = 0
    state: str = "spreading"
    muted: bool = False
    cursor: str = ""
    made: int = 0
    without_address: int = 0
    ended: str | None = None

    @property
    def occasion_id(self) -> str:
        """`<occasion>:<subject>`."""
        return f"{self.name}:{self.subject}"

    def includes(self, user_id: str) -> bool:
        """A revised prize may have another winner: the earlier one is no longer of the audience."""
        return self.user_ids is None or user_id in self.user_ids

    def stands(self, round_: Round | None) -> bool:
        """False once a later extension of the same round replaced this one."""
        extension = round_ and round_.extension
        return not (self.name == "week-extended" and extension and extension.revision > self.facts["revision"])

    def onward(self, cursor: str, made: int, without_address: int, last: bool) -> "Occasion":
        """Spread to another page of people, up to `cursor`."""
        return replace(
            self,
            cursor=cursor,
            state="done" if last else self.state,
            made=self.made + made,
            without_address=self.without_address + without_address,
        )

    def dropped(self, reason: str) -> "Occasion":
        """Spread no further."""
        return replace(self, state="done", ended=reason)

    def silenced(self, muted: frozenset[str]) -> "Occasion":
        """The same occasion, finished at once where the operator does not want letters about it."""
        return replace(self, muted=True, state="done") if self.name in muted else self

    def is_ready(self, contest: Contest | None, round_: Round | None, now: datetime) -> bool:
        """Its titles are known, or have been waited for long enough."""
        known = self.contest_id is None or (contest is not None and self._knows(round_))
        return known or now - self.noted_at > PATIENCE_FOR_TITLES

    def _knows(self, round_: Round | None) -> bool:
        return self.round_id is None or (round_ is not None and round_.window is not None)


def is_too_late(name: str, noted_at: datetime, round_: Round | None, now: datetime) -> bool:
    """A letter of this occasion would only confuse by now."""
    if name in BOUND_TO_ROUND:
        return round_ is not None and round_.is_over(now)
    return now - noted_at > LIFETIME[name]


def contest_published(event, now: datetime) -> Occasion:
    """Told once, at the first announcement."""
    return Occasion(
        "contest-published",
        event.contest_id,
        now,
        contest_id=event.contest_id,
        audience_before=event.published_at,
        facts={"opens_at": min((plan.opens_at for plan in event.rounds), default=None), "rounds": len(event.rounds)},
    )


def week_opened(event, now: datetime) -> Occasion:
    """Told to those who had registered by then; whoever joins later finds the round open."""
    return _of_round("week-opened", event.round_id, event, now, event.opens_at, {"paper_size": event.paper_size})


def week_extended(event, now: datetime) -> Occasion:
    """The public notice, to everybody; each extension is an occasion of its own."""
    facts = {
        "revision": event.revision,
        "previous_closes_at": event.previous_closes_at,
        "new_closes_at": event.closes_at,
        "notice": event.notice,
    }
    return _of_round("week-extended", f"{event.round_id}.{event.revision}", event, now, now, facts)


def results_provisional(event, now: datetime) -> Occasion:
    """Provisional results can be looked at and complained about."""
    return _of_round("results-provisional", event.round_id, event, now, event.scored_at, _counts(event))


def results_published(event, now: datetime) -> Occasion:
    """Told once per round, whatever the revision: later changes are results-corrected."""
    return _of_round("results-published", event.round_id, event, now, event.published_at, _counts(event))


def results_corrected(event, now: datetime) -> Occasion:
    """Whoever was told the official results is told that they changed, and why."""
    subject = f"{event.round_id}.{event.revision}"
    return _of_round("results-corrected", subject, event, now, event.corrected_at, {"reason": event.reason})


def _counts(event) -> dict:
    return {"attempts": event.attempts, "participants": event.participants}


def _of_round(name, subject, event, now, audience_before, facts) -> Occasion:
    return Occasion(
        name,
        subject,
        now,
        contest_id=event.contest_id,
        round_id=event.round_id,
        audience_before=audience_before,
        facts=facts,
    )


def prize_awarded(event, now: datetime) -> Occasion | None:
    """Told to the winner. A unit has no address here (officers learn of it from the results): None."""
    if event.winner_kind != "person":
        return None
    return Occasion(
        "prize-awarded",
        event.award_id,
        now,
        contest_id=event.contest_id,
        round_id=event.round_id,
        user_ids=(event.winner_id,),
        revision=event.revision,
        facts={
            "prize": event.prize,
            "place": event.place,
            "division": event.division,
            "whole_contest": event.scope == "season",
            "pool": event.pool,
        },
    )


def reminder_requested(event, now: datetime) -> Occasion:
    """An officer urges these people."""
    return Occasion(
        "reminder",
        event.reminder_id,
        now,
        contest_id=event.contest_id,
        round_id=event.round_id,
        user_ids=tuple(sorted(set(event.user_ids))),
        facts={"note": event.note},
    )


def complaint_received(event, now: datetime) -> Occasion:
    """Confirms that a complaint arrived, and by when it is to be decided."""
    return _complaint("complaint-received", event.complaint_id, event, now, {"decide_by": event.decide_by})


def complaint_questioned(event, now: datetime) -> Occasion:
    """The organiser needs to know more; each question is an occasion of its own."""
    subject = f"{event.complaint_id}.{event.revision}"
    return _complaint("complaint-questioned", subject, event, now, {"decide_by": event.decide_by})


def complaint_decided(event, now: datetime) -> Occasion:
    """How a complaint ended; the reason is read on the site, where only the person can see it."""
    return _complaint("complaint-decided", event.complaint_id, event, now, {"outcome": event.outcome})


def _complaint(name: str, subject: str, event, now: datetime, facts: dict) -> Occasion:
    about = {"contest_id": event.contest_id, "round_id": event.round_id, "user_ids": (event.user_id,)}
    return Occasion(name, subject, now, facts={"kind": event.kind, **facts}, **about)


def erasure_announced(event, now: datetime) -> Occasion:
    """The data were kept as long as they may be; who signs in before that day keeps the account."""
    return Occasion("erasure-announced", event.notice_id, now, user_ids=(event.user_id,), facts={"erase_at": event.erase_at})


def unit_report(event, now: datetime) -> Occasion:
    """The unit's officers are told; the figures stay behind the sign-in. A day later the next report says more."""
    facts = {name: getattr(event, name) for name in ("unit_id", "unit_name", "kind", "day", "made_at")}
    about = {"contest_id": event.contest_id, "round_id": event.round_id, "user_ids": tuple(sorted(set(event.user_ids)))}
    return Occasion("unit-report", event.report_id, now, facts=facts, **about)


def campaign_opened(event, now: datetime) -> Occasion:
    """The officers of the units that take part in an emulation campaign; they hand the link for individuals on."""
    return _campaign("campaign-opened", event.campaign_id, event, now, ("assess_until", "review_until", "individuals"))


def assessment_reviewed(event, now: datetime) -> Occasion:
    """Who handed it in; what was written is read behind the sign-in. Each review is an occasion of its own."""
    names = ("outcome", "kind", "unit_name", "review_until", "own")
    return _campaign("assessment-reviewed", f"{event.assessment_id}.{event.revision}", event, now, names)


def awards_nominated(event, now: datetime) -> Occasion:
    """Who handed in what is nominated."""
    return _campaign("awards-nominated", event.campaign_id, event, now, ("decided_at", "own_user_ids"))


def _campaign(name: str, subject: str, event, now: datetime, names: tuple[str, ...]) -> Occasion:
    facts = {"campaign_id": event.campaign_id, "campaign_title": event.title}
    facts |= {each: getattr(event, each) for each in names}
    return Occasion(name, subject, now, facts=facts, user_ids=tuple(sorted(set(event.user_ids))))


def confirmation_needed(event, act: str, organisers: list[str], now: datetime) -> Occasion:
    """Told to every other organiser of the contest, for nobody confirms what they proposed themselves."""
    others = tuple(sorted(set(organisers) - {event.proposed_by}))
    facts = {"act": act, "proposed_at": event.proposed_at, "expires_at": event.expires_at}
    about = {"contest_id": event.contest_id, "round_id": event.round_id, "user_ids": others}
    return Occasion("confirmation-needed", event.proposal_id, now, facts=facts, **about)


def proposal_refused(event, act: str, now: datetime) -> Occasion:
    """Told to whoever proposed it, with what the second person wrote."""
    facts = {"act": act, "proposed_at": event.proposed_at, "refused_at": event.refused_at, "reason": event.reason}
    about = {"contest_id": event.contest_id, "round_id": event.round_id, "user_ids": (event.proposed_by,)}
    return Occasion("proposal-refused", event.proposal_id, now, facts=facts, **about)


UNSAID = {"individuals": False, "own": False}
"""What older events of campaigns do not say."""


def values(person: Contact, occasion: Occasion | None, contest: Contest | None, round_: Round | None) -> dict:
    """What the templates may say, before links: see each template's about.yml."""
    facts = {**UNSAID, **occasion.facts} if occasion else {}
    if person.user_id in (facts.pop("own_user_ids", None) or ()):
        facts["own"] = True
    return {**facts, **_titles(occasion, contest, round_), "person_name": person.name}


def _titles(occasion: Occasion | None, contest: Contest | None, round_: Round | None) -> dict:
    if occasion is None or occasion.contest_id is None:
        return {}
    return {"contest_title": contest.title if contest else occasion.contest_id, **_window(occasion, round_)}


def _window(occasion: Occasion, round_: Round | None) -> dict:
    if occasion.round_id is None:
        return {}
    window = round_ and round_.window
    shown = {"round_title": window.title if window else occasion.round_id}
    return {**shown, "opens_at": window and window.opens_at, "closes_at": round_ and round_.closes_at}
