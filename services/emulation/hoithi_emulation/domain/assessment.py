"""A self-assessment: written and handed in from below, confirmed or given back from above."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from hoithi_contracts.emulation import AssessmentReviewed
from hoithi_emulation.domain.campaign import Campaign
from hoithi_emulation.domain.criteria import Criterion, exact
from hoithi_emulation.domain.refusals import EvidenceTooMuch, EvidenceUnknown, NotHandedIn, NotWritable, WrongClaims

STATES = ("draft", "handed-in", "returned", "confirmed")
WRITABLE = ("draft", "returned")
MOST_FILES, MOST_MEGABYTES = 30, 60
MEGABYTE = 2**20


@dataclass(frozen=True)
class Claim:
    """What is said of one criterion. `value`: 1 or 0, points, or per cent, as the criterion is judged."""

    code: str
    value: float | None = None
    note: str = ""


@dataclass(frozen=True)
class Judgement:
    """What the level above accepts of a claim; where it differs, why."""

    code: str
    points: float
    reason: str = ""


@dataclass(frozen=True)
class Evidence:
    """A file that shows what a claim says. `digest`: SHA-256 of its content."""

    file_id: str
    code: str
    name: str
    content_type: str
    size: int
    digest: str
    at: datetime


@dataclass(frozen=True)
class Assessment:
    """Of a unit (`participant_id` is its id) or of a person. `user_id`: a person with an account of its own, who writes it.

    `tree`, `league`: of a unit. `written_by` is who last handed it in; `revision` rises with every change.
    """

    assessment_id: str
    campaign_id: str
    kind: str
    participant_id: str
    name: str
    unit_id: str
    league: str = ""
    position: str = ""
    user_id: str | None = None
    state: str = "draft"
    claims: tuple[Claim, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    files: tuple[Evidence, ...] = ()
    reason: str = ""
    revision: int = 0
    handed_in_at: datetime | None = None
    handed_in_by: str = ""
    reviewed_at: datetime | None = None
    reviewed_by: str = ""
    forgotten: bool = False

    # From below

    def written(self, campaign: Campaign, claims: tuple[Claim, ...], now: datetime) -> "Assessment":
        """Raises NotOpen, TooLate, NotWritable, WrongClaims."""
        self.require_writable(campaign, now)
        wrong = dict(_wrong(claims, self._criteria(campaign)))
        if wrong:
            raise WrongClaims(wrong)
        return replace(self, claims=tuple(claim for claim in claims if claim.value is not None or claim.note))

    def with_evidence(self, campaign: Campaign, evidence: Evidence, now: datetime) -> "Assessment":
        """The same file to the same criterion again changes nothing. Raises as `written`, and EvidenceTooMuch."""
        self.require_writable(campaign, now)
        criterion = self._criteria(campaign).get(evidence.code)
        if criterion is None or criterion.evidence == "none":
            raise WrongClaims({"code": "no-evidence-here"})
        if any((each.code, each.digest) == (evidence.code, evidence.digest) for each in self.files):
            return self
        if len(self.files) >= MOST_FILES or self._size() + evidence.size > MOST_MEGABYTES * MEGABYTE:
            raise EvidenceTooMuch(MOST_FILES, MOST_MEGABYTES)
        return replace(self, files=(*self.files, evidence))

    def without_evidence(self, campaign: Campaign, file_id: str, now: datetime) -> "Assessment":
        """Raises as `written`, and EvidenceUnknown."""
        self.require_writable(campaign, now)
        self.evidence(file_id)
        return replace(self, files=tuple(each for each in self.files if each.file_id != file_id))

    def handed_in(self, campaign: Campaign, by: str, now: datetime) -> "Assessment":
        """Raises as `written`; WrongClaims where a needed file is missing or nothing was claimed."""
        self.require_writable(campaign, now)
        wrong = self._missing(campaign)
        if wrong:
            raise WrongClaims(wrong)
        return replace(self, state="handed-in", handed_in_at=now, handed_in_by=by, judgements=(), reason="")

    def require_writable(self, campaign: Campaign, now: datetime) -> None:
        """What was given back may be supplemented until reviews end. Raises NotOpen, TooLate, NotWritable."""
        campaign.require_time(campaign.review_until if self.state == "returned" else campaign.assess_until, now)
        if self.state not in WRITABLE:
            raise NotWritable()

    def _missing(self, campaign: Campaign) -> dict[str, str]:
        criteria = self._criteria(campaign)
        if not any(claim.value is not None for claim in self.claims) and any(each.is_claimed for each in criteria.values()):
            return {"claims": "nothing-claimed"}
        shown = {each.code for each in self.files}
        needed = {code for code, each in criteria.items() if each.evidence == "required"}
        return {f"claims.{code}": "evidence-missing" for code in sorted(needed - shown) if self.claimed(criteria[code])}

    # From above

    def confirmed(self, campaign: Campaign, judgements: tuple[Judgement, ...], by: str, now: datetime) -> "Assessment":
        """What is not judged is accepted as claimed. Raises NotOpen, TooLate, NotHandedIn, WrongClaims."""
        campaign.require_time(campaign.review_until, now)
        if self.state != "handed-in":
            raise NotHandedIn()
        wrong = dict(self._misjudged(judgements, self._criteria(campaign)))
        if wrong:
            raise WrongClaims(wrong)
        return replace(self, state="confirmed", judgements=judgements, reason="", reviewed_at=now, reviewed_by=by)

    def given_back(self, campaign: Campaign, reason: str, by: str, now: datetime) -> "Assessment":
        """For supplement; also what was confirmed, as long as reviews go on. Raises NotOpen, TooLate, NotHandedIn."""
        campaign.require_time(campaign.review_until, now)
        if self.state not in ("handed-in", "confirmed"):
            raise NotHandedIn()
        return replace(self, state="returned", judgements=(), reason=reason, reviewed_at=now, reviewed_by=by)

    def _misjudged(self, judgements, criteria: Mapping[str, Criterion]):
        for judgement in judgements:
            criterion = criteria.get(judgement.code)
            if criterion is None or not criterion.is_claimed:
                yield f"judgements.{judgement.code}", "unknown-criterion"
            elif not 0 <= judgement.points <= criterion.most:
                yield f"judgements.{judgement.code}", f"out-of-range:0:{criterion.most:g}"
            elif judgement.points != self.claimed(criterion) and not judgement.reason:
                yield f"judgements.{judgement.code}", "reason-missing"

    # What it comes to

    def claimed(self, criterion: Criterion) -> float:
        """The points of what is claimed of a criterion."""
        return criterion.worth(next((claim.value for claim in self.claims if claim.code == criterion.code), None))

    def accepted(self, criterion: Criterion) -> float:
        """The points that were accepted; those claimed where nothing else was said."""
        judged = next((each.points for each in self.judgements if each.code == criterion.code), None)
        return self.claimed(criterion) if judged is None else judged

    def points(self, campaign: Campaign) -> dict[str, float]:
        """Criterion -> points of those that are claimed: accepted ones once it is confirmed."""
        count = self.accepted if self.state == "confirmed" else self.claimed
        return {code: count(each) for code, each in self._criteria(campaign).items() if each.is_claimed}

    def total(self, campaign: Campaign) -> float:
        return exact(sum(self.points(campaign).values()))

    def evidence(self, file_id: str) -> Evidence:
        """Raises EvidenceUnknown."""
        found = next((each for each in self.files if each.file_id == file_id), None)
        if found is None:
            raise EvidenceUnknown()
        return found

    def without_person(self) -> "Assessment":
        """Points and unit stay, name and words go; files are the storage's matter."""
        claims = tuple(replace(claim, note="") for claim in self.claims)
        judgements = tuple(replace(each, reason="") for each in self.judgements)
        bare = {"name": "", "position": "", "user_id": None, "reason": "", "files": (), "forgotten": True}
        return replace(self, claims=claims, judgements=judgements, **bare)

    def _size(self) -> int:
        return sum(each.size for each in self.files)

    def _criteria(self, campaign: Campaign) -> dict[str, Criterion]:
        return {each.code: each for each in campaign.rules.criteria(self.kind)}


