"""MongoDB: the only room that knows it.

Collections contests, rounds, banks, languages, sounds, pictures, uploads, attempts, live, audit, results, channels, papers.
"""

from datetime import datetime, timedelta

from hoithi_contracts.event import Event
from hoithi_exam.domain.contest import Contest
from hoithi_exam.domain.paper import Press, press
from hoithi_exam.domain.picture import Picture, UnknownPicture
from hoithi_exam.domain.round import Round
from hoithi_exam.domain.sound import Sound, UnknownSound
from hoithi_exam.storage.attempts import Attempts
from hoithi_exam.storage.banks import Banks
from hoithi_exam.storage.contests import Contests
from hoithi_exam.storage.grouped import PACE_S
from hoithi_exam.storage.languages import Languages, Scripts
from hoithi_exam.storage.live import LiveFigures
from hoithi_exam.storage.media import Media
from hoithi_exam.storage.memory import Memory
from hoithi_exam.storage.results import Results
from hoithi_exam.storage.rounds import Rounds
from hoithi_exam.storage.uploads import Uploads
from hoithi_store import (
    UNAVAILABLE,
    Audit,
    Entry,
    Lease,
    Outbox,
    Proposals,
    Shelf,
    Tally,
    WrongClock,
    connect,
    require_come,
    require_right_clock,
)

__all__ = ["UNAVAILABLE", "Storage", "WrongClock", "open_outbox", "open_storage"]

WITH_EVENTS = ["contests", "rounds", "attempts", "proposals"]
PAPERS_KEPT = timedelta(days=7)
ROUND_MEMORY_S = 1.0
SPEECH_MEMORY_S = 10.0
"""How old what is beside the papers may be: languages, practice papers."""
FENCE_S = 3 * ROUND_MEMORY_S
"""How long a round is `closing` before it is counted: longer than any door may remember it open."""


class Storage:
    """Everything exam keeps."""

    def __init__(self, database, round_memory_s: float = ROUND_MEMORY_S, fence_s: float = FENCE_S, pace_s: float = PACE_S):
        self.database = database
        self.contests = Contests(database, round_memory_s)
        self.rounds = Rounds(database, round_memory_s, fence_s)
        self.banks = Banks(database)
        self.languages = Languages(database)
        self.sounds = Media(database["sounds"], Sound, UnknownSound)
        self.pictures = Media(database["pictures"], Picture, UnknownPicture)
        self.uploads = Uploads(database)
        self.scripts = Scripts(self.banks, self.languages, SPEECH_MEMORY_S)
        self.attempts = Attempts(database, pace_s)
        self.live = LiveFigures(database)
        self.audit, self.lease = Audit(database), Lease(database)
        self.proposals = Proposals(database)
        self.results = Results(database)
        self.channels = Tally(database["channels"])
        self.papers = Shelf(database["papers"], PAPERS_KEPT)
        self.presses: Memory = Memory()
        self.openings = Memory(round_memory_s)
        self.practices = Memory(SPEECH_MEMORY_S)

    def ensure_indexes(self) -> None:
        """Exactly the indexes that queries use; creating them again changes nothing."""
        self.attempts.ensure_indexes()
        self.rounds.ensure_indexes()
        self.banks.ensure_indexes()
        self.proposals.ensure_indexes()
        self.languages.ensure_indexes()
        self.uploads.ensure_indexes()
        self.audit.ensure_indexes()
        self.results.ensure_indexes()
        self.channels.ensure_indexes()
        self.papers.ensure_indexes()
        Outbox(self.database, WITH_EVENTS).ensure_indexes()

    def ping(self) -> None:
        """Raises while the database is away."""
        self.database.command("ping")

    def require_right_clock(self, now: datetime) -> None:
        """Raises WrongClock when `now` is far from the database's clock."""
        require_right_clock(self.database, now)

    def require_come(self, instant: datetime) -> None:
        """Raises WrongClock when the instant has not come by the database's clock."""
        require_come(self.database, instant)

    def amend(
        self, before: Contest, after: Contest, moved: list[tuple[Round, Round]], fact: Event, now: datetime, entry: Entry
    ) -> bool:
        """A published contest and its coming rounds in one transaction; False when any was changed meanwhile."""

        def write(session) -> bool:
            rounds = all(self.rounds.write(old, new, None, now, session) for old, new in moved)
            return rounds and self.contests.write(before, after, fact, now, session)

        done = self.audit.with_change(write, entry)
        for old, _ in moved:
            self.rounds.memory.forget(old.round_id)
        return done

    def press(self, round_: Round, division: str) -> Press:
        """The frozen bank of a division, laid out for drawing; made once per process, since it never changes."""
        key = (round_.round_id, division, round_.banks[division])
        return self.presses.get(key, lambda: self._lay_out(round_, division))

    def _lay_out(self, round_: Round, division: str) -> Press:
        return press(self.banks.get(round_.banks[division]), round_.rules.division(division), round_.rules)


def open_storage(config: dict) -> Storage:
    """The storage of the configured database."""
    storage = Storage(connect(config["MONGO_URI"], "hoithi-exam"))
    storage.ensure_indexes()
    return storage


def open_outbox(config: dict) -> Outbox:
    """The unpublished events of the configured database."""
    return Outbox(connect(config["MONGO_URI"], "hoithi-exam-relay"), WITH_EVENTS)
