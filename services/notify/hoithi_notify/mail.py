"""The e-mail channel: letters handed to an SMTP server. The only room that knows SMTP.

Nothing of the transaction is left to smtplib's convenience methods: what the server says about one
recipient must be told apart from what it says about us, and its answer is kept.
"""

import hashlib
import re
import smtplib
import ssl
import time
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from urllib.parse import unquote, urlsplit

from hoithi_notify.domain.deliveries import Deferred, Refused, Unreachable
from hoithi_notify.domain.people import usable
from hoithi_notify.letters import Letter

PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
TIMEOUT_S = 20
MOST_PER_CONNECTION = 100  # many servers end a connection after about a hundred letters
PROVE_AFTER_S = 5  # a connection that was idle for longer is asked whether it still lives
REST_S, MOST_REST_S = 5, 300
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
NAME_LENGTH = 60
# 8 bits are never sent: every server takes base64 and quoted-printable.
FORM = policy.SMTP.clone(cte_type="7bit")


class WrongSetting(ValueError):
    """A setting that cannot work; the text says which and why."""


@dataclass(frozen=True)
class Server:
    """Where mail is handed in: smtp://, smtps:// (TLS from the first byte) or smtp+starttls://."""

    scheme: str
    host: str
    port: int
    user: str | None = None
    password: str | None = None


