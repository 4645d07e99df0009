"""Long work under a lease."""

from collections.abc import Callable, Iterable, Iterator

from hoithi_scoring.domain.refusals import Outpaced

BEAT_EVERY = 20_000


def beating(items: Iterable, name: str, beat: Callable[[], bool]) -> Iterator:
    """The items; between them the lease is prolonged, which also lets other greenlets run. Raises Outpaced once it is lost."""
    for number, item in enumerate(items, 1):
        if number % BEAT_EVERY == 0 and not beat():
            raise Outpaced(name)
        yield item
