"""What emulation refuses, in the person's language."""

from hoithi_bus.http import Problem, problems
from hoithi_emulation.domain import refusals
from hoithi_emulation.storage import UNAVAILABLE
from hoithi_print import Busy
from hoithi_sheets import NotReadable

FIELDS = ("Một số mục chưa đúng, hãy xem từng mục.", "Some fields are not right; see each of them.")

PROBLEMS = {
    refusals.CampaignUnknown: Problem(404, "campaign-unknown", "Không có phong trào này.", "There is no such campaign."),
    refusals.CampaignTaken: Problem(
        409, "campaign-taken",
        "Đã có phong trào mang mã này. Hãy chọn mã khác.", "There is a campaign of this id. Choose another.",
    ),
    refusals.TemplateUnknown: Problem(404, "template-unknown", "Không có mẫu phong trào này.", "There is no such template."),
    refusals.NotADraft: Problem(
        409, "rules-locked",
        "Phong trào đã mở nên thể lệ không sửa được nữa. Chỉ có thể kéo dài thời hạn.",
        "The campaign has opened: its rules are locked. Only the deadlines can be extended.",
    ),
    refusals.NotOpen: Problem(
        409, "campaign-not-open", "Phong trào chưa mở hoặc đã có quyết định.", "The campaign has not opened yet, or is decided.",
    ),
    refusals.NotReady: Problem(422, "not-ready", *FIELDS),
    refusals.OnlyLater: Problem(
        409, "only-later", "Thời hạn chỉ có thể kéo dài, không rút ngắn.", "A deadline can move later, never earlier."
    ),
    refusals.TooLate: Problem(409, "too-late", "Thời hạn đã hết lúc {until}.", "The time was over at {until}."),
    refusals.Outpaced: Problem(
        409, "changed-meanwhile",
        "Nội dung này vừa được người khác lưu. Hãy tải lại trang rồi làm tiếp.",
        "Somebody else has just saved this. Load it again, then go on.",
    ),
    refusals.WrongClaims: Problem(422, "not-valid", *FIELDS),
    refusals.AssessmentUnknown: Problem(404, "assessment-unknown", "Không có bản tự chấm này.", "There is no such assessment."),
    refusals.UnitUnknown: Problem(404, "unit-unknown", "Không có đơn vị này.", "There is no such unit."),
    refusals.NotTakingPart: Problem(
        409, "not-taking-part",
        "Phong trào không có khối thi đua hoặc tiêu chí cho trường hợp này.",
        "The campaign has no league or no criteria for this.",
    ),
    refusals.NoUnit: Problem(
        409, "no-unit",
        "Tài khoản của bạn chưa ghi đơn vị. Hãy bổ sung đơn vị trong mục dữ liệu cá nhân rồi tự chấm.",
        "Your account names no unit. Add it among your own data, then begin.",
    ),
    refusals.NotWritable: Problem(
        409, "handed-in",
        "Bản tự chấm đã nộp nên không sửa được, trừ khi cấp trên trả lại để bổ sung.",
        "It was handed in and cannot be changed, unless the level above gives it back.",
    ),
    refusals.NotHandedIn: Problem(
        409, "not-handed-in", "Bản tự chấm này không ở trạng thái chờ xét duyệt.", "This assessment is not waiting for a review.",
    ),
    refusals.NotYourUnit: Problem(
        403, "not-your-unit",
        "Bạn không phụ trách đơn vị này. Việc tự chấm do cán bộ đầu mối của chính đơn vị thực hiện.",
        "This is not your unit. A unit's own officer writes its assessment.",
    ),
    refusals.OwnReview: Problem(
        403, "own-review",
        "Không ai được xét duyệt bản tự chấm của chính mình hoặc đơn vị mình; việc này của cấp trên.",
        "Nobody reviews the own assessment or that of the own unit; the level above does.",
    ),
    refusals.EvidenceUnknown: Problem(404, "evidence-unknown", "Không có tệp minh chứng này.", "There is no such evidence file."),
    refusals.NotEvidence: Problem(
        422, "not-evidence",
        "Chỉ nhận tệp PDF, PNG, JPEG, DOCX hoặc XLSX nguyên vẹn, không có mật khẩu và không có macro.",
        "Only whole PDF, PNG, JPEG, DOCX or XLSX files are taken, without password and without macros.",
    ),
    refusals.EvidenceTooMuch: Problem(
        409, "evidence-too-much",
        "Mỗi bản tự chấm có nhiều nhất {files} tệp và {megabytes} MB minh chứng.",
        "An assessment holds at most {files} files and {megabytes} MB of evidence.",
    ),
    refusals.NotDecidedYet: Problem(
        403, "not-decided-yet",
        "Kết quả được xem sau khi Ban Tổ chức quyết định danh sách.",
        "Results are shown once the organiser has decided the list.",
    ),
    refusals.ReviewsWait: Problem(
        409, "reviews-wait",
        "Còn {count} bản tự chấm chưa được xét duyệt. Hãy xét hết, hoặc quyết định sau {until}.",
        "{count} assessments are not reviewed. Review them, or decide after {until}.",
    ),
    refusals.NotRanked: Problem(
        409, "not-ranked",
        "Chỉ đề nghị được tập thể, cá nhân đã được cấp trên xác nhận điểm.",
        "Only who was confirmed by the level above can be nominated.",
    ),
    refusals.AwardUnknown: Problem(
        404, "award-unknown", "Phong trào không có hình thức khen thưởng này cho đối tượng đã chọn.",
        "The campaign has no such award for this participant.",
    ),
    refusals.IndexUnknown: Problem(
        404, "index-unknown", "Phong trào không có tiêu chí chỉ số này.", "The campaign has no such index criterion."
    ),
    NotReadable: Problem(422, "sheet-not-readable", "{vi}", "{en}"),
    Busy: Problem(
        503, "press-busy", "Máy in đang bận, hãy thử lại sau vài giây.", "The press is busy; try again in a few seconds.",
        retry_after=5,
    ),
    **dict.fromkeys(UNAVAILABLE, problems.UNAVAILABLE),
}  # fmt: skip

