"""How soon can a first visitor press the button that matters, over a weak signal?"""

import tempfile
from pathlib import Path

from bench.figures import Spread
from bench.measurements import Options
from bench.place import Place
from bench.result import Result, Table, Target
from tests.browser import toolbox

VISITS = {True: 3, False: 9}
USABLE_S = 3.0


def measure(place: Place, options: Options) -> Result:
    """Each visit is a new browser with nothing kept; the network is Chromium's emulation of slow 3G."""
    contest_id = place.contest(3600).contest_id
    visits = [_visit(place, contest_id, options) for _ in range(VISITS[options.short])]
    usable, heading = (Spread.of(visit[name] / 1000 for visit in visits) for name in ("usable_ms", "heading_ms"))
    row = [heading, usable, Spread.of(visit["bytes"] / 1000 for visit in visits)]
    return Result(
        "page",
        "A first visit to a contest over slow 3G (400 kbit/s, 400 ms): when can one press “Đăng ký dự thi”?",
        [Table("Seconds from the address to what is seen", ["heading", "button", "KB until then"], [row])],
        [Target("usable on slow 3G", f"within {USABLE_S:g} s", usable, usable.median <= USABLE_S)],
        NOTES,
    )


def _visit(place: Place, contest_id: str, options: Options) -> dict:
    options.say("a visit")
    with tempfile.TemporaryDirectory() as pictures:
        found = {
            "base": place.instance.front_url,
            "browser": toolbox.browser(),
            "pictures": str(Path(pictures)),
            "name": "slow-3g",
        }
        return toolbox.play("slow-3g", {**found, "contest": contest_id})


NOTES = (
    "The browser and the platform share the two cores; the processor is not slowed down to that of a cheap phone.",
    "Without the service worker, which fetches the rest when the page is at rest.",
)
