"""Two people, or one person twice, may save the same thing at the same moment."""

import functools

from hoithi_registration.domain.refusal import ChangedMeanwhile

TRIES = 5


def again_if_changed(handler):
    """Load, decide and save once more when somebody else saved in between."""

    @functools.wraps(handler)
    def wrapper(*args, **kwargs):
        for _ in range(TRIES - 1):
            try:
                return handler(*args, **kwargs)
            except ChangedMeanwhile:
                continue
        return handler(*args, **kwargs)

    return wrapper