def server_of(url: str) -> Server:
    """The server named by HOITHI_SMTP_URL; raises WrongSetting (without repeating the password)."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise WrongSetting("SMTP_URL: the port is not a number from 0 to 65535") from error
    if parts.scheme not in PORTS or not parts.hostname:
        raise WrongSetting(
            "SMTP_URL must look like smtp://host:25, smtps://user:password@host or smtp+starttls://user:password@host:587"
        )
    secret = [unquote(part) if part else None for part in (parts.username, parts.password)]
    return Server(parts.scheme, parts.hostname, port or PORTS[parts.scheme], *secret)


def sender_of(text: str) -> Address:
    """The sender named by HOITHI_MAIL_FROM: "Name <address>" or an address; raises WrongSetting."""
    name, address = parseaddr(text)
    if not usable(address) or CONTROL.search(text):
        raise WrongSetting(f"MAIL_FROM must be an address or look like: Cuộc thi <no-reply@example.vn>, not {text!r}")
    return Address(display_name=one_line(name), addr_spec=usable(address))


def one_line(text: str) -> str:
    """A text that cannot begin another header, neither in clear nor as an encoded word.

    Python's email package decodes "=?utf-8?q?=0D=0ABcc:...?=" in a value and writes the line break out.
    """
    return " ".join(CONTROL.sub(" ", text).replace("=?", "= ?").split())


def compose(sender: Address, to: str, name: str, letter: Letter, delivery_id: str, now: datetime) -> EmailMessage:
    """The message: text and HTML, headers in UTF-8, the same Message-ID however often it is sent."""
    message = EmailMessage(policy=FORM)
    message["From"] = sender
    message["To"] = Address(display_name=one_line(name)[:NAME_LENGTH], addr_spec=to)
    message["Subject"] = one_line(letter.subject)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id(delivery_id, sender.domain)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers, please
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(letter.text, cte="base64")
    message.add_alternative(letter.html, subtype="html", cte="base64")
    message["Content-Language"] = letter.language  # only now: setting the content removes headers that begin so
    return message


def message_id(delivery_id: str, domain: str) -> str:
    """The same for every try of a delivery, and no person in it. A letter sent twice can be recognised by it."""
    return f"<{hashlib.sha256(delivery_id.encode()).hexdigest()[:40]}@{domain}>"


class EMail:
    """A kept connection to one SMTP server. One letter at a time: for more at once, run more workers."""

    def __init__(self, server: Server, sender: Address, timeout_s: float = TIMEOUT_S, rest_s: float = REST_S):
        self.server, self.sender, self.timeout_s, self.rest_s = server, sender, timeout_s, rest_s
        self.smtp: smtplib.SMTP | None = None
        self.used, self.used_at = 0, 0.0
        self.troubles, self.resting_until = 0, 0.0

    @property
    def is_resting(self) -> bool:
        """After the server was unreachable it is left alone for a while: 5 s, 10 s ... 5 min."""
        return time.monotonic() < self.resting_until

    def send(self, delivery_id: str, to: str, name: str, letter: Letter, now: datetime) -> str:
        """The server's answer when it took the letter; raises Refused, Deferred or Unreachable."""
        message = compose(self.sender, to, name, letter, delivery_id, now)
        smtp = self._connection()
        try:
            answer = self._hand_over(smtp, to, message.as_bytes())
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            # After the data were sent nobody knows whether they were taken: the same Message-ID goes out again.
            self.close()
            raise Deferred(f"the connection broke: {_said(error)}") from error
        except Unreachable:
            self._rest()
            raise
        self.used, self.used_at, self.troubles = self.used + 1, time.monotonic(), 0
        return answer

    def close(self):
        """Hang up, politely if the server still listens."""
        smtp, self.smtp = self.smtp, None
        if smtp is None:
            return
        try:
            smtp.quit()
        except (smtplib.SMTPException, OSError):
            smtp.close()

    def _connection(self) -> smtplib.SMTP:
        if self.smtp and (self.used >= MOST_PER_CONNECTION or not self._lives()):
            self.close()
        if self.smtp is None:
            self.smtp, self.used, self.used_at = self._connect(), 0, time.monotonic()
        return self.smtp

    def _lives(self) -> bool:
        if time.monotonic() - self.used_at < PROVE_AFTER_S:
            return True
        try:
            return self.smtp.noop()[0] == 250
        except (smtplib.SMTPException, OSError):
            return False

    def _connect(self) -> smtplib.SMTP:
        smtp = None
        try:
            smtp = self._dial()
            self._introduce(smtp)
        except (smtplib.SMTPException, OSError) as error:
            if smtp is not None:
                smtp.close()
            self._rest()
            raise Unreachable(_said(error)) from error
        return smtp

    def _dial(self) -> smtplib.SMTP:
        where = {"host": self.server.host, "port": self.server.port, "timeout": self.timeout_s}
        if self.server.scheme == "smtps":
            return smtplib.SMTP_SSL(**where, context=ssl.create_default_context())
        return smtplib.SMTP(**where)

    def _introduce(self, smtp: smtplib.SMTP):
        smtp.ehlo_or_helo_if_needed()
        if self.server.scheme == "smtp+starttls":
            smtp.starttls(context=ssl.create_default_context())
            smtp.ehlo()
        if self.server.user:
            smtp.login(self.server.user, self.server.password or "")

    def _hand_over(self, smtp: smtplib.SMTP, to: str, message: bytes) -> str:
        """MAIL, RCPT, DATA. A refusal of MAIL is about us, one of RCPT or DATA about this letter."""
        answer = smtp.mail(self.sender.addr_spec)
        if answer[0] != 250:
            raise Unreachable(_text(answer, to))
        self._check(smtp, smtp.rcpt(to), to)
        try:
            answer = smtp.data(message)
        except smtplib.SMTPDataError as error:
            answer = (error.smtp_code, error.smtp_error)
        self._check(smtp, answer, to)
        return _text(answer, to)

    def _check(self, smtp: smtplib.SMTP, answer: tuple[int, bytes], to: str):
        code = answer[0]
        if code in (250, 251):
            return
        if code == 421:
            raise Unreachable(_text(answer, to))
        self._begin_anew(smtp)
        raise (Refused if 500 <= code < 600 else Deferred)(_text(answer, to))

    def _begin_anew(self, smtp: smtplib.SMTP):
        """Ready for the next letter; the answer counts also when the server hangs up after it."""
        try:
            smtp.rset()
        except (smtplib.SMTPException, OSError):
            self.close()

    def _rest(self):
        self.close()
        self.troubles += 1
        self.resting_until = time.monotonic() + min(self.rest_s * 2 ** (self.troubles - 1), MOST_REST_S)


def _text(answer: tuple[int, bytes], to: str) -> str:
    """The server's words without the address: the record of a letter outlives the address."""
    words = answer[1].decode("utf-8", "replace") if isinstance(answer[1], bytes) else str(answer[1])
    return re.sub(re.escape(to), "<address>", f"{answer[0]} {one_line(words)}", flags=re.IGNORECASE)


def _said(error: Exception) -> str:
    """What went wrong, without a password or a recipient in it."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{type(error).__name__} {error.smtp_code}"
    return f"{type(error).__name__}: {getattr(error, 'strerror', None) or ''}".rstrip(": ")
