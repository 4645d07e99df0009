"""Settings a service cannot start without."""

import sys


def need(config: dict, name: str, how: str) -> str:
    """The setting's value; stops the start with a sentence when it is missing."""
    value = config.get(name)
    if value:
        return value
    sys.exit(f"hoithi: the setting {name} is missing (environment HOITHI_{name}). {how}")
