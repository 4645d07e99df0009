"""`python -m hoithi_contracts freeze` writes new schemas; `asyncapi` and `map` print the document and the event map."""

import json
import sys

from hoithi_contracts import asyncapi, event_map
from hoithi_contracts.frozen import BreaksTheContract, freeze


def main(arguments: list[str]) -> int:
    if arguments == ["freeze"]:
        try:
            print("\n".join(freeze()) or "nothing changed")
        except BreaksTheContract as error:
            print(f"{error.__doc__}\n{error}", file=sys.stderr)
            return 1
        return 0
    if arguments == ["asyncapi"]:
        print(json.dumps(asyncapi.describe(), ensure_ascii=False, indent=2))
        return 0
    if arguments == ["map"]:
        print(event_map.describe(), end="")
        return 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
