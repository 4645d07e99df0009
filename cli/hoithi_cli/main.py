"""`hoithi`: all commands together."""

import typer

from hoithi_cli import __version__, running
from hoithi_cli.commands import (
    audit,
    backup,
    bank,
    channels,
    charts,
    complaints,
    contest,
    dead_letters,
    demo,
    emulation,
    invite,
    items,
    judging,
    languages,
    officers,
    papers,
    passwords,
    prizes,
    proposals,
    rehearse,
    results,
    retell,
    roles,
    rounds,
    signed,
    status,
    units,
)

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,  # locals may hold passwords
    help="The platform from a terminal. Exit codes: 0 done, 1 refused, 2 wrong usage, 3 not reachable, 4 a check failed.",
)
running.command(app, "status")(status.status)
app.add_typer(contest.app, name="contest")
app.add_typer(rounds.app, name="round")
app.add_typer(audit.app, name="audit")
app.add_typer(bank.app, name="bank")
app.add_typer(languages.app, name="languages")
app.add_typer(units.app, name="units")
app.add_typer(units.rosters, name="rosters")
app.add_typer(roles.app, name="roles")
app.add_typer(officers.app, name="officer")
app.add_typer(invite.app, name="invite")
app.add_typer(proposals.app, name="proposals")
app.add_typer(passwords.app, name="passwords")
app.add_typer(results.app, name="results")
app.add_typer(complaints.app, name="complaints")
running.command(app, "channels")(channels.channels)
running.command(app, "charts")(charts.charts)
app.add_typer(dead_letters.app, name="dead-letters")
app.add_typer(demo.app, name="demo")
running.command(app, "items")(items.items)
running.command(app, "certificates")(papers.certificates)
running.command(app, "poster")(papers.poster)
app.add_typer(judging.flags, name="flags")
app.add_typer(judging.winners, name="winners")
app.add_typer(prizes.pools, name="pools")
app.add_typer(prizes.unit_prizes, name="unit-prizes")
running.command(app, "minutes")(judging.minutes)
app.add_typer(emulation.app, name="emulation")
running.command(app, "verify-results")(signed.verify_results)
running.command(app, "rehearse")(rehearse.rehearse)
running.command(app, "backup")(backup.backup)
running.command(app, "restore")(backup.restore)
running.command(app, "retell")(retell.retell)


def version(given: bool):
    """Print the version and stop."""
    if given:
        typer.echo(__version__)
        raise typer.Exit()


@app.callback()
def main(
    show_version: bool = typer.Option(
        False, "--version", callback=version, is_eager=True, help="The version of this command line."
    ),
):
    pass


def run():
    """The entry point."""
    app()
