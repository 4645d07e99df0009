"""The arithmetic of measurements: percentiles, and the spread of repeated runs."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Spread:
    """One figure of several runs."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, figures: Iterable[float]) -> "Spread":
        """Raises ValueError when there are none."""
        known = sorted(figures)
        if not known:
            raise ValueError("no run, no figure")
        return cls(median(known), known[0], known[-1])

    def __str__(self) -> str:
        if self.least == self.most:
            return short(self.median)
        return f"{short(self.median)} ({short(self.least)}..{short(self.most)})"


def percentile(ordered: Sequence[float], share: float) -> float:
    """The smallest of the ordered values that at least `share` (0..1) of them do not exceed; nan when there are none."""
    if not ordered:
        return math.nan
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def short(figure: float) -> str:
    """Three significant digits, as a person reads them: 0.0312, 1.84, 312, 4,210."""
    if figure == 0 or not math.isfinite(figure):
        return "0" if figure == 0 else "-"
    digits = max(0, 2 - math.floor(math.log10(abs(figure))))
    return f"{figure:,.{digits}f}"