def assessment_id(campaign_id: str, participant_id: str) -> str:
    return f"{campaign_id}:{participant_id}"


def reviewed_event(assessment: Assessment, campaign: Campaign, unit_name: str) -> AssessmentReviewed:
    return AssessmentReviewed(
        assessment_id=assessment.assessment_id, revision=assessment.revision, campaign_id=campaign.campaign_id,
        title=campaign.title, kind=assessment.kind, unit_id=assessment.unit_id, unit_name=unit_name,
        outcome=assessment.state, review_until=campaign.review_until, reviewed_at=assessment.reviewed_at,
        user_ids=[assessment.handed_in_by], own=assessment.user_id is not None,
    )  # fmt: skip


def _wrong(claims, criteria: Mapping[str, Criterion]):
    seen = set()
    for claim in claims:
        criterion = criteria.get(claim.code)
        reason = "twice" if claim.code in seen else _not_claimable(criterion) or _wrong_value(claim, criterion)
        seen.add(claim.code)
        if reason:
            yield f"claims.{claim.code}", reason


def _not_claimable(criterion: Criterion | None) -> str | None:
    return None if criterion is not None and criterion.is_claimed else "unknown-criterion"


def _wrong_value(claim: Claim, criterion: Criterion) -> str | None:
    return None if claim.value is None else criterion.wrong(claim.value)
