"""What scoring refuses, and why. The sentences for people are in `service`."""


class RoundUnknown(Exception):
    """No such round has been announced."""


class ContestUnknown(Exception):
    """No such contest has been announced."""


class UnitUnknown(Exception):
    """No such unit has been announced."""


class AttemptUnknown(Exception):
    """The round has no such attempt."""


class NotYet(Exception):
    """Asked for results of a round that has none yet. `state`: the round's state."""

    def __init__(self, state: str):
        super().__init__(state)
        self.state = state


class NotProvisional(Exception):
    """Only provisional results can become official."""

    def __init__(self, state: str):
        super().__init__(state)
        self.state = state


class StillChanging(Exception):
    """A correction or invalidation is not yet in the results."""


class Sealed(Exception):
    """The figure would tell what people are asked to predict, as long as the round runs."""


class NotRunning(Exception):
    """Reminding makes sense only while the round runs."""


class AnswersDiffer(Exception):
    """An attempt came again with other answers: never healed by a retry, an operator must look."""

    def __init__(self, attempt_id: str):
        super().__init__(f"attempt {attempt_id} is stored with other answers")
        self.attempt_id = attempt_id


class CountsDiffer(Exception):
    """week-closed names another number of attempts after results were official."""


class Outpaced(Exception):
    """Another process changed the same round each time; try again."""


class QuestionUnknown(Exception):
    """The round has no such question, or has not opened."""

    def __init__(self, question_id: str):
        self.question_id = question_id
        super().__init__(question_id)


class PreviewUnknown(Exception):
    """Nobody asked for such a preview."""
