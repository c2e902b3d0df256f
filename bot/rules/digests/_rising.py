"""Which themes come up more often than chance explains, against the weeks before."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, fsum, lgamma, log

SURE = 0.05  # how often, at most, chance alone may make anything at all stand out in a digest


@dataclass(frozen=True, slots=True)
class Rising:
    """A theme with its count in the digest's weeks, and how many a like span brought on average before."""

    theme: str
    now: int
    usual: float


def rising(now: Mapping[str, int], before: Mapping[str, int], weeks: int, weeks_before: int) -> list[Rising]:
    """The themes that rise, the surest first; `now` counts by theme in so many weeks, `before` in those before them.

    The exact conditional test of two Poisson rates: where nothing has changed, each of a theme's n observations falls
    into the newer weeks with the share weeks / (weeks + weeks_before), so that their count is binomial. Holm's
    correction keeps the chance of any false finding among all themes at 5 %.
    """
    if weeks_before <= 0:
        return []
    share = weeks / (weeks + weeks_before)
    themes = [theme for theme in {*now, *before} if now.get(theme, 0) + before.get(theme, 0)]
    chances = {theme: at_least(now.get(theme, 0), now.get(theme, 0) + before.get(theme, 0), share) for theme in themes}
    found = []
    for place, theme in enumerate(sorted(themes, key=lambda theme: (chances[theme], theme))):
        if chances[theme] > SURE / (len(themes) - place):
            break
        found.append(Rising(theme, now.get(theme, 0), before.get(theme, 0) * weeks / weeks_before))
    return found


def at_least(least: int, of: int, share: float) -> float:
    """The chance that at least so many of these fall into a share of the time: the upper end of a binomial."""
    if least <= 0:
        return 1.0
    return min(1.0, fsum(_exactly(count, of, share) for count in range(least, of + 1)))


def _exactly(count: int, of: int, share: float) -> float:
    ways = lgamma(of + 1) - lgamma(count + 1) - lgamma(of - count + 1)
    return exp(ways + count * log(share) + (of - count) * log(1 - share))
