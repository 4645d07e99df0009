"""Dead letters: events no listener could handle. Look, replay, drop (docs/how-to/dead-letters.md)."""

import json
from contextlib import suppress
from dataclasses import asdict
from typing import Annotated

import typer
from amqp.exceptions import AMQPError
from kombu.exceptions import KombuError

from hoithi_cli.running import Run, command
from hoithi_cli.trouble import CheckFailed, Unreachable, WrongUsage

app = typer.Typer(no_args_is_help=True, help="Events that no listener could handle, kept aside with the reason.")

Queue = Annotated[str, typer.Argument(help="A queue of `dead-letters list`, with or without .dead.")]
Ids = Annotated[list[str] | None, typer.Argument(help="Ids of events, as `show` prints them.")]
All = Annotated[bool, typer.Option("--all", help="Every letter of the queue.")]


@command(app, "list")
def list_queues(run: Run):
    """How many events are parked beside every queue."""
    found = counts(run)
    rows = [{"queue": queue, "letters": count} for queue, count in sorted(found.items())]
    run.table("Dead letters", ["queue", "letters#"], [row.values() for row in rows])
    return {"queues": rows, "letters": sum(found.values())}


@command(app)
def show(run: Run, queue: Queue, limit: Annotated[int, typer.Option("-n", "--limit", min=1)] = 20):
    """The oldest letters of a queue: which event, since when, why. They stay where they are."""
    letters = [asdict(letter) for letter in _asked(run, "peek", _plain(queue), limit)]
    for letter in letters:
        run.show(_page(letter))
    if not letters:
        run.say(f"no dead letters in {_plain(queue)}")
    return {"queue": _plain(queue), "letters": letters}


@command(app)
def replay(run: Run, queue: Queue, ids: Ids = None, every: All = False):
    """Give letters back to their listener, after what stopped them was mended."""
    return _moved(run, "replay", "replayed", queue, ids, every)


@command(app)
def drop(run: Run, queue: Queue, ids: Ids = None, every: All = False):
    """Delete letters for good: their events will never be handled. What was deleted is printed."""
    return _moved(run, "drop", "dropped", queue, ids, every)


def _moved(run: Run, action: str, past: str, queue: str, ids, every: bool) -> dict:
    if bool(ids) == every:
        raise WrongUsage("say which letters: their ids, or --all for every letter of the queue")
    letters = _asked(run, action, _plain(queue), None if every else list(ids))
    missing = sorted(set(ids or ()) - {letter.id for letter in letters})
    document = {"queue": _plain(queue), past: [asdict(letter) for letter in letters], "not_found": missing}
    for letter in letters:
        run.show(f"{past}: {letter.id}" if action == "replay" else _page(asdict(letter)))
    run.show(f"{len(letters)} {past} from {_plain(queue)}")
    if missing:
        raise CheckFailed(f"no such letter in {_plain(queue)}: {', '.join(missing)}", document)
    return document


def counts(run: Run) -> dict[str, int]:
    """Queue -> number of its dead letters; raises WrongUsage (address not known) or Unreachable."""
    return _asked(run, "queues")


def _asked(run: Run, action: str, *arguments):
    """A function of hoithi_bus.dead_letters, with the operator's address; its own refusals become ours."""
    try:
        from hoithi_bus import dead_letters
    except ImportError as error:
        raise WrongUsage(f"hoithi-bus is not installed beside this command line ({error})") from error
    uri = run.platform.amqp_uri
    if not uri:
        raise WrongUsage("the broker's address is not known: set HOITHI_OPERATOR_AMQP_URI")
    try:
        return getattr(dead_letters, action)(uri, *arguments)
    except dead_letters.NoSuchQueue as error:
        raise WrongUsage(str(error)) from error
    except (OSError, AMQPError, KombuError) as error:
        raise Unreachable(f"RabbitMQ does not answer as the operator: {error}") from error


def _plain(queue: str) -> str:
    return queue.removesuffix(".dead")


def _page(letter: dict) -> str:
    """A letter for people; a body that is JSON is shown as such."""
    with suppress(ValueError):
        letter = {**letter, "body": json.loads(letter["body"])}
    return json.dumps(letter, ensure_ascii=False, indent=2, default=str)
