"""What can go wrong, with the exit code and the words a person can act on."""


class Trouble(Exception):
    """Base: the text is shown to the person, `document` is what --json prints."""

    exit_code = 1
    kind = "trouble"

    def __init__(self, text: str, document=None):
        super().__init__(text)
        self.document = document if document is not None else {"error": {"kind": self.kind, "message": text}}


class WrongUsage(Trouble):
    """The command cannot be meant like this."""

    exit_code, kind = 2, "usage"


class Unreachable(Trouble):
    """Nobody answers at the address."""

    exit_code, kind = 3, "unreachable"


class CheckFailed(Trouble):
    """The command did its work and what it looked at is not as it should be."""

    exit_code, kind = 4, "check-failed"


class Refused(Trouble):
    """The platform said no: RFC 9457 problem details, or an answer that is none."""

    exit_code, kind = 1, "refused"

    def __init__(self, status: int, problem: dict):
        self.status, self.problem = status, problem
        text = "\n".join(sentences(status, problem))
        super().__init__(text, {"error": {"kind": self.kind, "message": text, "status": status, "problem": problem}})

    @property
    def slug(self) -> str:
        """The last part of the problem's type: "round-not-open"."""
        return str(self.problem.get("type", "")).rsplit("/", 1)[-1]


def sentences(status: int, problem: dict) -> list[str]:
    """Title, detail and one line per wrong field."""
    title = problem.get("title") or "the platform refused"
    detail = problem.get("detail")
    lines = [f"{title} ({status})", detail if detail != title else None]
    lines += [
        f"  {error.get('field', '')}: {error.get('message') or error.get('code', '')}" for error in problem.get("errors") or ()
    ]
    return [line for line in lines if line]
