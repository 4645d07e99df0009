"""`make bench`, or `python -m bench [NAME ...] [--short] [--json FOLDER]`. Exit code 0 unless a measurement breaks."""

import argparse
import sys
import time
from pathlib import Path

from bench import document, measurements


def main() -> int:
    options = _parsed()
    if options.document:
        document.update(measurements.kept(document.RESULTS))
        return 0
    unknown = set(options.names) - set(measurements.found())
    if unknown:
        sys.exit(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(measurements.found())}")
    wanted = [name for name in measurements.found() if name in options.names or not options.names]
    how = measurements.Options(options.short, options.runs or (1 if options.short else 3), _say, options.replicas, options.attach)
    broken = measurements.run(wanted, how, options.json)
    if broken:
        print(f"broken: {', '.join(broken)}", file=sys.stderr)
    return 1 if broken else 0


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(measurements.found())}; all when none is named")
    parser.add_argument("--short", action="store_true", help="a minute or so each, instead of all that the targets ask for")
    parser.add_argument("--runs", type=int, help="how often what varies is repeated (3; short form: 1)")
    parser.add_argument("--replicas", type=int, help="processes of every kind, instead of those in deploy/processes.yml")
    parser.add_argument(
        "--attach", default="", metavar="HOME,FRONT,BASE", help="a platform that runs already, with its two ports"
    )
    parser.add_argument("--json", type=Path, metavar="FOLDER", help="keep each result there as NAME.json")
    parser.add_argument("--document", action="store_true", help="only write docs/reference/performance.md from bench/results/")
    return parser.parse_args()


def _say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
