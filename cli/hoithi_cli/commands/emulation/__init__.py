"""Emulation campaigns: set up and opened by organisers, written by officers, reviewed above, ranked, nominated, exported."""

from hoithi_cli.commands.emulation import awards, campaigns, writing  # noqa: F401 (they add their commands)
from hoithi_cli.commands.emulation.shared import app

__all__ = ["app"]
