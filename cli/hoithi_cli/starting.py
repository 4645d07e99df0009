"""A start in turn: over capacity the platform answers with an appointment, and lets in who comes back then."""

import time
from collections.abc import Callable

from hoithi_cli.front_door import decoded


def start_in_turn(person, round_id: str, waited: Callable[[float], None] = lambda seconds: None, **request) -> dict:
    """The paper. `waited(seconds)` is told of every wait; `request` goes to `person.send`."""
    headers: dict[str, str] = {}
    while True:
        answer = person.send("POST", "exam", f"/rounds/{round_id}/attempts", headers=headers, **request)
        if answer.status_code != 202:
            return decoded(answer)
        waiting = decoded(answer)["waiting"]
        headers = {"X-Waiting-Ticket": waiting["ticket"]}
        waited(waiting["wait_seconds"])
        time.sleep(waiting["wait_seconds"])
