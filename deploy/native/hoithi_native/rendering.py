"""Writes configuration files, only when their bytes change."""

import os
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from hoithi_native.layout import REPOSITORY

# nginx and prometheus are shared with docker-compose.yml and live in their own rooms.
_FOLDERS = [Path(__file__).parent / "templates", REPOSITORY / "deploy"]
_TEMPLATES = Environment(
    loader=FileSystemLoader(_FOLDERS),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def render(template, target: Path, **values):
    """Renders a template of this package or of deploy/ into `target`; True when it changed."""
    return write(target, _TEMPLATES.get_template(template).render(values))


def write(target: Path, text, mode=0o600):
    """Writes atomically and readable by the owner alone; True when the bytes changed."""
    content = text.encode() if isinstance(text, str) else text
    if target.exists() and target.read_bytes() == content:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    draft.replace(target)
    return True
