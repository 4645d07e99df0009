"""The doors of complaints and of the days that do not count for their deadlines."""

from hoithi_bus.http import Doors as HttpDoors
from hoithi_bus.http import Problem, door
from hoithi_bus.provide import Provided
from hoithi_scoring import metrics
from hoithi_scoring.domain import refusals
from hoithi_scoring.handlers import complaining
from hoithi_scoring.schemas import complaints as schemas
from hoithi_scoring.service.opening import open_pseudonyms
from hoithi_scoring.storage import open_storage

ORGANISER = ("organiser",)

COMPLAINT_PROBLEMS = {
    refusals.ComplaintUnknown: Problem(404, "complaint-unknown", "Không có khiếu nại này.", "There is no such complaint."),
    refusals.NoOwnResult: Problem(
        409, "no-own-result",
        "Bạn chưa có lượt thi nào trong vòng này nên chỉ có thể khiếu nại về lượt thi bị thiếu, bị hủy hoặc việc khác.",
        "You have no attempt in this round; you may complain about a missing or invalidated attempt, or about something else.",
    ),
    refusals.PeriodOver: Problem(
        409, "complaint-period-over",
        "Thời hạn khiếu nại về vòng thi này đã hết lúc {until}.",
        "Complaints about this round were taken until {until}.",
    ),
    refusals.OneIsOpen: Problem(
        409, "complaint-open",
        "Bạn đang có một khiếu nại cùng loại về vòng thi này chưa được giải quyết.",
        "You have a complaint of this kind about this round that is not decided yet.",
    ),
    refusals.NotNow: Problem(
        409, "complaint-not-now",
        "Khiếu nại đang ở trạng thái {state} nên không thực hiện được việc này.",
        "The complaint is {state}; this cannot be done now.",
    ),
    refusals.OwnComplaint: Problem(
        403, "own-complaint",
        "Bạn không thể xử lý khiếu nại của chính mình. Hãy nhờ thành viên khác của Ban Tổ chức.",
        "You cannot handle a complaint of your own. Ask another organiser.",
    ),
    refusals.AccountErased: Problem(
        404, "account-gone", "Tài khoản này không còn tồn tại.", "This account does not exist any more.",
    ),
    refusals.ComplaintsOpen: Problem(
        409, "complaints-open",
        "Vòng thi còn {count} khiếu nại chưa được giải quyết. Hãy giải quyết hết trước khi công bố chính thức; "
        "sau {official_by} có thể công bố nếu nêu rõ lý do.",
        "{count} complaints about this round are not decided. Decide them before making the results official; "
        "after {official_by} a reason is enough.",
    ),
    refusals.PastHoliday: Problem(
        409, "holiday-past",
        "Ngày {day} đã đến hoặc đã qua nên không thêm, không bớt được. Chỉ thay đổi được những ngày sắp tới.",
        "{day} has come or is over and cannot be added or taken away. Only days to come can be changed.",
    ),
}  # fmt: skip


class ComplaintDoors(HttpDoors):
    storage = Provided(open_storage)
    pseudonyms = Provided(open_pseudonyms)

    @door(
        "POST",
        "/rounds/<round_id>/complaints",
        who="person",
        body=schemas.ComplaintBody,
        answer=schemas.Complaint,
        status=201,
        summary="Complain about an own result",
    )
    def complain(self, call, round_id):
        """From the provisional results on, for the working days of the rules; one open complaint of a kind at a time."""
        filed = complaining.file_complaint(self.storage, self.pseudonyms, call.claims, round_id, call.body, call.now)
        metrics.COMPLAINTS.labels("received").inc()
        return filed

    @door("GET", "/me/complaints", who="person", answer=schemas.OwnComplaints, summary="The own complaints, newest first")
    def own_complaints(self, call):
        return {"complaints": complaining.own_complaints(self.storage, call.claims, call.now)}

    @door(
        "GET",
        "/contests/<contest_id>/complaints",
        who=ORGANISER,
        query=schemas.ComplaintsQuery,
        answer=schemas.Complaints,
        summary="The complaints of a contest, the most urgent first",
    )
    def complaints(self, call, contest_id):
        return complaining.page(self.storage, call.claims, contest_id, call.query, call.now)

    @door("GET", "/complaints/<complaint_id>", who="person", answer=schemas.SeenComplaint, summary="One complaint")
    def complaint(self, call, complaint_id):
        """The own one, or with name and log for an organiser of the contest."""
        return complaining.show(self.storage, call.claims, complaint_id, call.now)

    @door(
        "POST",
        "/complaints/<complaint_id>/answer",
        who="person",
        body=schemas.Saying,
        answer=schemas.Complaint,
        summary="Answer the organiser's question about an own complaint",
    )
    def answer_complaint(self, call, complaint_id):
        return complaining.answer(self.storage, call.claims, complaint_id, call.body["text"], call.now)

    @door(
        "POST",
        "/complaints/<complaint_id>/withdrawal",
        who="person",
        answer=schemas.Complaint,
        summary="Withdraw an own complaint",
    )
    def withdraw_complaint(self, call, complaint_id):
        return complaining.withdraw(self.storage, call.claims, complaint_id, call.now)

    @door(
        "POST",
        "/complaints/<complaint_id>/question",
        who=ORGANISER,
        body=schemas.Saying,
        answer=schemas.SeenComplaint,
        summary="Ask the person who complained for more",
    )
    def question_complaint(self, call, complaint_id):
        asked = complaining.question(self.storage, call.claims, complaint_id, call.body["text"], call.now)
        metrics.COMPLAINTS.labels("questioned").inc()
        return asked

    @door(
        "POST",
        "/complaints/<complaint_id>/decision",
        who=ORGANISER,
        body=schemas.Verdict,
        answer=schemas.SeenComplaint,
        summary="Uphold or reject a complaint",
    )
    def decide_complaint(self, call, complaint_id):
        """Changes no result: correct the key, or the invalidation, as well."""
        decided = complaining.decide(self.storage, call.claims, complaint_id, **call.body, now=call.now)
        metrics.COMPLAINTS.labels(call.body["outcome"]).inc()
        return decided

    @door(
        "GET",
        "/contests/<contest_id>/holidays",
        who="anyone",
        answer=schemas.Holidays,
        summary="The days that are no working days for a contest's deadlines",
    )
    def holidays(self, call, contest_id):
        return complaining.holidays(self.storage, contest_id)

    @door(
        "PUT",
        "/contests/<contest_id>/holidays",
        who=ORGANISER,
        body=schemas.HolidaysBody,
        answer=schemas.Holidays,
        summary="Name the holidays to come; the deadlines of open complaints follow",
    )
    def name_holidays(self, call, contest_id):
        return complaining.name_holidays(self.storage, call.claims, contest_id, **call.body, now=call.now)
