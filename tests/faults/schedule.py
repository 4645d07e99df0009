"""Which fault comes when: every kind once, then by weight. The same seed gives the same kinds."""

from random import Random

from .injectors import Injector


def schedule(injectors: dict[str, Injector], count: int, seed: int) -> list[str]:
    """`count` kinds."""
    dice = Random(f"{seed}:schedule")
    kinds = sorted(injectors)
    dice.shuffle(kinds)
    more = dice.choices(kinds, [injectors[kind].weight for kind in kinds], k=max(0, count - len(kinds)))
    return [*kinds, *more][:count]
