"""Flags of rounds that are closed and ranked: found beside the doors, decided by organisers."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice

from hoithi_scoring.domain import flags
from hoithi_scoring.domain.flags import Decision, Flag
from hoithi_scoring.domain.refusals import FlagUnknown, NotYet, Outpaced
from hoithi_scoring.domain.rounds import Round
from hoithi_scoring.handlers import deciding

BEAT_EVERY = 20_000
FORM = 2
"""Rises when flags are kept in another way: then all are found anew."""
IDENTITY, MAILBOX = "identity", "mailbox"


def due(storage, rounds: list[Round]) -> list[str]:
    """Rounds with public results whose flags are missing or were found in another table or with other keys."""
    known = storage.flags.tokens()
    return [round.round_id for round in rounds if round.is_public and known.get(round.round_id) != token(round)]


def token(round: Round) -> str:
    """What flags depend on: the attempts, the keys, and who would win something."""
    return f"{round.snapshot.build}.{round.keys_version}.{FORM}"


def find(storage, round_id: str, beat: Callable[[], bool], now: datetime) -> None:
    """Go once over the attempts of a round and keep what looks wrong."""
    round = storage.rounds.get(round_id)
    found = flags.Flags(_alike(storage, round))
    for number, paper in enumerate(storage.attempts.to_flag(round_id), 1):
        found.add(paper)
        if number % BEAT_EVERY == 0 and not beat():
            raise Outpaced(round_id)
    storage.flags.write(round_id, token(round), found.flags(), now)


def _alike(storage, round: Round) -> dict[str, dict[str, str]]:
    """Kind of flag -> user id -> key of people who may be one. Names alone are compared for the contest's own prizes only: a
    hundred pools have thousands of winners, and each some namesakes."""
    people, candidates = storage.people, [award.user_id for award in round.snapshot.awards]
    winners = [*candidates, *storage.award_lists.people_of_round(round.round_id)]
    return {
        "same-identity": flags.one_person(people.sharing(IDENTITY), winners),
        "same-mailbox": flags.one_person(people.sharing(MAILBOX), winners),
        "same-name": flags.namesakes(candidates, people.named_in(people.units_of(candidates))),
    }


def page(storage, claims, round_id: str, state: str | None, kind: str | None, after: str, limit: int) -> dict:
    """Some flags, open ones first. Decided ones stay, also those that are not found any more."""
    round, header = _round_with_flags(storage, claims, round_id)
    found = list(islice(_listed(storage, round_id, header["token"], state, kind, after, limit + 1), limit + 1))
    decided = storage.flags.decisions(round_id, [flag.flag_id for _, flag in found[:limit]])
    rows = shown(storage, [(flag, decided.get(flag.flag_id)) for _, flag in found[:limit]])
    about = {"round_id": round_id, "made_at": header["made_at"], "up_to_date": header["token"] == token(round)}
    counts = _counts(storage, header, state, kind)
    return {**about, **counts, "flags": rows, "next": found[limit - 1][0] if len(found) > limit else None}


def _listed(storage, round_id, token, state, kind, after, limit) -> Iterator[tuple[str, Flag]]:
    """(cursor behind it, flag): what is open, then what is decided, from behind the cursor `after` on."""
    name, _, place = after.partition(" ")
    if state != "decided" and name != "decided":
        for at, flag in storage.flags.waiting(round_id, token, kind, int(place or -1), limit):
            yield f"open {at}", flag
    if state != "open":
        for decision in storage.flags.decided(round_id, kind, place if name == "decided" else "", limit):
            yield f"decided {decision.flag.flag_id}", decision.flag


def _counts(storage, header, state, kind) -> dict:
    """How many there are, and how many are asked for."""
    numbers = _numbers(storage, header, None)
    asked = _numbers(storage, header, kind) if kind else numbers
    return {**numbers, "total": asked[state] if state else sum(asked.values())}


def _numbers(storage, header, kind) -> dict[str, int]:
    return {"open": storage.flags.count_waiting(header, kind), "decided": storage.flags.count_decided(header["_id"], kind)}


def decide(
    storage, claims, round_id: str, flag_id: str, outcome: str, reason: str, attempt_ids: list[str], now: datetime
) -> dict:
    """Dismiss a flag, or declare its attempts invalid. The attempts first: a process that stops between the two says it again.

    Raises FlagUnknown, FlagDecided, OwnFlag, AttemptUnknown.
    """
    round, header = _round_with_flags(storage, claims, round_id)
    earlier = storage.flags.decision(round_id, flag_id)
    flag = earlier.flag if earlier else storage.flags.get(round_id, header["token"], flag_id)
    if flag is None:
        raise FlagUnknown()
    made = flags.decide(flag, earlier, outcome, reason, tuple(attempt_ids), claims.user_id, now)
    for attempt_id in made.attempts:
        deciding.invalidate(storage, claims, round_id, attempt_id, reason, now)
    kept = made if earlier else storage.flags.decide(round_id, round.contest_id, made)
    return shown(storage, [(flag, kept)])[0]


def _round_with_flags(storage, claims, round_id: str) -> tuple[Round, dict]:
    """Raises NotYet before there are flags to look at."""
    round = storage.rounds.get(round_id)
    claims.require("organiser", "contest", round.contest_id)
    header = storage.flags.header(round_id) if round.is_public else None
    if header is None:
        raise NotYet(round.state)
    return round, header


def shown(storage, pairs: Iterable[tuple[Flag, Decision | None]]) -> list[dict]:
    """Flags as the door answers them: names are looked up now, so that erased people have none."""
    pairs = list(pairs)
    people = storage.people.shown({user_id for flag, _ in pairs for user_id in flag.users})
    units = storage.units.names(flag.unit_id for flag, _ in pairs)
    return [_shown(flag, decision, people, units) for flag, decision in pairs]


def _shown(flag: Flag, decision: Decision | None, people: dict, units: dict) -> dict:
    who = [
        {"person": person, "name": people.get(user_id, {}).get("name"), "phone": people.get(user_id, {}).get("phone")}
        for person, user_id in zip(flag.people, flag.users, strict=True)
    ]
    facts = {name: getattr(flag, name) for name in ("flag_id", "kind", "unit_id", "facts")}
    more = {"unit": units.get(flag.unit_id), "attempts": list(flag.attempts), "people": who}
    return {**facts, **more, "decision": decision and _decision(decision)}


def _decision(decision: Decision) -> dict:
    told = {name: getattr(decision, name) for name in ("outcome", "reason", "by", "at")}
    return {**told, "attempts": list(decision.attempts)}
