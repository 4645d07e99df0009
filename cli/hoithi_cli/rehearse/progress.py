"""How far a long command is: a bar on a terminal, lines elsewhere. Always on stderr."""

import time
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

EVERY_S = 5.0


class Lines:
    """For logs: one line when a stage begins, every few seconds, and at its end."""

    def __init__(self, console: Console):
        self.console = console

    def say(self, text: str):
        self.console.print(text, markup=False, soft_wrap=True)

    @contextmanager
    def stage(self, title: str, total: int):
        """Gives `advance(steps=1)`."""
        state = {"done": 0, "said": time.monotonic()}

        def advance(steps: int = 1):
            state["done"] += steps
            if time.monotonic() - state["said"] > EVERY_S:
                state["said"] = time.monotonic()
                self.say(f"{title}: {state['done']}/{total}")

        began = time.monotonic()
        self.say(f"{title} ...")
        yield advance
        self.say(f"{title}: {state['done']}/{total} in {time.monotonic() - began:.1f} s")


class Bars(Lines):
    """For people: a bar per stage that stays when it is full."""

    @contextmanager
    def stage(self, title: str, total: int):
        columns = (TextColumn("{task.description:<28}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self.console) as bars:
            task = bars.add_task(title, total=total)
            yield lambda steps=1: bars.advance(task, steps)


def progress(console: Console) -> Lines:
    """The kind that fits the console."""
    return Bars(console) if console.is_terminal else Lines(console)
