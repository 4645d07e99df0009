"""The page's logic without a browser: clock, back-off, saving, the way in, messages, types."""

from pathlib import Path

import pytest

from hoithi_native.web_build import SOURCES
from tests.browser import toolbox

UNITS = sorted((Path(__file__).parent / "unit").glob("*.test.ts"))


@pytest.fixture(scope="module")
def bundled(tmp_path_factory):
    return toolbox.bundle(UNITS, tmp_path_factory.mktemp("units"))


@pytest.mark.parametrize("name", [path.name.removesuffix(".ts") for path in UNITS])
def test_logic_of_the_page(bundled, name):
    environment = {"PATH": "/usr/bin:/bin", "HOITHI_MESSAGES": str(SOURCES / "src" / "messages")}
    done = toolbox.node("--test", bundled / f"{name}.mjs", env=environment)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "# pass 0" not in done.stdout


def test_types_of_the_page_agree(tmp_path):
    copied = toolbox.workshop(tmp_path)
    done = toolbox.node(toolbox.modules() / "typescript" / "bin" / "tsc", "-p", copied, cwd=copied)
    assert done.returncode == 0, done.stdout
