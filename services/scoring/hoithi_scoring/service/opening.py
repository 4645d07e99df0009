"""What doors and worker are given when the process starts."""

from hoithi_bus.settings import need
from hoithi_scoring.domain.privacy import Pseudonyms

SECRET = "Any long random text, for example from `openssl rand -hex 32`; it must stay the same as long as results are shown."


def open_pseudonyms(config: dict) -> Pseudonyms:
    return Pseudonyms(need(config, "PSEUDONYM_SECRET", SECRET).encode())
