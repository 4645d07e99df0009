"""What doors and worker are given when the process starts."""

import sys
from pathlib import Path

from hoithi_bus.settings import need
from hoithi_emulation.domain.results import Seal
from hoithi_emulation.source import Source
from hoithi_print import Papers

KEYS = "It is the path of the JWKS file with scoring's public key (GET /results/keys of scoring); `make up` makes one."
THEME = "The folder with the province's theme.json and public/emblem.svg, for example web/theme."
ADDRESS = "The address people find the platform under, for example https://hoithi.example."


def open_source(config: dict) -> Source | None:
    """None where there is no scoring: then criteria of contests stay empty."""
    return Source(config["SCORING_URL"]) if config.get("SCORING_URL") else None


def open_seal(config: dict) -> Seal | None:
    """None without scoring; stops the start with a sentence when the keys are missing or none."""
    if not config.get("SCORING_URL"):
        return None
    path = need(config, "RESULTS_KEYS", KEYS)
    try:
        return Seal(Path(path).read_text())
    except (OSError, ValueError, KeyError) as error:
        sys.exit(f"hoithi: RESULTS_KEYS {path} cannot be used: {error}. {KEYS}")


def open_papers(config: dict) -> Papers:
    return Papers.open(need(config, "THEME", THEME), need(config, "PUBLIC_URL", ADDRESS))
