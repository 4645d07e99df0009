"""`python -m hoithi_contracts freeze` writes new schemas; `... asyncapi` prints the AsyncAPI document."""

import json
import sys

from hoithi_contracts import asyncapi
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
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
