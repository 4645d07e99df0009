"""The figures in docs/reference/performance.md: made from the kept results, so that nobody copies numbers by hand."""

from pathlib import Path

from bench.machine import REPOSITORY
from bench.result import VERDICTS, Table, grid, written

RESULTS = REPOSITORY / "bench" / "results"
PAGE = REPOSITORY / "docs" / "reference" / "performance.md"
BEGIN, END = "<!-- begin of the figures: python -m bench --document -->", "<!-- end of the figures -->"


def update(kept: list[dict], page: Path = PAGE) -> None:
    """Exchange the part between BEGIN and END; raises ValueError when the page has none."""
    before, rest = page.read_text().split(BEGIN)
    _, after = rest.split(END)
    page.write_text(f"{before}{BEGIN}\n\n{figures(kept)}\n\n{END}{after}")


def figures(kept: list[dict]) -> str:
    """All targets in one table, then every measurement with where and when it was made."""
    parts = ["## Targets", _targets(kept), "## Measurements"]
    return "\n\n".join([*parts, *(f"{written(result, level=3)}\n\n{_circumstances(result['measured'])}" for result in kept)])


def _targets(kept: list[dict]) -> str:
    rows = [
        [result["name"], target["text"], target["wanted"], target["measured"], VERDICTS[target["met"]], _form(result)]
        for result in kept
        for target in result["targets"]
    ]
    return grid(Table("", ["measurement", "target", "wanted", "measured", "verdict", "form, commit"], rows))


def _form(result: dict) -> str:
    return f"{result['measured']['form']}, {result['measured']['commit']}"


def _circumstances(about: dict) -> str:
    machine = about["machine"]
    where = f"{machine['cpu']}, {machine['cores']} cores, {machine['ram_gb']} GB, Linux {machine['kernel']}"
    how = f"{about['form']} form, runs: {about['runs']}, processes: {about['replicas']}, load before: {about['load_before']:.1f}"
    alone = (
        "" if about["load_before"] < machine["cores"] else " **Others worked on the machine: rates and latencies say little.**"
    )
    return f"*Commit {about['commit']}, {about['at']}; {where}, Python {machine['python']}; {how}.*{alone}"
