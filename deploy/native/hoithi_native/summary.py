"""What `make up` and `make status` print."""

from datetime import timedelta

from rich.console import Group
from rich.table import Table
from rich.text import Text

from hoithi_native.credentials import ACCOUNTS
from hoithi_native.platform_file import identifier

_COLOURS = {"RUNNING": "green", "STARTING": "yellow", "BACKOFF": "red", "FATAL": "red"}


def of(instance, demo):
    """Addresses, demo accounts (when the demo is loaded) and what to try next."""
    parts = [Text("\nhoithi is running\n", style="bold green"), _addresses(instance), Text()]
    if demo:
        parts += [_accounts(instance), Text()]
    return Group(*parts, _next_steps(demo))


def table(states):
    """One row per process, as supervisord sees it."""
    rows = Table("process", "state", "pid", "up for", box=None, padding=(0, 2, 0, 0))
    for name, state in sorted(states.items()):
        up = timedelta(seconds=state["now"] - state["start"]) if state["pid"] else ""
        shown = Text(state["statename"].lower(), style=_COLOURS.get(state["statename"], "yellow"))
        rows.add_row(name, shown, str(state["pid"] or ""), str(up))
    return rows


def _addresses(instance):
    rows = _grid()
    rows.add_row("address", f"{instance.front_url}/")
    rows.add_row("API", f"{instance.front_url}/docs/")
    rows.add_row("mail page", f"{instance.mail_url}/")
    rows.add_row("Prometheus", f"{instance.prometheus_url}/")
    rows.add_row("logs", f"{instance.folders.log}/")
    return rows


def _accounts(instance):
    rows = _grid()
    for account in ACCOUNTS:
        rows.add_row(account, f"{identifier(account)}  {instance.secret(f'{account}-password')}")
    return rows


def _next_steps(demo):
    rows = _grid()
    rows.add_row("make status", "is everything up?")
    if demo:
        rows.add_row(".venv/bin/hoithi status", "accounts, rounds, queues, dead letters")
        rows.add_row(".venv/bin/hoithi rehearse --people 200", "a ceremony with 200 people")
    rows.add_row("make down", "stop; the data stays")
    return rows


def _grid():
    rows = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    rows.add_column(style="bold", no_wrap=True)
    rows.add_column(overflow="fold")
    return rows
