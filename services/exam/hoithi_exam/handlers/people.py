"""People who are forgotten."""


def forget_person(storage, user_id: str) -> None:
    """Exam keeps no names; it drops what tells of a membership. Answers stay under the id: results need them."""
    storage.attempts.forget(user_id, storage.rounds.ids())
