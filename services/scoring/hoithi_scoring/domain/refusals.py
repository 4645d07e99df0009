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


class NotOfficial(Exception):
    """Certificates are about official results only. `state`: the round's state."""

    def __init__(self, state: str):
        super().__init__(state)
        self.state = state


class NoCertificate(Exception):
    """The official results do not have this person (any more), or nobody knows the name."""


class CertificateUnknown(Exception):
    """No certificate was ever printed with this code."""


class NotRequested(Exception):
    """Nobody asked to print these certificates, or the results changed since."""


class NotPrintedYet(Exception):
    """Some certificates are still to be printed. `made`, `pieces`: how far it is."""

    def __init__(self, made: int, pieces: int):
        super().__init__(made, pieces)
        self.made, self.pieces = made, pieces


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


class ComplaintUnknown(Exception):
    """No such complaint, or not one this person may see."""


class NoOwnResult(Exception):
    """The person has no attempt in the round to complain about."""


class PeriodOver(Exception):
    """Complaints about the round are not taken any more. `until`: when that ended."""

    def __init__(self, until):
        super().__init__(until)
        self.until = until


class OneIsOpen(Exception):
    """The person has an undecided complaint of this kind about this round."""


class NotNow(Exception):
    """A complaint in this state cannot be changed so. `state`: the complaint's state."""

    def __init__(self, state: str):
        super().__init__(state)
        self.state = state


class OwnComplaint(Exception):
    """Nobody decides a complaint of the own."""


class AccountErased(Exception):
    """The person was erased; the access token outlives that by minutes."""


class ComplaintsOpen(Exception):
    """`count` complaints about the round are not decided. `official_by`: from when on a reason is enough."""

    def __init__(self, count: int, official_by):
        super().__init__(count)
        self.count, self.official_by = count, official_by


class PastHoliday(Exception):
    """Today and the days before it stay what they were. `day`: the first that would change."""

    def __init__(self, day: str):
        super().__init__(day)
        self.day = day


class FlagUnknown(Exception):
    """The round has no such flag."""


class FlagDecided(Exception):
    """Somebody decided the flag otherwise. `outcome`: how."""

    def __init__(self, outcome: str):
        super().__init__(outcome)
        self.outcome = outcome


class OwnFlag(Exception):
    """Nobody decides a flag about the own attempt."""


class NoCandidate(Exception):
    """This person wins nothing in the round, so there is nothing to verify."""


class OwnPrize(Exception):
    """Nobody verifies the own prize."""


class WinnersUnverified(Exception):
    """The contest wants all winners verified; `count` are not."""

    def __init__(self, count: int):
        super().__init__(count)
        self.count = count


class NotYourUnit(Exception):
    """The caller is not officer of the unit, nor of one above it."""


class NamesAreTheUnits(Exception):
    """Names of people are for the officer of exactly this unit; above it there are counts."""


class ReportUnknown(Exception):
    """No such report was made."""


class NothingOfficial(Exception):
    """The contest has no official results yet."""


class PoolUnknown(Exception):
    """The contest has no such pool."""


class PoolMisnamed(Exception):
    """The id of a pool is small letters, digits and hyphens."""


class PrizesBegun(Exception):
    """What decides prizes is fixed once a round they are for has opened. `round`: its title."""

    def __init__(self, round: str):
        super().__init__(round)
        self.round = round


class NotYourPool(Exception):
    """Officers do not run pools in this contest, or not of this unit."""


class DivisionUnknown(Exception):
    """The contest has no such division."""

    def __init__(self, division: str):
        super().__init__(division)
        self.division = division
