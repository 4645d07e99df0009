"""The use cases: load, decide, save. `storage` is `hoithi_exam.storage.Storage` or a test's stand-in."""

from collections.abc import Callable

from hoithi_exam.domain.contest import ChangedMeanwhile

TRIES = 5


def persistently(attempt: Callable[[], object]):
    """Call until it does not return None: each time the state is read anew. Raises ChangedMeanwhile at last."""
    for _ in range(TRIES):
        result = attempt()
        if result is not None:
            return result
    raise ChangedMeanwhile()
