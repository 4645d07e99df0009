"""The doors of assessments: written from below with evidence, reviewed from above."""

from eventlet import tpool

from hoithi_bus.http import Doors as HttpDoors
from hoithi_bus.http import Reply, door
from hoithi_bus.provide import Provided
from hoithi_emulation import metrics
from hoithi_emulation.domain.evidence import MOST_MEGABYTES, SUFFIX, kind_of
from hoithi_emulation.handlers import assessing, own_data, reviewing
from hoithi_emulation.schemas import assessments as schemas
from hoithi_emulation.service.campaigns import MEGABYTE, attached
from hoithi_emulation.storage import open_storage

STAFF = ("organiser", "officer")
LIMIT = 256 * 1024


class AssessmentDoors(HttpDoors):
    storage = Provided(open_storage)

    @door(
        "GET",
        "/campaigns/<campaign_id>/assessments",
        who=STAFF,
        query=schemas.ListQuery,
        answer=schemas.ListedMany,
        summary="How far everybody is: a unit and those below it, or all for organisers",
    )
    def assessments(self, call, campaign_id):
        """Also collectives that have not begun."""
        return {"assessments": reviewing.listed(self.storage, call.claims, campaign_id, **call.query, now=call.now)}

    @door(
        "POST",
        "/campaigns/<campaign_id>/assessments",
        who="person",
        body=schemas.Beginning,
        answer=schemas.ShownAssessment,
        status=201,
        summary="Begin a self-assessment, or get the one that is there",
    )
    def begin(self, call, campaign_id):
        """Of the own unit or somebody of it (its officer), or of oneself (`own`)."""
        return self._answered(call, assessing.begin(self.storage, call.claims, campaign_id, call.body, call.now))

    @door(
        "GET",
        "/assessments/<assessment_id>",
        who="person",
        answer=schemas.ShownAssessment,
        summary="One assessment, criterion by criterion",
    )
    def assessment(self, call, assessment_id):
        """For who writes it, officers of the unit and of those above, organisers."""
        return schemas.shown(reviewing.show(self.storage, call.claims, assessment_id))

    @door(
        "PUT",
        "/assessments/<assessment_id>/claims",
        who="person",
        body=schemas.Claims,
        answer=schemas.ShownAssessment,
        limit=LIMIT,
        summary="Write what is claimed of each criterion",
    )
    def write(self, call, assessment_id):
        revision, claims = call.body["revision"], call.body["claims"]
        return self._answered(call, assessing.write(self.storage, call.claims, assessment_id, revision, claims, call.now))

    @door(
        "POST",
        "/assessments/<assessment_id>/files",
        who="person",
        body=bytes,
        query=schemas.EvidenceQuery,
        answer=schemas.ShownAssessment,
        status=201,
        limit=MOST_MEGABYTES * MEGABYTE,
        consumes=tuple(SUFFIX),
        summary="Add an evidence file: PDF, PNG, JPEG, DOCX or XLSX, at most 5 MB",
    )
    def add_file(self, call, assessment_id):
        """What it is, its content says. It is kept as it is, never opened, and given out as a file to be saved."""
        tpool.execute(kind_of, call.raw)
        saved = assessing.add_evidence(self.storage, call.claims, assessment_id, **call.query, body=call.raw, now=call.now)
        metrics.FILES.labels("kept").inc()
        return self._answered(call, saved)

    @door(
        "GET",
        "/assessments/<assessment_id>/files/<file_id>",
        who="person",
        produces="application/pdf",
        summary="An evidence file",
    )
    def file(self, call, assessment_id, file_id):
        found, body = reviewing.evidence(self.storage, call.claims, assessment_id, file_id)
        # The name people gave it is in the JSON; a header takes only what every program reads.
        name = f"minh-chung-{file_id[:8]}.{SUFFIX[found.content_type]}"
        metrics.FILES.labels("given").inc()
        return Reply(body, content_type=found.content_type, headers=attached(name))

    @door(
        "DELETE",
        "/assessments/<assessment_id>/files/<file_id>",
        who="person",
        query=schemas.SeenQuery,
        answer=schemas.ShownAssessment,
        summary="Take an evidence file away",
    )
    def drop_file(self, call, assessment_id, file_id):
        revision = call.query["revision"]
        saved = assessing.drop_evidence(self.storage, call.claims, assessment_id, revision, file_id, call.now)
        metrics.FILES.labels("dropped").inc()
        return self._answered(call, saved)

    @door(
        "POST",
        "/assessments/<assessment_id>/hand-in",
        who="person",
        body=schemas.Seen,
        answer=schemas.ShownAssessment,
        summary="Hand in for review",
    )
    def hand_in(self, call, assessment_id):
        saved = assessing.hand_in(self.storage, call.claims, assessment_id, **call.body, now=call.now)
        metrics.ACTS.labels("handed-in").inc()
        return self._answered(call, saved)

    @door(
        "POST",
        "/assessments/<assessment_id>/confirmation",
        who=STAFF,
        body=schemas.Confirmation,
        answer=schemas.ShownAssessment,
        limit=LIMIT,
        summary="Confirm, with a reason wherever points differ from the claim",
    )
    def confirm(self, call, assessment_id):
        """By the level above; criteria that are not named are accepted as claimed."""
        revision, judged = call.body["revision"], call.body["judgements"]
        saved = reviewing.confirm(self.storage, call.claims, assessment_id, revision, judged, call.now)
        metrics.ACTS.labels("confirmed").inc()
        return self._answered(call, saved)

    @door(
        "POST",
        "/assessments/<assessment_id>/return",
        who=STAFF,
        body=schemas.GivenBack,
        answer=schemas.ShownAssessment,
        summary="Give back for supplement",
    )
    def give_back(self, call, assessment_id):
        saved = reviewing.give_back(self.storage, call.claims, assessment_id, **call.body, now=call.now)
        metrics.ACTS.labels("given-back").inc()
        return self._answered(call, saved)

    @door("GET", "/me/assessments", who="person", answer=schemas.OwnAssessments, summary="What a person wrote about itself")
    def own_assessments(self, call):
        found = self.storage.assessments.of_person(call.claims.user_id)
        return {"assessments": [self._answered(call, each) for each in found]}

    @door("GET", "/me/export", who="person", summary="Everything emulation keeps about the own person")
    def export_me(self, call):
        exported = own_data.export(self.storage, call.claims, call.now)
        return Reply.json(exported, headers={"Cache-Control": "no-store"})

    def _answered(self, call, found) -> dict:
        return schemas.shown(reviewing.shown(self.storage, call.claims, found))
