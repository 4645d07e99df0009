"""Who may see what. `claims` are those of the access token, None for a visitor."""

from hoithi_scoring.domain.privacy import participation_is_public
from hoithi_scoring.domain.refusals import NotYet, Sealed, StillChanging
from hoithi_scoring.domain.rounds import Round
from hoithi_scoring.domain.units import Unit, line


def sees_all(claims, contest_id: str) -> bool:
    """Organisers of the contest and operators see everything at any time."""
    return claims is not None and (claims.holds("organiser", "contest", contest_id) or claims.holds("operator"))


def is_officer(claims, unit_id: str, units: dict[str, Unit]) -> bool:
    """Officer of the unit or of one above it."""
    return claims is not None and any(claims.holds("officer", "unit", above) for above in line(unit_id, units))


def is_officer_of(storage, claims, unit_id: str | None) -> bool:
    """The same; asks for the units above only when the caller is an officer of something."""
    if unit_id is None or claims is None or not claims.holds("officer"):
        return False
    return is_officer(claims, unit_id, storage.units.upwards(unit_id))


def check_results(claims, round: Round):
    """Raises NotYet unless there is a table and the caller may see it."""
    if round.snapshot is None or not (round.is_public or sees_all(claims, round.contest_id)):
        raise NotYet(round.state)


def check_published(round: Round):
    """Raises NotYet before the results are provisional, for everybody."""
    if not round.is_public:
        raise NotYet(round.state)


def check_season(contest: dict):
    """Raises NotYet while no round of the contest has results, or they are being added up."""
    if not (contest.get("season") or {}).get("rounds"):
        raise NotYet("closed")


def check_settled(round: Round):
    """As `check_published`, and raises StillChanging while a correction is under way: file and table must agree."""
    check_published(round)
    if round.is_being_corrected:
        raise StillChanging()


def counts_are_open(round: Round) -> bool:
    """Once a round is closed nobody can predict any more."""
    is_over = round.state not in ("planned", "running")
    return is_over or (round.rules is not None and participation_is_public(round.rules.prediction))


def check_participation(round: Round):
    """Raises Sealed while the figure would tell what is to be predicted."""
    if not counts_are_open(round):
        raise Sealed()
