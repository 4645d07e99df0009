"""The doors of forgotten passwords. A part of `Doors`."""

import secrets

from hoithi_bus.http import Doors as HttpDoors
from hoithi_bus.http import Problem, Reply, door
from hoithi_bus.provide import Provided
from hoithi_registration import metrics
from hoithi_registration.domain import password_reset
from hoithi_registration.handlers import password_resets
from hoithi_registration.handlers.password_resets import Fresh
from hoithi_registration.schemas import passwords as schemas
from hoithi_registration.service import tokens
from hoithi_registration.service.passwords import open_passwords
from hoithi_registration.service.rights import CODE_LETTERS, GIVERS, NO_STORE
from hoithi_registration.storage import open_storage

PASSWORD_PROBLEMS = {
    password_reset.ResetVoid: Problem(
        409,
        "reset-void",
        "Liên kết hoặc mã này không còn dùng được: đã dùng, đã quá 30 phút hoặc không đúng. Hãy yêu cầu lại.",
        "This link or code does not work any more: used, older than 30 minutes, or not right. Ask again.",
    ),
    password_reset.TooManyResets: Problem(
        429,
        "too-many-resets",
        "Bạn đã yêu cầu nhiều lần. Hãy kiểm tra hộp thư, cả mục thư rác, hoặc thử lại sau {minutes} phút.",
        "You asked several times. Look into your mailbox, also for spam, or try again in {minutes} minutes.",
        retry_after="retry_after",
    ),
    password_reset.NotYourPerson: Problem(
        404,
        "not-your-person",
        "Không có tài khoản này ở đơn vị bạn phụ trách. Hãy kiểm tra lại số điện thoại.",
        "There is no such account in the units you are responsible for. Check the number.",
    ),
    password_reset.HasEmail: Problem(
        409,
        "has-email",
        "Tài khoản này có thư điện tử: người đó tự đặt lại mật khẩu bằng liên kết gửi qua thư, ở mục Quên mật khẩu.",
        "This account has an e-mail address: the person gets a link there, by Forgotten password.",
    ),
    password_reset.HoldsRole: Problem(
        403,
        "holds-role",
        "Tài khoản này đang giữ một vai trò nên chỉ người vận hành hệ thống mới được cấp mã.",
        "This account holds a role, so only an operator may hand out a code.",
    ),
    password_reset.OwnAccount: Problem(
        409,
        "own-account",
        "Bạn không thể cấp mã cho chính mình. Hãy đổi mật khẩu ở mục Tài khoản.",
        "You cannot hand out a code for your own account. Change the password in your account.",
    ),
}


class PasswordDoors(HttpDoors):
    storage = Provided(open_storage)
    passwords = Provided(open_passwords)

    @door(
        "POST",
        "/password-resets",
        who="anyone",
        body=schemas.AskForLink,
        status=204,
        summary="A forgotten password: ask for a link by e-mail",
    )
    def ask_for_link(self, call):
        """The answer is the same whether there is such an account or not, and whether it has an address."""
        with metrics.outcome(metrics.PASSWORD_LINKS):
            fresh = Fresh(tokens.rising_id(call.now), tokens.new_secret())
            password_resets.ask(self.storage, call.body["identifier"], fresh, call.now)

    @door(
        "POST",
        "/password-resets/codes",
        who=GIVERS,
        body=schemas.HandOutCode,
        answer=schemas.CodeAnswer,
        status=201,
        summary="A code for somebody without e-mail who forgot the password",
    )
    def hand_out_code(self, call):
        """Officers for people of their units and those below. Make sure who asks: by sight, or by calling back a known number."""
        with metrics.outcome(metrics.PASSWORD_CODES):
            fresh = Fresh(tokens.rising_id(call.now), _code())
            found, reset = password_resets.hand_out(self.storage, call.claims, call.body, fresh, call.now)
        told = {"name": found.name, "code": fresh.secret, "expires_at": reset.expires_at}
        return Reply.json(schemas.CodeAnswer().dump(told), status=201, headers=NO_STORE)

    @door(
        "POST",
        "/password-resets/by-link",
        who="anyone",
        body=schemas.ByLink,
        status=204,
        summary="Choose a new password with the token of a letter's link",
    )
    def reset_by_link(self, call):
        """Once, for half an hour. All sessions end; a second factor stays."""
        with metrics.outcome(metrics.PASSWORD_RESETS):
            password_resets.finish_by_link(self.storage, self.passwords, call.body, call.now)

    @door(
        "POST",
        "/password-resets/by-code",
        who="anyone",
        body=schemas.ByCode,
        status=204,
        summary="Choose a new password with a code that was handed out",
    )
    def reset_by_code(self, call):
        """Once, for half an hour. All sessions end; a second factor stays."""
        with metrics.outcome(metrics.PASSWORD_RESETS):
            password_resets.finish_by_code(self.storage, self.passwords, call.body, call.now)


def _code() -> str:
    """Three groups of four that can be read out; 59 bits."""
    return "-".join("".join(secrets.choice(CODE_LETTERS) for _ in range(4)) for _ in range(3))
