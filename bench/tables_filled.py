"""The tables of the desk with so many rows each, in scoring's own database: a contest that only scoring knows.

The first row of each is written by scoring itself, the others look like it; the way in (events, forms) is left out, because it
is measured elsewhere.
"""

import random
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta

from bson import ObjectId

from bench.place import Place
from bench.ranking_round import MadeUp
from hoithi_contracts.fields import wire_instant
from hoithi_contracts.names import folded
from hoithi_contracts.registration import UserRegistered
from hoithi_scoring.domain.complaints import Complaint
from hoithi_scoring.domain.flags import KINDS, Decision, Flag
from hoithi_scoring.domain.pieces import chunks
from hoithi_scoring.handlers import flagging
from hoithi_scoring.storage import Storage
from hoithi_store import Entry

UNITS = 2_000
TOGETHER = 5_000
WITHIN_S = 900
CONTEST = "bench-tables"
WARD = "bench-u1"
"""Where all who have not taken part yet live."""
FAMILIES = ("Vàng", "Giàng", "Lò", "Sùng", "Nguyễn", "Hoàng", "Lý", "Đặng", "Triệu", "Bàn", "Mua", "Thào", "Hầu", "Ly", "Chẩu")
MIDDLE = ("Thị", "Văn", "Mí", "A", "Seo", "Minh", "Thu", "Đức", "Mạnh", "Ngọc")
GIVEN = ("Mỷ", "Páo", "Sính", "Già", "Dính", "Hoa", "Lan", "Sơn", "Tú", "Anh", "Dũng", "Xuân", "Chứ", "Say", "Pà", "Cở", "Máy")
RARE = "Kiều Bảo Khuyên"
"""The name of one person among all."""
STATES = ("received", "questioned", "answered", "upheld", "rejected")
ACTS = ("complaint-rejected", "flag-decided", "winner-verified", "attempt-invalidated")
DECIDED = 100


