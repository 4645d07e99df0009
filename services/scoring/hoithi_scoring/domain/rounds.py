"""A round on its way from announced to official. Each step returns the new round and the events of it.

Events of exam may come in any order and more than once: each step sets what it knows and never takes
back what a newer event said.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from hoithi_contracts.exam import (
    AnswerKeyCorrected,
    ContestPublished,
    Publication,
    ResultRules,
    RoundPlan,
    WeekClosed,
    WeekExtended,
    WeekOpened,
)
from hoithi_contracts.proposal import ProposalOutdated
from hoithi_contracts.scoring import AttemptsMissing, ResultsCorrected, ResultsPublished, WeekScored
from hoithi_scoring.domain import prizes
from hoithi_scoring.domain.refusals import CountsDiffer, NotProvisional, StillChanging
from hoithi_scoring.domain.score import normal
from hoithi_scoring.domain.snapshot import LIVE, LiveUnits, Snapshot

PUBLISHED = ("provisional", "official")
RECONSIDERED = "Xét lại người đạt giải"
"""Told to everybody when it stands beside a correction, so it names nobody; the real reason is with the check."""


@dataclass(frozen=True)
class Key:
    """Right options and points of a question; `revision` of the correction they come from (0: as opened)."""

    question_id: str
    right: str
    points: int | None = None
    revision: int = 0


@dataclass(frozen=True)
class Round:
    """`changes` rises with everything a ranking depends on, `built` is the count the snapshot has seen.

    `expected`: how many attempts week-closed announced. `keys_version` rises whenever keys change; an
    attempt is scored when it carries the present one. `history`: builds that were published. `reasons`: of
    corrections that are not in the snapshot yet. `asked`: how often exam was asked for missing attempts. `era` rises with
    whatever changes how attempts that are there already count; `stood` is the last one for which everybody was counted again.
    `provisional_at`: since when results can be complained about; corrections do not move it.
    """

    round_id: str
    contest_id: str = ""
    number: int = 0
    title: str = ""
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    plan_revision: int = -1
    extension: int = -1
    rules: ResultRules | None = None
    rules_version: int = 0
    opened: bool = False
    keys: tuple[Key, ...] = ()
    keys_version: int = 0
    expected: int | None = None
    closed_at: datetime | None = None
    stage: str = ""
    snapshot: Snapshot | None = None
    history: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    official_by: str = ""
    official_at: datetime | None = None
    official_note: str = ""
    changes: int = 0
    built: int = 0
    built_at: datetime | None = None
    asked: int = 0
    asked_at: datetime | None = None
    publication: Publication | None = None
    provisional_at: datetime | None = None
    era: int = 0
    stood: int = -1
    live_units: LiveUnits | None = None
    version: int = field(default=0, compare=False)

    @property
    def state(self) -> str:
        """planned, running, closed, provisional, official."""
        if self.stage:
            return self.stage
        if self.expected is not None:
            return "closed"
        return "running" if self.opened else "planned"

    @property
    def is_public(self) -> bool:
        return self.stage in PUBLISHED

    @property
    def provisional_since(self) -> datetime:
        """Rounds that were published before this was kept have the time of their present table."""
        return self.provisional_at or self.snapshot.built_at

    @property
    def winners_wait(self) -> bool:
        """The contest's rules want every winner verified before results are official."""
        return bool(self.publication and self.publication.winners_verified)

    @property
    def is_stale(self) -> bool:
        return self.changes > self.built

    @property
    def has_standings(self) -> bool:
        """The ranking that is kept person by person while a round runs is whole."""
        return self.state == "running" and self.stood == self.era

    @property
    def units_build(self) -> str:
        """Where the tables by units are that people see; there must be a snapshot."""
        return LIVE if self.live else self.snapshot.build

    @property
    def units_at(self) -> datetime | None:
        """When they were made."""
        return self.live.built_at if self.live else self.snapshot and self.snapshot.built_at

    @property
    def live(self) -> LiveUnits | None:
        """Live tables by units that are newer than the whole ones."""
        shot, made = self.snapshot, self.live_units
        return made if self.has_standings and shot and made and made.built_at > shot.built_at else None

    @property
    def is_being_corrected(self) -> bool:
        """A key was corrected or an attempt declared invalid, and the present table does not know it yet."""
        return bool(self.reasons)

    @property
    def unscored(self) -> int:
        """Attempts that miss in the present snapshot: announced or arrived, but not scored."""
        scored = self.snapshot.attempts - self.snapshot.unscored if self.snapshot else 0
        if self.expected is not None:
            return self.expected - scored
        return self.snapshot.unscored if self.snapshot else 0

    def key_table(self) -> dict[str, tuple[str, int]]:
        """Question -> (right options, points); a correction that came before the opening has no points yet."""
        return {key.question_id: (key.right, key.points) for key in self.keys if key.points is not None}

    def was_over_at(self, moment: datetime) -> bool:
        """At or after the close: papers that were open then are handed in as of that moment."""
        return self.closes_at is not None and moment >= self.closes_at

    # What exam tells

    def planned(self, event: ContestPublished, plan: RoundPlan) -> "Round":
        """Announced with its contest. The rules bind at the opening; until then the announced ones are shown."""
        if self.plan_revision >= event.revision:
            return self
        known = replace(self, contest_id=event.contest_id, plan_revision=event.revision, publication=event.publication)
        if self.opened:
            return known
        window = {} if self.extension >= 0 else {"closes_at": plan.closes_at}
        return replace(known, number=plan.number, title=plan.title, opens_at=plan.opens_at, rules=event.rules, **window)

    def open(self, event: WeekOpened) -> "Round":
        """Rules and keys are binding."""
        if self.opened:
            return self
        window = {} if self.extension >= 0 else {"closes_at": event.closes_at}
        opened = replace(self, contest_id=event.contest_id, number=event.number, title=event.title, opens_at=event.opens_at,
                         rules=event.rules, rules_version=event.rules_version, opened=True, **window)  # fmt: skip
        return replace(opened, keys=_with_opening(self.keys, event), keys_version=self.keys_version + 1)._counts_anew()

    def extend(self, event: WeekExtended) -> "Round":
        if self.extension >= event.revision:
            return self
        return replace(self, contest_id=event.contest_id, closes_at=event.closes_at, extension=event.revision)

    def close(self, event: WeekClosed) -> "Round":
        """Told how many attempts there are. A round reopened by an extension closes again with more."""
        if self.expected is not None and event.attempts <= self.expected:
            return self
        if self.stage == "official":
            raise CountsDiffer(f"{self.round_id}: official with {self.expected}, closed with {event.attempts}")
        told = replace(self, contest_id=event.contest_id, number=event.number, expected=event.attempts)
        return replace(told, closed_at=event.closed_at, stage="")._changed()

    def correct_key(self, event: AnswerKeyCorrected) -> "Round":
        """A key changed: every attempt is to be scored again."""
        table = {key.question_id: key for key in self.keys}
        known = table.get(event.question_id, Key(event.question_id, ""))
        if known.revision >= event.revision:
            return self
        table[event.question_id] = replace(known, right=normal(event.right), revision=event.revision)
        corrected = replace(self, contest_id=event.contest_id, keys=tuple(table.values()), keys_version=self.keys_version + 1)
        return replace(corrected, reasons=(*self.reasons, event.reason))._counts_anew()

    # What an organiser decides

    def invalidated(self, reason: str) -> "Round":
        """An attempt was declared invalid (the decision itself is kept beside the attempts)."""
        return replace(self, reasons=(*self.reasons, reason))._counts_anew()

    def reconsidered(self) -> "Round":
        """A winner was refused, or no longer is: the next moves up (the check itself is kept beside the round)."""
        return self.invalidated(RECONSIDERED)

    def check_publishable(self) -> None:
        """Raises NotProvisional, StillChanging."""
        if self.stage != "provisional":
            raise NotProvisional(self.state)
        if self.is_being_corrected:
            raise StillChanging()

    def as_seen(self, digest: str | None) -> "Round":
        """This round, while its results are those somebody saw (None: whatever they are). Raises ProposalOutdated."""
        if digest is not None and (self.snapshot is None or self.snapshot.digest != digest):
            raise ProposalOutdated()
        return self

    def publish(self, by: str, note: str, now: datetime) -> tuple["Round", list]:
        """Make provisional results official; again is quiet."""
        if self.stage == "official":
            return self, []
        self.check_publishable()
        official = replace(self, stage="official", official_by=by, official_at=now, official_note=note, reasons=())
        return official, [_results_published(official, now), *_awarded(official, self.snapshot.awards, now)]

    # What the builder found

    def is_complete(self, snapshot: Snapshot) -> bool:
        """As many attempts are scored as were announced, not one more or less."""
        return self.expected is not None and snapshot.unscored == 0 and snapshot.attempts == self.expected

    def shows(self, snapshot: Snapshot) -> bool:
        """The present snapshot has this content already: no new pages are needed."""
        return self.snapshot is not None and _content(self.snapshot) == _content(snapshot)

    def ranked(self, snapshot: Snapshot, seen: int, now: datetime) -> tuple["Round", list]:
        """Take a snapshot that has seen `seen` changes. Published results change only for complete ones."""
        if self.built > seen or (self.snapshot and self.snapshot.revision >= snapshot.revision):
            return self, []
        built = replace(self, built=seen, built_at=now)
        complete = self.is_complete(snapshot)
        if self.is_public and not complete:
            return built, []
        taken = built if self.shows(snapshot) else replace(built, snapshot=snapshot)
        return taken._published(self, now) if complete else (taken, [])

    def may_lack(self, patience: timedelta, now: datetime) -> bool:
        """Closed, not complete, and the last event or question was `patience` ago."""
        return self.state == "closed" and now - (self.asked_at or self.closed_at) >= patience

    def ask(self, buckets: list[int], patience: timedelta, now: datetime) -> tuple["Round", list]:
        """Ask exam for what is missing; `buckets` as in AttemptsMissing. Quiet when nothing misses or it is too soon."""
        received = sum(buckets)
        if not self.may_lack(patience, now) or received >= self.expected:
            return self, []
        asking = replace(self, asked=self.asked + 1, asked_at=now)
        return asking, [_attempts_missing(asking, received, buckets)]

    def _published(self, before: "Round", now: datetime) -> tuple["Round", list]:
        history = tuple(dict.fromkeys((*self.history, self.snapshot.build)))
        handled = () if self.changes == self.built else self.reasons
        since = self.provisional_at if before.is_public else now
        stage = self.stage or "provisional"
        kept = replace(self, stage=stage, history=history, reasons=handled, provisional_at=since)
        same = before.is_public and before.snapshot.digest == self.snapshot.digest
        if self.stage != "official":
            return kept, [] if same else [_week_scored(kept, now)]
        news = prizes.changed(before.snapshot.awards, kept.snapshot.awards)
        return kept, [*([] if same else [_corrected(kept, before, now)]), *_awarded(kept, news, now)]

    def _counts_anew(self) -> "Round":
        return replace(self, era=self.era + 1)._changed()

    def _changed(self) -> "Round":
        return replace(self, changes=self.changes + 1)


