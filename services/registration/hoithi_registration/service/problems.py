"""How refusals are told to people."""

from hoithi_bus.http import Problem
from hoithi_bus.http.problems import UNAVAILABLE as TRY_AGAIN
from hoithi_registration.domain.person import AccountGone, IdentifierTaken, StillOperator
from hoithi_registration.domain.refusal import ChangedMeanwhile, Missing, NotAcceptable
from hoithi_registration.domain.role import NotYours, OwnRole
from hoithi_registration.domain.roster import RosterIsEmpty, RosterIsFrozen
from hoithi_registration.domain.session import RefreshReused, SessionEnded
from hoithi_registration.domain.throttle import TooManyFailures, WrongPassword
from hoithi_registration.service.cookies import ForgedRequest
from hoithi_registration.service.officers import OFFICER_PROBLEMS
from hoithi_registration.service.password_doors import PASSWORD_PROBLEMS
from hoithi_registration.service.passwords import TooBusy
from hoithi_registration.service.rights_problems import RIGHTS
from hoithi_registration.storage import UNAVAILABLE

PROBLEMS = {
    NotAcceptable: Problem(
        422,
        "not-valid",
        "Một số thông tin chưa đúng, hãy xem từng mục.",
        "Some fields are not right; see each of them.",
    ),
    IdentifierTaken: Problem(
        409,
        "identifier-taken",
        "Số điện thoại hoặc thư điện tử này đã có tài khoản. Nếu là của bạn, hãy đăng nhập.",
        "There is already an account with this phone number or e-mail address. If it is yours, sign in.",
    ),
    WrongPassword: Problem(
        401,
        "wrong-password",
        "Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy kiểm tra rồi thử lại.",
        "The identifier or the password is not right. Check both and try again.",
    ),
    TooManyFailures: Problem(
        429,
        "too-many-failures",
        "Bạn đã nhập sai mật khẩu quá nhiều lần. Hãy thử lại sau {minutes} phút.",
        "The password was wrong too many times. Try again in {minutes} minutes.",
        retry_after="retry_after",
    ),
    SessionEnded: Problem(
        401,
        "session-ended",
        "Phiên đăng nhập đã kết thúc. Hãy đăng nhập lại.",
        "The session has ended. Sign in again.",
    ),
    RefreshReused: Problem(
        401,
        "refresh-reused",
        "Mã làm mới đã được dùng trước đó, nên phiên này đã bị đóng để bảo vệ tài khoản. "
        "Hãy đăng nhập lại và đổi mật khẩu nếu bạn không rõ lý do.",
        "This refresh token had been used before, so the session was closed to protect the account. "
        "Sign in again, and change the password if you do not know why.",
    ),
    ForgedRequest: Problem(
        403,
        "not-from-the-page",
        "Yêu cầu này không đến từ trang của cuộc thi nên bị từ chối. Hãy mở lại trang và thử lại.",
        "This request did not come from the contest's page and was refused. Open the page again and repeat it.",
    ),
    AccountGone: Problem(
        404,
        "account-gone",
        "Tài khoản này không còn tồn tại.",
        "This account does not exist any more.",
    ),
    StillOperator: Problem(
        409,
        "still-operator",
        "Tài khoản này đang giữ vai trò vận hành hệ thống. Hãy nhờ người vận hành khác gỡ vai trò trước khi xóa.",
        "This account operates the platform. Ask another operator to take the role away before erasing it.",
    ),
    NotYours: Problem(
        403,
        "not-allowed",
        "Bạn không được xem, cấp hoặc thu hồi vai trò này. Người vận hành quản lý mọi vai trò; Ban Tổ chức quản lý cán bộ "
        "đầu mối của các đơn vị và thành viên Ban Tổ chức cùng cuộc thi; cán bộ đầu mối quản lý cán bộ của đơn vị trực thuộc.",
        "This role is not yours to see, give or take. Operators manage all roles, organisers those of unit officers and of other "
        "organisers of the same contest, officers those of officers of the units below.",
    ),
    OwnRole: Problem(
        409,
        "own-role",
        "Bạn không thể tự gỡ vai trò vận hành của mình. Hãy nhờ người vận hành khác.",
        "You cannot take your own operator role away. Ask another operator.",
    ),
    Missing: Problem(
        404,
        "not-found",
        "Không tìm thấy nội dung bạn yêu cầu. Hãy kiểm tra lại mã.",
        "What you asked for does not exist. Check the id.",
    ),
    RosterIsFrozen: Problem(
        409,
        "roster-frozen",
        "Danh sách quân số đã được chốt lúc {frozen_at} nên không thể thay đổi.",
        "The roster was made official at {frozen_at} and cannot be changed any more.",
    ),
    RosterIsEmpty: Problem(
        409,
        "roster-empty",
        "Danh sách quân số chưa có đơn vị nào. Hãy nhập số liệu trước khi chốt.",
        "The roster has no unit yet. Enter the figures before making it official.",
    ),
    ChangedMeanwhile: Problem(
        409,
        "changed-meanwhile",
        "Dữ liệu vừa được người khác thay đổi. Hãy tải lại rồi thử lại.",
        "Somebody else has just changed this. Load it again and repeat your change.",
    ),
    TooBusy: Problem(
        503,
        "busy",
        "Đang có rất nhiều người đăng ký và đăng nhập. Hãy thử lại sau vài giây.",
        "Very many people are registering and signing in. Try again in a few seconds.",
        retry_after=5,
    ),
    **OFFICER_PROBLEMS,
    **PASSWORD_PROBLEMS,
    **RIGHTS,
    **dict.fromkeys(UNAVAILABLE, TRY_AGAIN),
}

