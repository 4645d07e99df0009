"""When contests were announced and when they ended: all that registration knows of them."""

from datetime import datetime

from pymongo.database import Database

from hoithi_registration.domain.retention import ContestTime


class Contests:
    def __init__(self, database: Database):
        self.contests = database["contests"]

    def note(self, contest_id: str, began_at: datetime | None, ends_at: datetime) -> None:
        """Keep the earliest beginning and the latest end."""
        begin = {"$min": {"began_at": began_at}} if began_at else {}
        self.contests.update_one({"_id": contest_id}, {"$max": {"ends_at": ends_at}, **begin}, upsert=True)

    def all(self) -> list[ContestTime]:
        """A platform has some dozens."""
        return [ContestTime(found["_id"], found.get("began_at"), found["ends_at"]) for found in self.contests.find()]