def _content(snapshot):
    return snapshot.digest, snapshot.units_digest, snapshot.attempts, snapshot.unscored, snapshot.awards


def _with_opening(known: tuple[Key, ...], event: WeekOpened) -> tuple[Key, ...]:
    """The keys of the opening under the corrections that came before it."""
    table = {key.question_id: key for key in known}
    opened = []
    for question_id, key in event.keys.items():
        corrected = table.get(question_id)
        right, revision = (corrected.right, corrected.revision) if corrected else (normal(key.right), 0)
        opened.append(Key(question_id, right, key.points, revision))
    return tuple(opened)


def _figures(round: Round) -> dict:
    shot = round.snapshot
    return {"round_id": round.round_id, "revision": shot.revision, "contest_id": round.contest_id, "number": round.number,
            "attempts": shot.attempts, "participants": shot.participants, "digest": shot.digest}  # fmt: skip


def _attempts_missing(round, received, buckets):
    return AttemptsMissing(
        round_id=round.round_id, revision=round.asked, contest_id=round.contest_id, expected=round.expected,
        received=received, buckets=buckets, asked_at=round.asked_at,
    )  # fmt: skip


def published(rounds: Iterable[Round], contest_id: str) -> list[Round]:
    """Those of a contest whose results people may see: what its season is made of."""
    return [round for round in rounds if round.contest_id == contest_id and round.is_public]


def _week_scored(round, now):
    return WeekScored(**_figures(round), scored_at=now)


def _results_published(round, now):
    return ResultsPublished(**_figures(round), published_at=now)


def _corrected(round, before, now):
    return ResultsCorrected(
        round_id=round.round_id, revision=round.snapshot.revision, contest_id=round.contest_id,
        previous_digest=before.snapshot.digest, digest=round.snapshot.digest,
        reason="; ".join(dict.fromkeys(before.reasons)), corrected_at=now,
    )  # fmt: skip


def _awarded(round, awards, now):
    return prizes.awarded(round, awards, round.snapshot.revision, now)
