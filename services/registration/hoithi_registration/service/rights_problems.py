"""How refusals are told to people with rights: second factor, invitations."""

from hoithi_bus.http import Problem
from hoithi_registration.domain.invitation import InvitationClosed, InvitationVoid, TooManyInvitations
from hoithi_registration.domain.second_factor import CodeNeeded, CodeUsed, FactorIsOff, FactorIsOn, OwnFactor, WrongCode
from hoithi_registration.domain.throttle import TooManyCodes
from hoithi_registration.service.vault import SealedElsewhere

RIGHTS = {
    CodeNeeded: Problem(
        401,
        "code-needed",
        "Tài khoản này có xác thực hai bước. Hãy nhập thêm mã 6 số trên ứng dụng xác thực, hoặc một mã dự phòng.",
        "This account has a second factor. Also enter the six digits of the authenticator app, or a recovery code.",
    ),
    WrongCode: Problem(
        401,
        "wrong-code",
        "Mã xác thực chưa đúng. Hãy nhập mã đang hiện trên ứng dụng; nếu vẫn sai, hãy kiểm tra giờ trên điện thoại.",
        "The code is not right. Enter the one the app shows now; if it stays wrong, check the phone's clock.",
    ),
    CodeUsed: Problem(
        401,
        "code-used",
        "Mã này vừa được sử dụng. Hãy chờ ứng dụng hiện mã mới (tối đa 30 giây) rồi nhập lại.",
        "This code has just been used. Wait for the next one (at most 30 seconds) and enter that.",
    ),
    TooManyCodes: Problem(
        429,
        "too-many-codes",
        "Bạn đã nhập sai mã xác thực quá nhiều lần. Hãy thử lại sau {minutes} phút.",
        "The code was wrong too many times. Try again in {minutes} minutes.",
        retry_after="retry_after",
    ),
    FactorIsOn: Problem(
        409,
        "second-factor-on",
        "Tài khoản đã bật xác thực hai bước. Muốn đổi điện thoại, hãy tắt rồi bật lại.",
        "The account has a second factor already. To change phones, switch it off and on again.",
    ),
    FactorIsOff: Problem(
        409,
        "second-factor-off",
        "Tài khoản chưa bật xác thực hai bước.",
        "The account has no second factor.",
    ),
    OwnFactor: Problem(
        409,
        "own-second-factor",
        "Bạn không thể tự gỡ xác thực hai bước của mình theo cách này. Hãy tắt bằng mã xác thực, hoặc nhờ người vận hành khác.",
        "You cannot lift your own second factor this way. Switch it off with a code, or ask another operator.",
    ),
    SealedElsewhere: Problem(
        409,
        "second-factor-unreadable",
        "Hệ thống không đọc được khóa xác thực hai bước của tài khoản này. Hãy nhờ người vận hành gỡ rồi bật lại.",
        "The platform cannot read this account's second factor. Ask an operator to lift it, then switch it on again.",
    ),
    InvitationVoid: Problem(
        409,
        "invitation-void",
        "Lời mời này không còn hiệu lực: đã được sử dụng, đã thu hồi hoặc đã hết hạn. Hãy liên hệ người mời để nhận lời mời mới.",
        "This invitation is not valid any more: used, withdrawn or expired. Ask whoever invited you for a new one.",
    ),
    InvitationClosed: Problem(
        409,
        "invitation-closed",
        "Chỉ thu hồi được lời mời còn hiệu lực; lời mời này đang ở trạng thái {state}.",
        "Only an open invitation can be withdrawn; this one is {state}.",
    ),
    TooManyInvitations: Problem(
        429,
        "too-many-invitations",
        "Bạn đang có {most} lời mời chưa được trả lời. Hãy thu hồi bớt hoặc chờ các lời mời cũ hết hạn.",
        "{most} of your invitations are open. Withdraw some, or wait until old ones expire.",
    ),
}
