"""What every command shares: its common options, its one JSON document, its exit code."""

import functools
import inspect
import json
import os
import sys
from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from hoithi_cli import platform
from hoithi_cli.front_door import FrontDoor, Person
from hoithi_cli.trouble import Trouble

Json = Annotated[bool, typer.Option("--json", help="One JSON document on stdout, nothing else there.")]
Url = Annotated[str | None, typer.Option("--url", envvar="HOITHI_URL", help="Address of the front door.")]
File = Annotated[
    str | None, typer.Option("--platform", envvar="HOITHI_PLATFORM", help="A platform.json written by the native runner.")
]
Identifier = Annotated[str | None, typer.Option("--identifier", envvar="HOITHI_IDENTIFIER", help="Sign in as: phone or e-mail.")]
Password = Annotated[str | None, typer.Option("--password", envvar="HOITHI_PASSWORD", help="Its password.", show_envvar=True)]
Code = Annotated[
    str | None, typer.Option("--code", envvar="HOITHI_CODE", help="Of the second factor, where the account has one.")
]
Language = Annotated[
    str | None, typer.Option("--language", help="Language of the platform's messages: vi or en (default: LANG).")
]

COMMON = {
    "as_json": (Json, False),
    "url": (Url, None),
    "platform_file": (File, None),
    "identifier": (Identifier, None),
    "password": (Password, None),
    "factor_code": (Code, None),
    "language": (Language, None),
}


class Run:
    """One run of one command: where to speak, and the platform it speaks with (found when first needed)."""

    def __init__(
        self, as_json=False, url=None, platform_file=None, identifier=None, password=None, factor_code=None, language=None
    ):
        self.as_json = as_json
        self.language = _language(language)
        self.out = console(sys.stdout, quiet=as_json)
        self.err = console(sys.stderr)
        self._people: dict[str, Person] = {}
        self._where = {"url": url, "file": platform_file, "identifier": identifier, "password": password, "code": factor_code}

    @functools.cached_property
    def platform(self) -> platform.Platform:
        return platform.find(**self._where)

    @functools.cached_property
    def door(self) -> FrontDoor:
        return FrontDoor(self.platform.url, self.language, repeats=2)

    def person(self, role: str) -> Person:
        """Whoever plays the role: the account of platform.json, or the one given by --identifier."""
        if role not in self._people:
            self._people[role] = Person(self.door, self.platform.account(role))
        return self._people[role]

    def show(self, what):
        """For people, on stdout; silent with --json."""
        self.out.print(what, **({"markup": False, "soft_wrap": True} if isinstance(what, str) else {}))

    def say(self, text: str):
        """How it goes, on stderr."""
        self.err.print(text, markup=False, soft_wrap=True)

    def table(self, title: str, columns, rows):
        """A table for people; `columns` are headings, those ending in "#" hold numbers."""
        self.out.print(table(title, columns, rows), Text())


def console(stream, quiet: bool = False) -> Console:
    """As wide as the terminal; wide enough for every table where there is none."""
    return Console(file=stream, quiet=quiet, highlight=False, width=None if stream.isatty() else 160)


def table(title: str, columns, rows) -> Table:
    """A rich table of plain texts."""
    made = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, show_edge=False, padding=(0, 2, 0, 0))
    for heading in columns:
        made.add_column(heading.rstrip("#"), justify="right" if heading.endswith("#") else "left", overflow="fold")
    for row in rows:
        made.add_row(*(_cell(value) for value in row))
    return made


def command(app: typer.Typer, name: str | None = None):
    """Register `function(run, ...)`: it gets the common options, its answer is the JSON document."""

    def register(function):
        app.command(name, help=inspect.getdoc(function))(_with_common_options(function))
        return function

    return register


def _with_common_options(function):
    own = list(inspect.signature(function).parameters.values())[1:]

    @functools.wraps(function)
    def wrapped(**given):
        run = Run(**{key: given.pop(key) for key in COMMON})
        raise typer.Exit(perform(run, function, given))

    common = [
        inspect.Parameter(key, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
        for key, (kind, default) in COMMON.items()
    ]
    own = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own]
    wrapped.__signature__ = inspect.Signature([*own, *common])
    wrapped.__annotations__ = {parameter.name: parameter.annotation for parameter in (*own, *common)}
    del wrapped.__wrapped__  # or its signature would be taken instead
    return wrapped


def perform(run: Run, function, given: dict) -> int:
    """Run a command; prints its document or its trouble; gives the exit code."""
    try:
        document = function(run, **given)
    except Trouble as trouble:
        run.err.print(_coloured(str(trouble)), soft_wrap=True)
        _print_json(run, trouble.document)
        return trouble.exit_code
    _print_json(run, document)
    return 0


def _print_json(run: Run, document):
    if run.as_json:
        sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2, default=str) + "\n")


def _coloured(text: str):
    return Text(text, style="red")


def _cell(value) -> str:
    return "" if value is None else escape(str(value))


def _language(given: str | None) -> str:
    if given:
        if given not in ("vi", "en"):
            raise typer.BadParameter("vi or en", param_hint="--language")
        return given
    return "vi" if os.environ.get("LANG", "").startswith("vi") else "en"
