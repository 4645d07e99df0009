"""What modules begin before the first scenario plays: rounds whose close or minutes a test would have to wait for.

A module that has `begin(stage)` finds what it returned in the fixture `begun`. `go_on(stage, begun)`, where there is one,
is called when all have begun.
"""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

import httpx


def a_everywhere(paper: dict) -> dict[str, str]:
    return {str(question["n"]): "A" for question in paper["questions"]}


@dataclass(frozen=True)
class Stage:
    """The fixtures of the session that a beginning needs."""

    front: httpx.Client
    contest: Callable[..., str]
    newcomer: Callable[[], dict]
    sign_in: Callable[[str], dict]
    eventually: Callable

    def begun(self, modules: list[ModuleType]) -> dict[str, object]:
        """Name of a module -> what it began."""
        found = {module.__name__: module.begin(self) for module in modules}
        for module in modules:
            if hasattr(module, "go_on"):
                module.go_on(self, found[module.__name__])
        return found

    def taken(self, account: dict, round_id: str, answers: Callable = a_everywhere, prediction: int | None = 1) -> dict:
        """The paper that the person has handed in. `answers(paper)` chooses; A everywhere unless it is given."""
        header = {"Authorization": f"Bearer {account['token']}"}
        paper = done(self.front.post(f"/api/exam/rounds/{round_id}/attempts", headers=header))
        told = {"answers": answers(paper), "prediction": prediction}
        done(self.front.post(f"/api/exam/attempts/{paper['attempt_id']}/submit", json=told, headers=header))
        return paper

    def header(self, account: dict) -> dict:
        """Of somebody who signs in now: the token from the beginning may be too old when a test's turn comes."""
        known = {name: account[name] for name in ("identifier", "password")}
        token = done(self.front.post("/api/registration/sign-in", json=known))["access_token"]
        return {"Authorization": f"Bearer {token}"}

    def questions(self) -> dict[str, dict]:
        """The demonstration bank's questions with their keys, by text."""
        header, bank = self.sign_in("organiser"), "/api/exam/banks"
        versions = done(self.front.get(bank, headers=header))["banks"]
        newest = max(each["version"] for each in versions if each["bank_id"] == "chuyen-doi-so")
        page = done(self.front.get(f"{bank}/chuyen-doi-so/versions/{newest}?limit=500", headers=header))["page"]
        return {question["text"]: question for question in page}


def done(answer: httpx.Response):
    assert answer.is_success, answer.text
    return answer.json()