REASONS = {
    "too-many-decimals": ("Nhiều nhất hai chữ số thập phân.", "At most two decimals."),
    "twice": ("Bị trùng.", "Is there twice."),
    "unknown-code": ("Không có mã {0}.", "There is no code {0}."),
    "step-above-most": ("Có mức cao hơn điểm tối đa của tiêu chí.", "A step is worth more than the criterion."),
    "steps-missing": ("Cần bảng quy đổi điểm.", "A table of points is needed."),
    "before-from-day": ("Ngày kết thúc phải sau ngày bắt đầu.", "The last day must come after the first."),
    "before-assess-until": ("Hạn xét duyệt phải sau hạn tự chấm.", "Reviews must end after self-assessment."),
    "in-the-past": ("Thời điểm này đã qua.", "This moment is over."),
    "criteria-missing": ("Chưa có tiêu chí nào.", "There are no criteria."),
    "leagues-missing": ("Chưa có khối thi đua cho tập thể.", "There is no league for collectives."),
    "in-two-leagues": ("Loại đơn vị này đã thuộc «{0}».", "“{0}” takes units of this kind already."),
    "contest-missing": ("Chưa chọn cuộc thi cho tiêu chí này.", "No contest is named for this criterion."),
    "not-for-individuals": ("Cách chấm này không dùng cho cá nhân.", "This way of judging is not for individuals."),
    "above-reachable": ("Cao hơn tổng điểm có thể đạt ({0}).", "Higher than what can be reached ({0})."),
    "unknown-criterion": ("Không có tiêu chí này, hoặc hệ thống tự tính.", "No such criterion, or the platform counts it."),
    "nothing-claimed": ("Chưa tự chấm tiêu chí nào.", "Nothing was claimed yet."),
    "evidence-missing": ("Tiêu chí này cần tệp minh chứng.", "This criterion needs an evidence file."),
    "no-evidence-here": ("Tiêu chí này không nhận minh chứng.", "This criterion takes no evidence."),
    "reason-missing": ("Khác điểm tự chấm thì cần nêu lý do.", "Where points differ from the claim a reason is needed."),
    "name-missing": ("Cần ghi họ và tên.", "A name is needed."),
}

FINDINGS = {
    "header-not-found": (
        "Không thấy dòng tiêu đề. Cần cột «Mã đơn vị» hoặc «Tên đơn vị», và cột «Giá trị» (hoặc «Chỉ số», «Điểm»).",
        "No row of titles was found. Needed: “Unit id” or “Unit”, and “Value” (or “Index”, “Score”).",
    ),
    "unknown-unit": ("Không có đơn vị «{value}» trong các khối thi đua.", "There is no unit “{value}” in the leagues."),
    "ambiguous-unit": (
        "Có nhiều đơn vị tên «{value}». Hãy ghi mã đơn vị.",
        "Several units are called “{value}”. Give the unit's id.",
    ),
    "unit-missing": ("Thiếu đơn vị.", "The unit is missing."),
    "unit-twice": ("Đơn vị này đã có ở dòng {value}.", "This unit is already in row {value}."),
    "value-missing": ("Thiếu giá trị.", "The value is missing."),
    "not-a-value": ("Giá trị phải là số không âm, không phải «{value}».", "A value is a number from 0 on, not “{value}”."),
}


def finding(code: str, value: str, language: str) -> str:
    """A finding of a sheet as a sentence."""
    return FINDINGS[code][0 if language == "vi" else 1].format(value=value)
