"""What scoring refuses, in the person's language."""

from hoithi_bus.http import Problem, four_eyes, problems
from hoithi_scoring.domain import refusals
from hoithi_scoring.service.complaints import COMPLAINT_PROBLEMS
from hoithi_scoring.service.judging import JUDGING_PROBLEMS
from hoithi_scoring.service.officers import OFFICER_PROBLEMS
from hoithi_scoring.service.papers import PROBLEMS as PAPER_PROBLEMS
from hoithi_scoring.service.pools import POOL_PROBLEMS
from hoithi_scoring.storage import UNAVAILABLE

PROBLEMS = {
    refusals.RoundUnknown: Problem(404, "round-unknown", "Không có vòng thi này.", "There is no such round."),
    refusals.ContestUnknown: Problem(404, "contest-unknown", "Không có cuộc thi này.", "There is no such contest."),
    refusals.UnitUnknown: Problem(404, "unit-unknown", "Không có đơn vị này.", "There is no such unit."),
    refusals.AttemptUnknown: Problem(404, "attempt-unknown", "Vòng thi không có bài thi này.", "The round has no such attempt."),
    refusals.NotYet: Problem(409, "no-results-yet", "Kết quả chưa được công bố.", "The results have not been published yet."),
    refusals.NotProvisional: Problem(
        409, "not-provisional",
        "Chỉ có thể công bố chính thức khi vòng thi đã có kết quả tạm thời.",
        "Only provisional results can become official.",
    ),
    refusals.StillChanging: Problem(
        409, "still-changing",
        "Kết quả đang được cập nhật sau một thay đổi, hãy thử lại sau vài giây.",
        "The results are being updated after a change; try again in a few seconds.", retry_after=3,
    ),
    refusals.Sealed: Problem(
        403, "sealed",
        "Số liệu này chỉ được công bố sau khi vòng thi kết thúc, vì liên quan đến câu hỏi dự đoán.",
        "This figure is shown after the round has closed, because people are asked to predict it.",
    ),
    refusals.NotRunning: Problem(
        409, "round-not-running", "Chỉ nhắc được khi vòng thi đang diễn ra.", "Reminders go out only while the round runs.",
    ),
    refusals.QuestionUnknown: Problem(
        404, "question-unknown",
        "Vòng thi chưa mở hoặc không có câu {question_id}.", "The round has not opened, or has no question {question_id}.",
    ),
    refusals.PreviewUnknown: Problem(404, "preview-unknown", "Không có bản xem trước này.", "There is no such preview."),
    **COMPLAINT_PROBLEMS,
    **OFFICER_PROBLEMS,
    **four_eyes.PROBLEMS,
    **JUDGING_PROBLEMS,
    **POOL_PROBLEMS,
    refusals.Outpaced: problems.UNAVAILABLE,
    **PAPER_PROBLEMS,
    **dict.fromkeys(UNAVAILABLE, problems.UNAVAILABLE),
}  # fmt: skip