class Filled:
    """`rows` of everything: attempts with results, people who have not taken part, complaints, flags, entries of the log."""

    def __init__(self, place: Place, rows: int):
        self.place, self.rows = place, rows
        self.storage = Storage(place.database("scoring"))
        self.round_ = MadeUp(CONTEST, attempts=rows, people=rows, units=UNITS)
        self.round_id = self.round_.round_id
        self.now = datetime.now(UTC).replace(microsecond=0)

    def fill(self) -> None:
        """Then the results are there and the worker has come to rest."""
        self.place.say(f"{self.rows:,} attempts are stored and ranked")
        self.round_.open(self.storage)
        self.round_.store(self.storage)
        self.round_.close(self.storage)
        self.place.wait(self._has_flags, "results and flags", WITHIN_S)
        self.place.say(f"{self.rows:,} people, complaints, flags and entries are stored")
        self._people()
        self._complaints()
        self._flags()
        self._entries()

    def _has_flags(self) -> bool:
        round_ = self.storage.rounds.get(self.round_id)
        header = self.storage.flags.header(self.round_id) if round_.is_public else None
        return header is not None and header["token"] == flagging.token(round_)

    def _people(self) -> None:
        dice = random.Random("people")
        told = {
            "division": "citizens",
            "unit_id": WARD,
            "phone": "+84912345678",
            "email": "my@hoithi.example",
            "registered_at": self.now,
        }
        first = UserRegistered(user_id="bench-waiting-0", revision=1, name=RARE, **told)
        self.storage.people.keep(first)
        people = self.storage.people.people
        _copied(people, "bench-waiting-0", self.rows, lambda number: _named(f"bench-waiting-{number}", dice))

    def _complaints(self) -> None:
        dice = random.Random("complaints")
        first = Complaint(
            f"{self.round_id}:0000:score:0", CONTEST, self.round_id, "bench-person-0000000", "0" * 16, "score",
            "Điểm của tôi thấp hơn số câu tôi đã trả lời đúng, đề nghị xem lại giúp.", self.now, self.now + timedelta(days=5),
        )  # fmt: skip
        self.storage.complaints.add(first, [], self.now)
        _copied(self.storage.complaints.complaints, first.complaint_id, self.rows, lambda number: self._complaint(number, dice))

    def _complaint(self, number: int, dice: random.Random) -> dict:
        due = self.now + timedelta(minutes=dice.randrange(10_000))
        about = {"user_id": f"bench-person-{number:07}", "state": STATES[number % len(STATES)], "decide_by": due}
        return {"_id": f"{self.round_id}:{dice.getrandbits(64):016x}:score:{number}", **about}

    def _flags(self) -> None:
        token = flagging.token(self.storage.rounds.get(self.round_id))
        self.storage.flags.write(self.round_id, token, list(self._made_flags()), self.now)
        for at, flag in self.storage.flags.waiting(self.round_id, token, None, -1, DECIDED):
            made = Decision(flag, "dismissed", "đo", "bench", self.now + timedelta(seconds=at))
            self.storage.flags.decide(self.round_id, CONTEST, made)

    def _made_flags(self) -> Iterator[Flag]:
        """The kinds in the order in which scoring has them."""
        for number in range(self.rows):
            kind, user_id = KINDS[number * len(KINDS) // self.rows], f"bench-person-{number:07}"
            attempt = f"{self.round_id}:{user_id}:1"
            who = (attempt,), (f"{number:016x}",), (user_id,), f"bench-u{number % UNITS}"
            yield Flag(f"{kind}-{number:016x}", kind, *who, {"questions": 20, "right": 20, "duration_ms": 21_000})

    def _entries(self) -> None:
        sides = {"state": "received"}, {"state": "rejected"}
        entry = Entry(ACTS[0], "bench", self.now - timedelta(days=30), CONTEST, "bench", "đo", *sides)
        self.storage.audit.with_change(lambda session: True, entry)
        log = self.storage.audit.entries
        [first] = log.find({"by": "bench", "what": ACTS[0], "subject": "bench"}, {"_id": 1})
        _copied(log, first["_id"], self.rows, self._entry)

    def _entry(self, number: int) -> dict:
        at = self.now - timedelta(days=30) + timedelta(seconds=20 * number)
        about = {"what": ACTS[number % len(ACTS)], "subject": f"bench-{number}"}
        return {"_id": f"{wire_instant(at)}-{ObjectId()}", "at": at, **about}

    # Places deep in the lists

    def deep(self) -> dict[str, str]:
        """Cursor of the row at nine tenths of each list."""
        far = self.rows * 9 // 10
        complaints = self.storage.complaints.complaints.find({"round_id": self.round_id}).sort([("decide_by", 1), ("_id", 1)])
        people = self.storage.people.people.find({"unit_id": WARD}).sort([("folded", 1), ("_id", 1)])
        entries = self.storage.audit.entries.find({"scope": CONTEST}).sort("_id", -1)
        person = people.skip(far).limit(1)[0]
        return {
            "complaint": complaints.skip(far).limit(1)[0]["_id"],
            "person": f"{person['folded']}~{person['_id']}",
            "entry": entries.skip(far).limit(1)[0]["_id"],
            "flag": f"open {far}",
            "place": str(self.storage.rounds.get(self.round_id).snapshot.participants * 9 // 10),
        }


def _copied(collection, first_id: str, rows: int, changes: Callable[[int], dict]) -> None:
    """`rows` documents in all that look like the first one."""
    first = collection.find_one({"_id": first_id})
    for some in chunks(({**first, **changes(number)} for number in range(1, rows)), TOGETHER):
        collection.insert_many(some, ordered=False)


def _named(user_id: str, dice: random.Random) -> dict:
    name = " ".join(dice.choice(words) for words in (FAMILIES, MIDDLE, GIVEN))
    return {"_id": user_id, "name": name, "folded": folded(name)}


def plans(storage: Storage, ask: Callable[[], None]) -> Iterable[dict]:
    """What MongoDB did for one question: its profile of everything but the small collections that the worker polls."""
    database = storage.database
    database["system.profile"].drop()
    database.command("profile", 2)
    try:
        ask()
    finally:
        database.command("profile", 0)
    asked = {"op": {"$in": ["query", "command", "getmore"]}, "ns": {"$nin": _watched(database.name)}}
    return list(database["system.profile"].find(asked))


def _watched(name: str) -> list[str]:
    """The worker reads them each second, whoever asks what."""
    small = ("rounds", "contests", "leases", "previews", "print_jobs", "units", "officers", "system.profile")
    return [f"{name}.{each}" for each in small]
