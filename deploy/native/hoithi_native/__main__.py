"""up, down, status: what `make` calls. Home and ports come from HOITHI_HOME, HOITHI_FRONT_PORT, HOITHI_BASE_PORT."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from rich.console import Console

from hoithi_native import Instance, Trouble, shared_files, summary
from hoithi_native.layout import REPOSITORY
from hoithi_native.platform_file import read_platform_file, write_platform_file

console = Console(highlight=False, soft_wrap=True)


def main():
    """Runs one verb; a Trouble ends with its sentence instead of a traceback."""
    arguments = _parser().parse_args()
    try:
        sys.exit(arguments.verb(arguments))
    except Trouble as trouble:
        Console(stderr=True, highlight=False).print(f"[red]hoithi:[/] {trouble}", soft_wrap=True)
        sys.exit(1)


def up(_arguments):
    """Starts what does not run yet, loads the demo and says where everything is."""
    instance = _instance()
    with console.status("starting") as status:
        instance.report = lambda text: status.update(text) if console.is_terminal else console.print(text)
        instance.start()
        platform_file = write_platform_file(instance)
        instance.report("loading the demo contest")
        demo = _load_demo(platform_file)
    console.print(summary.of(instance, demo))


def down(_arguments):
    """Stops exactly what this home started."""
    instance = _instance()
    with console.status("stopping"):
        instance.stop()
    console.print("stopped; the data stays in", instance.folders.home)


def status(_arguments):
    """One line per process; exit code 1 unless everything runs."""
    states = _instance().status()
    console.print(summary.table(states) if states else "nothing runs; start it with: make up")
    return 0 if states and all(state["statename"] == "RUNNING" for state in states.values()) else 1


def secrets(arguments):
    """Writes the secrets of a docker compose deployment into one folder per container."""
    shared_files.write_secrets(Path(arguments.folder))


def render_shared(_arguments):
    """Renders nginx's and Prometheus's configuration for docker compose."""
    shared_files.render()


def _instance():
    home = Path(os.environ.get("HOITHI_HOME") or REPOSITORY / ".hoithi")
    last = read_platform_file(home)
    front = int(os.environ.get("HOITHI_FRONT_PORT") or last.get("front_port", 8080))
    base = int(os.environ.get("HOITHI_BASE_PORT") or last.get("base_port", 18000))
    replicas = os.environ.get("HOITHI_REPLICAS")
    return Instance(home, front, base, int(replicas) if replicas else None)


def _load_demo(platform_file):
    """True when the CLI is installed and the (idempotent) loader succeeded."""
    command = Path(sys.executable).parent / "hoithi"
    if not command.exists():
        return False
    environment = os.environ | {"HOITHI_PLATFORM": str(platform_file)}
    result = subprocess.run([command, "demo", "load"], env=environment, capture_output=True, text=True)
    if result.returncode:
        console.print(f"[yellow]the demo was not loaded:[/] {result.stderr.strip() or result.stdout.strip()}")
    return result.returncode == 0


def _parser():
    parser = argparse.ArgumentParser(prog="python -m hoithi_native", description=__doc__)
    verbs = parser.add_subparsers(required=True)
    for verb in (up, down, status, secrets, render_shared):
        name = verb.__name__.replace("_", "-")
        verbs.add_parser(name, help=verb.__doc__).set_defaults(verb=verb)
    verbs.choices["secrets"].add_argument("folder")
    return parser


if __name__ == "__main__":
    main()
