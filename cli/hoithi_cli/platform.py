"""Which platform is meant: `.hoithi/platform.json`, the environment and the options, in rising order of weight."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from hoithi_cli.trouble import WrongUsage

SERVICES = ("registration", "exam", "scoring", "notify", "emulation")
FILE = Path(".hoithi") / "platform.json"
UNKNOWN = (
    "no platform is known here: run `make up` in the repository, or say which one is meant with "
    "--url http://... (HOITHI_URL), or --platform FILE (HOITHI_PLATFORM)"
)


@dataclass(frozen=True)
class Account:
    """What somebody signs in with; the password is never shown by printing it."""

    identifier: str
    password: str = field(repr=False)
    code: str | None = field(default=None, repr=False)
    """Of the second factor, where the account has one; good for one sign-in."""


@dataclass(frozen=True)
class Platform:
    """Addresses and accounts of one running platform; `home` is the folder of its platform.json."""

    url: str
    home: Path | None = None
    mail_url: str | None = None
    amqp_uri: str | None = field(default=None, repr=False)
    prometheus_url: str | None = None
    health_urls: tuple = ()
    mongo_uris: dict[str, str] = field(default_factory=dict, repr=False)
    mongo_admin_uri: str | None = field(default=None, repr=False)
    accounts: dict[str, Account] = field(default_factory=dict)

    def account(self, role: str) -> Account:
        """The account for a role; raises WrongUsage with what to do when there is none."""
        if role not in self.accounts:
            raise WrongUsage(f"no {role} account is known: give --identifier and --password (HOITHI_IDENTIFIER, HOITHI_PASSWORD)")
        return self.accounts[role]


def find(url=None, file=None, identifier=None, password=None, code=None, start=None) -> Platform:
    """The platform from the given options, the environment and the file; raises WrongUsage."""
    known, home = _read(_file(file, start), required=bool(file))
    address = url or known.get("front_url")
    if not address:
        raise WrongUsage(UNKNOWN)
    if url and known.get("front_url", "").rstrip("/") != url.rstrip("/"):
        known, home = {}, None  # the accounts of one platform are not offered to another
    return Platform(
        url=address.rstrip("/"),
        home=home,
        mail_url=known.get("mail_url"),
        amqp_uri=os.environ.get("HOITHI_OPERATOR_AMQP_URI") or known.get("amqp_operator_uri"),
        prometheus_url=known.get("prometheus_url"),
        health_urls=_named_urls(known.get("health_urls")),
        mongo_uris=known.get("mongo_uris") or {},
        mongo_admin_uri=known.get("mongo_admin_uri"),
        accounts=_accounts(known.get("accounts") or {}, identifier, password, code),
    )


def _file(given, start) -> Path | None:
    if given:
        return Path(given)
    beginnings = [Path(start or Path.cwd()).resolve(), Path(__file__).resolve().parent]
    folders = [folder for beginning in beginnings for folder in (beginning, *beginning.parents)]
    return next((folder / FILE for folder in folders if (folder / FILE).is_file()), None)


def _read(path: Path | None, required: bool) -> tuple[dict, Path | None]:
    if path is None:
        return {}, None
    try:
        return json.loads(path.read_text("utf-8")), path.parent
    except (OSError, ValueError) as error:
        if required:
            raise WrongUsage(f"{path} cannot be read: {error}") from error
        return {}, None


def _named_urls(urls) -> tuple:
    """Accepts {"exam": url} and [url]; a list is named by its addresses."""
    pairs = urls.items() if isinstance(urls, dict) else ((url, url) for url in urls or ())
    return tuple(pairs)


def _accounts(known: dict, identifier, password, code) -> dict[str, Account]:
    """The accounts of the file; one given by hand is used for every role."""
    accounts = {role: Account(entry["identifier"], entry["password"], code) for role, entry in known.items()}
    if not identifier:
        return accounts
    given = Account(identifier, password or _password_of(accounts, identifier), code)
    return dict.fromkeys((*accounts, "operator", "organiser", "officer", "participant"), given)


def _password_of(accounts: dict[str, Account], identifier: str) -> str:
    found = [account.password for account in accounts.values() if account.identifier == identifier]
    if not found:
        raise WrongUsage(f"the password of {identifier} is missing: give --password (HOITHI_PASSWORD)")
    return found[0]
