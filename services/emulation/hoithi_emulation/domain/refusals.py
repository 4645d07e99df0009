"""What emulation refuses."""

from datetime import datetime


class CampaignUnknown(Exception):
    """There is no such campaign, or it is a draft of somebody else."""


class CampaignTaken(Exception):
    """There is a campaign of this id."""


class TemplateUnknown(Exception):
    """No template has this name."""


class NotADraft(Exception):
    """The rules are locked: the campaign has opened."""


class NotOpen(Exception):
    """Nothing is assessed, reviewed or decided before a campaign opens or after it was decided."""

    def __init__(self, state: str):
        self.state = state


class NotReady(Exception):
    """A draft cannot open as it stands. `fields`: where -> reason."""

    def __init__(self, fields: dict):
        self.fields = fields


class OnlyLater(Exception):
    """A deadline of an open campaign moves later, never earlier."""


class TooLate(Exception):
    """The deadline is over."""

    def __init__(self, until: datetime):
        self.until = until


class Outpaced(Exception):
    """Somebody else saved meanwhile."""


class WrongClaims(Exception):
    """What was filled in does not fit the criteria. `fields`: where -> reason."""

    def __init__(self, fields: dict):
        self.fields = fields


class AssessmentUnknown(Exception):
    """There is no such assessment, or it is not for the caller's eyes."""


class UnitUnknown(Exception):
    """There is no such unit."""


class NotTakingPart(Exception):
    """The unit's kind is in none of the campaign's leagues, or the campaign has no criteria for individuals."""


class NoUnit(Exception):
    """The account belongs to no unit: nobody could review what it writes."""


class NotWritable(Exception):
    """It was handed in and not given back."""


class NotHandedIn(Exception):
    """It is not waiting for a review."""


class NotYourUnit(Exception):
    """The caller is not officer of this unit, nor of one above."""


class OwnReview(Exception):
    """Nobody reviews what the own unit, or the caller, handed in."""


class EvidenceUnknown(Exception):
    """There is no such file."""


class NotEvidence(Exception):
    """The content is none of the kinds of file that are taken."""


class EvidenceTooMuch(Exception):
    """`files` and `megabytes` are what an assessment may hold."""

    def __init__(self, files: int, megabytes: int):
        self.files, self.megabytes = files, megabytes


class NotDecidedYet(Exception):
    """The list is for the organiser until it is decided."""


class ReviewsWait(Exception):
    """Handed in and not reviewed, while there is still time."""

    def __init__(self, count: int, until: datetime):
        self.count, self.until = count, until


class NotRanked(Exception):
    """Only what was confirmed can be nominated."""


class AwardUnknown(Exception):
    """The campaign has no such form of award for this participant."""


class IndexUnknown(Exception):
    """The campaign has no criterion of this code that is an imported index."""


class NotGenuine(Exception):
    """Results that scoring did not sign, or not these. The text says what is wrong."""
