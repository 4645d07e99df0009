"""A real SMTP server for tests, in a process of its own: aiosmtpd needs asyncio, the tests run under eventlet.

    python post_office.py PORT FOLDER [smtps|starttls CERTIFICATE_AND_KEY]

Letters are kept as files in FOLDER. With TLS it asks for the user "thi" and the password "p@ss/word".
What it answers is in the local part of the recipient: "unknown" 550, "rude" 550 and closes the line, "spam" 554 after
the data, "busy-once" 451 the first time, "busy" 451 always, "hangup" closes the line after the data.
"""

import asyncio
import functools
import ssl
import sys
import uuid
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult


class PostOffice:
    """aiosmtpd's handler."""

    def __init__(self, folder: Path):
        self.folder, self.seen = folder, set()

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        envelope.rcpt_tos.append(address)
        return self._answer(server, address)

    def _answer(self, server, address: str) -> str:
        kind = address.partition("@")[0]
        (self.folder / "tries").open("a").write(address + "\n")
        if kind == "rude":
            asyncio.get_running_loop().call_later(0.05, server.transport.close)
        if kind.startswith(("unknown", "rude")):
            return f"550 5.1.1 <{address}>: no such user here"
        if kind.startswith("busy-once") and address in self.seen or not kind.startswith("busy"):
            return "250 OK"
        self.seen.add(address)
        return "451 4.7.1 greylisted, try again later"

    async def handle_DATA(self, server, session, envelope):
        to = envelope.rcpt_tos[0]
        if to.startswith("spam"):
            return "554 5.7.1 message refused"
        if to.startswith("hangup"):
            server.transport.close()
            return "250 OK"
        part = self.folder / f".{uuid.uuid4().hex}"
        part.write_bytes(f"X-To: {to}\r\n".encode() + envelope.content)
        part.rename(self.folder / f"{part.name[1:]}.eml")
        return "250 2.0.0 OK: kept"


def admit(server, session, envelope, mechanism, given) -> AuthResult:
    return AuthResult(success=(given.login, given.password) == (b"thi", b"p@ss/word"), handled=False)


async def main(port: int, folder: Path, mode: str = "", pem: str = ""):
    office = PostOffice(folder)
    loop = asyncio.get_running_loop()
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH) if mode else None
    if tls:
        tls.load_cert_chain(pem)
    safe = {"authenticator": admit, "auth_required": True, "auth_require_tls": mode == "starttls"} if mode else {}
    if mode == "starttls":
        safe |= {"tls_context": tls, "require_starttls": True}
    outer = tls if mode == "smtps" else None
    make = functools.partial(SMTP, office, hostname="post.test", loop=loop, **safe)
    server = await loop.create_server(make, "127.0.0.1", port, ssl=outer)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:]))