REASONS = {
    "not-a-name": (
        "Họ tên chỉ gồm chữ cái, chữ số, dấu cách và các dấu ' - .",
        "A name has letters, digits, spaces and the signs ' - .",
    ),
    "not-a-vietnamese-phone": (
        "Không phải số điện thoại Việt Nam hợp lệ, ví dụ đúng: 0912 345 678.",
        "Not a valid Vietnamese phone number; a right one is 0912 345 678.",
    ),
    "not-an-email": ("Không phải địa chỉ thư điện tử hợp lệ.", "Not a valid e-mail address."),
    "not-a-birth-date": ("Ngày sinh không hợp lý, hãy kiểm tra lại.", "This cannot be a birth date; check it."),
    "phone-or-email": ("Cần số điện thoại hoặc thư điện tử.", "A phone number or an e-mail address is needed."),
    "password-is-identifier": (
        "Mật khẩu không được trùng với số điện thoại hoặc thư điện tử.",
        "The password must not be the phone number or the e-mail address.",
    ),
    "taken": ("Đã có tài khoản khác dùng.", "Another account uses it."),
    "guardian-needed": (
        "Người dưới 16 tuổi cần họ tên và số điện thoại của cha, mẹ hoặc người giám hộ đồng ý.",
        "People under 16 need name and phone number of the parent or guardian who agrees.",
    ),
    "consent-missing": ("Cần bạn đồng ý với mục đích bắt buộc: {0}.", "Your consent to the required purpose is needed: {0}."),
    "unknown-purpose": ("Không có mục đích này.", "There is no such purpose."),
    "not-current": (
        "Nội dung đã được cập nhật; hãy đọc lại phiên bản {0}.",
        "The text has been updated; please read version {0}.",
    ),
    "twice": ("Bị lặp lại: {0}.", "Given twice: {0}."),
    "unknown-unit": ("Không có đơn vị này.", "There is no such unit."),
    "unit-not-valid": ("Đơn vị này không tồn tại vào ngày {0}.", "This unit does not exist on {0}."),
    "unknown-parent": ("Không có đơn vị cấp trên {0}.", "There is no parent unit {0}."),
    "parent-in-other-tree": ("Đơn vị cấp trên thuộc hệ thống khác ({0}).", "The parent belongs to the other tree ({0})."),
    "tree-fixed": ("Đơn vị này thuộc hệ thống {0} và không chuyển được.", "This unit belongs to the tree {0} and cannot move."),
    "cycle": ("Đơn vị này là cấp trên của chính nó.", "This unit is above itself."),
    "not-after-valid-from": ("Ngày hết hiệu lực phải sau ngày bắt đầu.", "The end must be after the beginning."),
    "outside-parent": ("Thời gian tồn tại vượt ra ngoài đơn vị cấp trên {0}.", "Exists at times when the parent {0} does not."),
    "child-outlives": ("Đơn vị trực thuộc {0} tồn tại ngoài thời gian này.", "The unit {0} below it exists outside these dates."),
    "role-bound-to": ("Vai trò này phải gắn với: {0}.", "This role is bound to: {0}."),
    "only-everything": ("Chỉ nhận giá trị *.", "Only * is possible."),
    "not-everything": ("Hãy nêu đơn vị cụ thể.", "Name one unit."),
    "unknown-account": (
        "Không có tài khoản nào dùng số điện thoại hoặc thư điện tử này.",
        "No account has this phone number or e-mail address.",
    ),
}
