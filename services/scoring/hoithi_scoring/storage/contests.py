"""Contests: title, rounds, and the header of the season's table."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime

from pymongo import ReturnDocument
from pymongo.client_session import ClientSession

from hoithi_contracts.event import Event, envelope
from hoithi_contracts.exam import ContestPublished
from hoithi_scoring.domain.refusals import ContestUnknown


class Contests:
    def __init__(self, contests):
        self.contests = contests

    def publish(self, event: ContestPublished):
        """Keep title and rounds; an older revision changes nothing."""
        told = {"contest_id": event.contest_id, "revision": event.revision, "title": event.title,
                "rounds": [plan.round_id for plan in event.rounds],
                "season_prizes": [asdict(prize) for prize in event.season_prizes or ()]}  # fmt: skip
        newest = {"$cond": [{"$lt": [{"$ifNull": ["$revision", -1]}, event.revision]}, {"$literal": told}, {}]}
        merged = {"$replaceWith": {"$mergeObjects": ["$$ROOT", newest]}}
        self.contests.find_one_and_update({"_id": event.contest_id}, [merged], upsert=True, return_document=ReturnDocument.AFTER)

    def get(self, contest_id: str) -> dict:
        found = self.contests.find_one({"_id": contest_id})
        if found is None:
            raise ContestUnknown(contest_id)
        return found

    def all(self) -> list[dict]:
        return list(self.contests.find({}))

    def show_season(self, contest_id: str, before: str | None, season: dict, events: list[Event], now: datetime) -> bool:
        """Flip to a new season table, with the events of its prizes, unless another process flipped first."""
        update: dict = {"$set": {"season": season}}
        if events:
            update["$push"] = {"outbox": {"$each": [envelope(event, now) for event in events]}}
        return self.contests.update_one({"_id": contest_id, "season.build": before}, update).matched_count == 1

    def reconsider(self, contest_id: str) -> None:
        """A winner of the season was verified or refused: its prizes are looked at again."""
        self.contests.update_one({"_id": contest_id}, {"$inc": {"winner_checks": 1}})

    def setting(self, contest_id: str, name: str) -> dict | None:
        """What an organiser chose: "report_times", "evaluation"; None: the default."""
        found = self.contests.find_one({"_id": contest_id}, {name: 1})
        if found is None:
            raise ContestUnknown(contest_id)
        return found.get(name)

    def choose(self, contest_id: str, name: str, value: dict, session: ClientSession) -> bool:
        return self.contests.update_one({"_id": contest_id}, {"$set": {name: value}}, session=session).matched_count == 1

    def holidays(self, contest_id: str) -> frozenset[date]:
        """The days that are no working days for the contest's deadlines."""
        found = self.contests.find_one({"_id": contest_id}, {"holidays": 1}) or {}
        return frozenset(date.fromisoformat(day) for day in found.get("holidays", ()))

    def name_holidays(self, contest_id: str, days: Iterable[date], session: ClientSession) -> None:
        self.contests.update_one({"_id": contest_id}, {"$set": {"holidays": _iso(days)}}, session=session)


def _iso(days: Iterable[date]) -> list[str]:
    return sorted(day.isoformat() for day in days)
