"""An instance some of whose processes break a promise. For test_checker_bites only."""

from dataclasses import replace
from pathlib import Path

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
    """Attached to a running instance: `begin` restarts the chosen processes with the saboteur, `end` without."""

    sabotage: str | None = None

    def _service_programs(self):
        return [self._changed(program) for program in super()._service_programs()]

    def _changed(self, program):
        if not self.sabotage or not program.name.startswith(SABOTEURS[self.sabotage]):
            return program
        more = {"PYTHONPATH": str(FOLDER), "HOITHI_SABOTAGE": self.sabotage, "HOITHI_SABOTAGE_FILE": str(self._victims())}
        return replace(program, environment={**program.environment, **more})

    def _victims(self) -> Path:
        return self.folders.run / f"victims-of-{self.sabotage}"

    def begin(self, sabotage: str) -> None:
        self.sabotage = sabotage
        self._victims().unlink(missing_ok=True)
        self._restart(SABOTEURS[sabotage])

    def end(self) -> None:
        kind, self.sabotage = SABOTEURS[self.sabotage], None
        self._restart(kind)

    def _restart(self, kind: str) -> None:
        self.prepare()
        self.start_services(only=[kind])
