"""How exceptions and reasons are told: what is wrong, and what to do."""

from hoithi_bus.http.four_eyes import PROBLEMS as FOUR_EYES
from hoithi_bus.http.problems import UNAVAILABLE as AWAY
from hoithi_bus.http.problems import Problem
from hoithi_exam.domain import attempt, contest, halt, paper, practice, round, sound, speech, templates, versions
from hoithi_exam.domain.bank import edit, mended
from hoithi_exam.service.bank_sentences import BANK_DESK
from hoithi_exam.storage import UNAVAILABLE
from hoithi_print import Busy

PROBLEMS = {
    **FOUR_EYES,
    **BANK_DESK,
    **dict.fromkeys(UNAVAILABLE, AWAY),
    Busy: Problem(
        503,
        "press-busy",
        "Máy in đang bận, hãy thử lại sau vài giây.",
        "The press is busy; try again in a few seconds.",
        retry_after=5,
    ),
    templates.UnknownTemplate: Problem(
        404, "unknown-template", "Không có mẫu cuộc thi «{template_id}».", "There is no contest template “{template_id}”."
    ),
    templates.StartMissing: Problem(
        422,
        "start-missing",
        "Mẫu này không có ngày cố định: hãy cho biết ngày bắt đầu.",
        "This template has no fixed date: say when it starts.",
    ),
    contest.UnknownContest: Problem(404, "unknown-contest", "Không có cuộc thi này.", "There is no such contest."),
    contest.ContestExists: Problem(
        409,
        "contest-exists",
        "Đã có cuộc thi mang mã {contest_id}; hãy chọn mã khác.",
        "There is a contest {contest_id} already; choose another id.",
    ),
    contest.ContestFixed: Problem(
        409,
        "contest-fixed",
        "Cuộc thi đã công bố nên thể lệ, vòng thi và ngân hàng câu hỏi không đổi được nữa.",
        "The contest was published: its rules, rounds and banks cannot be changed any more.",
    ),
    contest.NotPublished: Problem(
        409,
        "not-published",
        "Cuộc thi chưa công bố; hãy sửa trực tiếp bản nháp.",
        "The contest is not published yet; change the draft itself.",
    ),
    contest.NothingChanged: Problem(
        422, "nothing-changed", "Không có thay đổi nào để công bố.", "There is no change to announce."
    ),
    contest.AmendmentRefused: Problem(
        422,
        "amendment-refused",
        "Chỉ được lùi các vòng chưa mở, không được mở sớm hơn hoặc rút ngắn; hãy xem từng mục.",
        "Only rounds that have not opened may be moved, never earlier and never shorter; see each of them.",
    ),
    halt.RoundHalted: Problem(
        503,
        "round-halted",
        "Vòng thi đang tạm dừng. Thời gian làm bài không bị mất; trang sẽ tự thử lại.",
        "The round is halted. No working time is lost; the page tries again by itself.",
        retry_after=10,
    ),
    halt.HaltStands: Problem(
        409, "halt-stands", "Vòng thi đang tạm dừng; hãy cho thi tiếp trước.", "The round is halted; resume it first."
    ),
    halt.NotHalted: Problem(409, "not-halted", "Vòng thi không ở trạng thái tạm dừng.", "The round is not halted."),
    contest.ChangedMeanwhile: Problem(
        409,
        "changed-meanwhile",
        "Có người vừa thay đổi cùng lúc; hãy tải lại và thử lần nữa.",
        "Somebody changed it at the same time; load it again and repeat.",
    ),
    contest.UnknownDivision: Problem(
        422, "unknown-division", "Thể lệ không có bảng thi này.", "The rules have no such division."
    ),
    contest.NotReady: Problem(
        409, "not-ready", "Chưa công bố được: còn {count} điểm phải sửa.", "It cannot be published yet: {count} things to mend."
    ),
    versions.UnknownBank: Problem(
        404, "unknown-bank", "Không có ngân hàng câu hỏi hoặc phiên bản này.", "There is no such question bank or version."
    ),
    versions.BankRefused: Problem(
        422,
        "bank-refused",
        "Tệp ngân hàng câu hỏi có {count} lỗi; chưa câu nào được nhập. Hãy sửa rồi nhập lại.",
        "The bank's file has {count} errors; nothing was imported. Mend them and import again.",
    ),
    versions.OtherBank: Problem(
        422, "other-bank", "Tệp này thuộc ngân hàng câu hỏi khác.", "The file belongs to another question bank."
    ),
    versions.UseChanged: Problem(
        422,
        "use-changed",
        "{count} câu đổi giữa luyện tập và thi so với phiên bản trước; câu luyện tập ai cũng biết đáp án. "
        "Hãy viết câu mới với mã mới.",
        "{count} questions changed between practice and real papers; everybody knows the answers of practice questions. "
        "Write new ones with new ids.",
    ),
    practice.UnknownPractice: Problem(
        404, "unknown-practice", "Cuộc thi này không có bài luyện tập đó.", "The contest has no such practice paper."
    ),
    sound.NotSound: Problem(
        422,
        "not-sound",
        "Tệp này không phải âm thanh Opus, MP3, M4A hoặc WAV, hoặc đã hỏng; hãy ghi hoặc chuyển đổi lại.",
        "This is no Opus, MP3, M4A or WAV file, or a damaged one; record or convert it again.",
    ),
    sound.UnknownSound: Problem(404, "unknown-sound", "Không có tệp âm thanh này.", "There is no such audio file."),
    speech.UnknownLanguage: Problem(
        404, "unknown-language", "Câu hỏi chưa có bằng ngôn ngữ này.", "The questions are not there in this language."
    ),
    speech.SpeechNotFitting: Problem(
        422,
        "speech-not-fitting",
        "Bản dịch không khớp với ngân hàng câu hỏi; hãy xem từng mục.",
        "The translation does not fit the question bank; see each of them.",
    ),
    versions.OwnImport: Problem(
        403,
        "own-import",
        "Người đã nhập hoặc sửa phiên bản này không tự duyệt được; hãy nhờ người khác trong Ban Tổ chức duyệt.",
        "Who imported or changed this version does not approve it; ask another organiser.",
    ),
    versions.NewerVersion: Problem(
        409,
        "newer-version",
        "Ngân hàng này đã có phiên bản {newest}; hãy tải lại rồi sửa trên phiên bản mới nhất.",
        "The bank has version {newest} already; load it and change the newest one.",
    ),
    edit.UnknownQuestions: Problem(
        422, "unknown-questions", "Có câu không thuộc phiên bản này.", "Some questions are not in this version."
    ),
    mended.TooBigToMend: Problem(
        413,
        "too-big-to-mend",
        "Tệp quá lớn (trên {most} MB sau giải nén) nên không tạo được bản đánh dấu lỗi; hãy xem danh sách lỗi.",
        "The file is too big (over {most} MB unpacked) for a copy with remarks; use the list of errors.",
    ),
    mended.NothingToMend: Problem(
        422,
        "nothing-to-mend",
        "Không thấy bảng câu hỏi trong tệp nên không có chỗ đánh dấu lỗi; hãy xem danh sách lỗi khi nhập.",
        "The file has no table of questions to write remarks into; see what the import says.",
    ),
    round.UnknownRound: Problem(404, "unknown-round", "Không có vòng thi này.", "There is no such round."),
    round.RoundNotOpen: Problem(
        409,
        "round-not-open",
        "Vòng thi chưa mở; giờ mở là {opens_at}. Hãy quay lại vào lúc đó.",
        "The round is not open yet; it opens at {opens_at}. Come back then.",
    ),
    round.RoundOpening: Problem(
        503,
        "round-opening",
        "Vòng thi đang được mở; hãy thử lại sau một giây.",
        "The round is being opened; try again in a second.",
        retry_after=1,
    ),
    round.RoundClosed: Problem(409, "round-closed", "Vòng thi đã kết thúc lúc {closes_at}.", "The round closed at {closes_at}."),
    round.NotLonger: Problem(
        409,
        "not-longer",
        "Giờ kết thúc mới phải sau giờ hiện tại {closes_at}.",
        "The new close must be later than now set: {closes_at}.",
    ),
    round.NextRoundOpens: Problem(
        409,
        "next-round-opens",
        "Không thể kéo dài qua giờ mở vòng tiếp theo: {opens_at}.",
        "A round cannot reach into the next one, which opens at {opens_at}.",
    ),
    round.UnknownQuestion: Problem(
        404,
        "unknown-question",
        "Ngân hàng của vòng thi không có câu {question_id}.",
        "The round's banks have no question {question_id}.",
    ),
    round.KeyNotPossible: Problem(
        422, "key-not-possible", "Đáp án này không hợp với câu hỏi.", "The question cannot have this key."
    ),
    paper.NotOnPaper: Problem(
        422,
        "not-on-paper",
        "Có câu trả lời không khớp với đề; hãy xem từng mục.",
        "Some answers do not fit the paper; see each of them.",
    ),
    attempt.UnknownAttempt: Problem(404, "unknown-attempt", "Không có lượt thi này.", "There is no such attempt."),
    attempt.NotYourAttempt: Problem(
        403,
        "not-your-attempt",
        "Đây là lượt thi của người khác; hãy đăng nhập đúng tài khoản của bạn.",
        "This is another person's attempt; sign in with your own account.",
    ),
    attempt.NotInDivision: Problem(
        403, "not-in-division", "Cuộc thi không có bảng dành cho đối tượng của bạn.", "The contest has no division for you."
    ),
    attempt.NoAttemptsLeftToday: Problem(
        409,
        "no-attempts-left-today",
        "Bạn đã dùng hết {limit} lượt thi của hôm nay; hãy quay lại vào ngày mai.",
        "You have used today's attempts ({limit}); come back tomorrow.",
    ),
    attempt.NoAttemptsLeft: Problem(
        409,
        "no-attempts-left",
        "Bạn đã dùng hết {limit} lượt thi của vòng này.",
        "You have used the attempts of this round ({limit}).",
    ),
    attempt.NoAttemptsLeftInAll: Problem(
        409,
        "no-attempts-left-in-all",
        "Bạn đã dùng hết {limit} lượt thi của cả cuộc thi.",
        "You have used the attempts of the whole contest ({limit}).",
    ),
    attempt.AlreadySubmitted: Problem(
        409,
        "already-submitted",
        "Bài đã nộp lúc {submitted_at} nên không sửa được nữa.",
        "The paper was submitted at {submitted_at} and cannot be changed.",
    ),
    attempt.TimeOver: Problem(
        409,
        "time-over",
        "Đã hết giờ làm bài lúc {deadline_at}. Những câu đã lưu được hệ thống tự nộp.",
        "Time was over at {deadline_at}. The server submits the answers saved by then.",
    ),
    attempt.SavedElsewhere: Problem(
        409,
        "saved-elsewhere",
        "Bài này đã được lưu mới hơn, có thể từ thiết bị khác (lần lưu {seq}); hãy tải lại bài rồi tiếp tục.",
        "Newer answers were saved, perhaps on another device (save {seq}); load the paper again and go on.",
    ),
    attempt.PredictionNotPossible: Problem(
        422, "prediction-not-possible", "Số dự đoán không hợp lệ.", "The prediction is not possible."
    ),
    attempt.NotSubmittedYet: Problem(
        409,
        "not-submitted-yet",
        "Bài chưa nộp nên chưa xem lại được.",
        "The paper is not submitted yet; there is nothing to review.",
    ),
    attempt.AnswersNotShown: Problem(
        409, "answers-not-shown", "Theo thể lệ, đáp án chưa được xem lúc này.", "By the rules, answers are not shown now."
    ),
}

