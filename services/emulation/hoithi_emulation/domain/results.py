"""Contest results as a criterion: counted from scoring's official, signed results and from nothing else."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import jwt
import orjson

from hoithi_emulation.domain.criteria import Criterion
from hoithi_emulation.domain.refusals import NotGenuine

KIND = "hoithi-results+jws"
HEAD_ENDS = b'"rows":['


class Seal:
    """Reads what scoring signed, by the public keys of its JWKS (docs/decisions/0124). Raises ValueError for no such keys."""

    def __init__(self, jwks: str):
        self.keys = {key["kid"]: jwt.PyJWK(key, algorithm="EdDSA").key for key in json.loads(jwks)["keys"]}

    def read(self, signature: str) -> dict:
        """The statement; raises NotGenuine."""
        try:
            header = jwt.get_unverified_header(signature)
            opened = jwt.decode(signature, self.keys[header["kid"]], algorithms=["EdDSA"])
        except (jwt.PyJWTError, KeyError, ValueError) as error:
            raise NotGenuine("the signature is not one of the known keys'") from error
        if header.get("typ") != KIND:
            raise NotGenuine("the signature is not about results")
        return opened


@dataclass(frozen=True)
class Round:
    """Official results of a round: how many people of which unit, the unit itself, of both trees. Nobody's name or pseudonym."""

    round_id: str
    contest_id: str
    revision: int
    digest: str
    participants: Mapping[str, int]
    fetched_at: datetime


def checked(seal: Seal, signature: str, round_id: str, lines: Iterable[bytes], now: datetime) -> Round:
    """The round, when the lines of results.json are those that scoring signed as official. Raises NotGenuine."""
    statement = seal.read(signature)
    if statement.get("round_id") != round_id or statement.get("state") != "official":
        raise NotGenuine("the signature is about another round, or about provisional results")
    found, participants = hashlib.sha256(), Counter()
    for line in lines:
        found.update(line)
        participants.update(_units(line))
    if found.hexdigest() != statement.get("digest"):
        raise NotGenuine("results.json is not the file that was signed")
    about = {name: statement[name] for name in ("contest_id", "revision", "digest")}
    return Round(round_id, **about, participants=dict(participants), fetched_at=now)


def _units(line: bytes) -> set[str]:
    """The units of a row: the canonical file has one row on each line."""
    if not line.startswith(b'{"') or HEAD_ENDS in line:
        return set()
    row = orjson.loads(line.rstrip().rstrip(b","))
    return {row["unit_id"], row["party_unit_id"]} - {None}


def rates(criterion: Criterion, rounds: Iterable[Round], rosters: Mapping[str, Mapping[str, int]]) -> dict[str, float]:
    """Unit -> per cent of the roster that took part, the mean over the criterion's official rounds in which it has a roster.

    `rounds` and `rosters` (contest -> unit -> headcount) count units with everything below.
    """
    found = defaultdict(list)
    for round_ in rounds:
        for unit_id, heads in rosters.get(round_.contest_id, {}).items():
            if heads and wanted(criterion, round_):
                found[unit_id].append(100 * round_.participants.get(unit_id, 0) / heads)
    return {unit_id: sum(each) / len(each) for unit_id, each in found.items()}


def wanted(criterion: Criterion, round_: Round) -> bool:
    return criterion.contest_id == round_.contest_id and (not criterion.rounds or round_.round_id in criterion.rounds)


def places(rates_: Mapping[str, float]) -> dict[str, float]:
    """The place of each by its rate, the highest first; equal rates share one. Who has nobody taking part has no place."""
    return {unit_id: 1.0 + sum(other > rate for other in rates_.values()) for unit_id, rate in rates_.items() if rate > 0}
