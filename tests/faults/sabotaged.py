"""An instance some of whose processes break promises. For test_checker_bites only."""

import time
from dataclasses import replace
from pathlib import Path

from kombu import Connection

from hoithi_bus import topology
from hoithi_native.instance import Instance

FOLDER = Path(__file__).parent / "sabotage"
SABOTEURS = {
    "drop-in-relay": "exam-worker",
    "acknowledge-early": "scoring-worker",
    "score-twice": "scoring-worker",
    "alter-answers": "scoring-worker",
}
"""What breaks -> the processes in which it does."""


class Sabotaged(Instance):
    """Attached to a running instance: `begin` restarts the chosen processes with their saboteurs, `end` without."""

    sabotages: tuple[str, ...] = ()
    contest = ""

    def _service_programs(self):
        return [self._changed(program) for program in super()._service_programs()]

    def _changed(self, program):
        mine = [name for name in self.sabotages if program.name.startswith(SABOTEURS[name])]
        if not mine:
            return program
        more = {
            "PYTHONPATH": str(FOLDER),
            "HOITHI_SABOTAGE": ",".join(mine),
            "HOITHI_SABOTAGE_CONTEST": self.contest,
            "HOITHI_SABOTAGE_FILE": str(self.folders.run / f"victims-{self.contest}-"),
        }
        return replace(program, environment={**program.environment, **more})

    def begin(self, sabotages: list[str], contest: str) -> None:
        """`contest` begins the ids of the contests that are hit."""
        self.sabotages, self.contest = tuple(sabotages), contest
        self._restart()

    def end(self) -> None:
        """Throws away what the saboteurs failed at, while nobody listens: it would be tried again for minutes."""
        self.sabotages = ()
        self.prepare()
        self.supervisor.stop([each.name for each in self.processes if each.matches("scoring-worker")])
        self._forget_undelivered("scoring")
        self._start()

    def _restart(self) -> None:
        self.prepare()
        self._start()

    def _start(self) -> None:
        self.start_services(only=sorted(set(SABOTEURS.values())))

    def _forget_undelivered(self, listener: str) -> None:
        """Several passes: what somebody had in hand, or what moves from queue to queue, is in none for a moment."""
        members = [member.name for queue in topology.queue_names(listener) for member in topology.queue_family(queue)]
        with Connection(self.amqp_uri("operator")) as connection:
            for _ in range(3):
                for name in members:
                    connection.default_channel.queue_purge(name)
                time.sleep(0.5)
