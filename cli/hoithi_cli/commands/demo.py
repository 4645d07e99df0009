"""`hoithi demo load`: something to look at on a fresh platform."""

from pathlib import Path
from typing import Annotated

import typer

from hoithi_cli import demo
from hoithi_cli.running import Run, command

app = typer.Typer(no_args_is_help=True, help="A demonstration: units, question bank, accounts, an open contest.")


@command(app)
def load(
    run: Run,
    content_folder: Annotated[
        Path | None, typer.Option("--content", help="The repository's folder content/ (default: found).")
    ] = None,
):
    """Load the demonstration. Again: changes nothing."""
    return demo.load(run, content_folder)