REASONS = {
    "not-in-bank": ("Phiên bản này không có câu mang mã đó.", "The version has no question of that id."),
    "twice": ("Có mục bị lặp lại.", "Something is listed twice."),
    "unknown-zone": (
        "Không có múi giờ này; ví dụ Asia/Ho_Chi_Minh.",
        "There is no such time zone; for example Asia/Ho_Chi_Minh.",
    ),
    "year-out-of-range": ("Năm phải từ {0} đến {1}.", "The year must be from {0} to {1}."),
    "round-has-opened": ("Vòng thi đã mở nên không đổi được lịch.", "The round has opened; it cannot be moved."),
    "never-earlier": ("Không được mở sớm hơn giờ đã công bố.", "It must not open earlier than announced."),
    "never-shorter": ("Không được ngắn hơn thời gian đã công bố.", "It must not be shorter than announced."),
    "unknown-division": ("Thể lệ không có bảng thi này.", "The rules have no such division."),
    "other-bank": ("Tệp này là của ngân hàng «{0}».", "The file is of the bank “{0}”."),
    "use-changed": (
        "Câu này đã được dùng theo cách khác (luyện tập hoặc thi) trong một phiên bản trước.",
        "The question was used otherwise (practice or real) in an earlier version.",
    ),
    "unknown-question": ("Ngân hàng không có câu này.", "The bank has no such question."),
    "options-differ": ("Câu này có {0} phương án.", "The question has {0} options."),
    "half-translated": (
        "Hãy dịch cả câu hỏi và mọi phương án, hoặc để trống tất cả.",
        "Translate the question and all options, or leave all of them empty.",
    ),
    "not-a-language": (
        "Mã ngôn ngữ không hợp lệ; ví dụ tyz, hmn, ium.",
        "This is no language code; for example tyz, hmn, ium.",
    ),
    "own-language": (
        "Đây là ngôn ngữ của chính ngân hàng: chỉ thêm được tệp âm thanh.",
        "This is the bank's own language: only audio files can be added.",
    ),
    "unknown-picture": ("Chưa có hình này; hãy tải hình lên trước.", "There is no such picture; upload it first."),
    "unknown-sound": (
        "Chưa có tệp âm thanh này; hãy tải tệp lên trước.",
        "There is no such audio file; send it first.",
    ),
    "not-on-paper": ("Đề thi không có câu này.", "The paper has no such question."),
    "no-such-option": ("Câu này chỉ có các phương án từ A đến {0}.", "The question only has the options A to {0}."),
    "one-option": ("Câu này chỉ được chọn một phương án.", "Only one option may be chosen here."),
    "several-options": ("Câu này cần nhiều hơn một phương án đúng.", "This question needs several right options."),
}
