"""Recompute a round's results from its public files: python -m hoithi_scoring.recompute attempts.csv rules.json [results.json]

Prints the SHA-256 that the platform must show for the round; with a third name, also writes the file.
Needs nothing but the files: no database, no secret.
"""

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime

from hoithi_scoring.domain import export
from hoithi_scoring.domain.ranking import Attempt, rank

HEAD = ("round_id", "contest_id", "number", "rules")


def recompute(lines: Iterable[str], rules_file: dict) -> Iterator[bytes]:
    """The canonical results file in pieces, from the lines of attempts.csv and the object of rules.json."""
    rows = list(csv.DictReader(lines))
    invalid = frozenset((row["person"], int(row["number"])) for row in rows if row["invalidated"] == "true")
    rules = export.rules_from(rules_file["rules"])
    ranking = rank(map(_attempt, rows), rules, invalid)
    head = {name: rules_file[name] for name in HEAD}
    return export.results(head, ranking.figures, ranking.actual, ranking.rows)


def _attempt(row: dict) -> Attempt:
    numbers = {name: int(row[name]) for name in ("number", "right", "points", "duration_ms")}
    times = {f"{name}_ms": _ms(row[f"{name}_at"]) for name in ("started", "submitted", "registered")}
    return Attempt(person=row["person"], perfect=row["perfect"] == "true", division=row["division"], unit_id=row["unit_id"],
                   prediction=int(row["prediction"]) if row["prediction"] else None,
                   party_unit_id=row["party_unit_id"] or None, **numbers, **times)  # fmt: skip


def _ms(text: str) -> int:
    return export.milliseconds(datetime.fromisoformat(text))


def main(arguments: list[str]):
    if len(arguments) not in (2, 3):
        sys.exit(__doc__)
    with open(arguments[0], encoding="utf-8-sig", newline="") as attempts, open(arguments[1], encoding="utf-8") as rules:
        pieces = list(recompute(attempts, json.load(rules)))
    if len(arguments) == 3:
        with open(arguments[2], "wb") as made:
            made.writelines(pieces)
    print(export.digest(pieces))


if __name__ == "__main__":
    main(sys.argv[1:])
