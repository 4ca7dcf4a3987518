"""Rates and shares with intervals, and how long something took (pure).

A count is taken as Poisson distributed. Its 95 % interval is exact up to nine cases (Garwood, Biometrika
1936) and Byar's approximation from ten (Breslow and Day, Statistical methods in cancer research II, 1987,
p. 69), as the English public health observatories recommend (APHO Technical Briefing 3, 2008). A share has
Wilson's interval, and the difference between two shares Newcombe's (Statistics in Medicine 17, 1998,
pp. 857 and 873, methods 3 and 10), which hold for few as well.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import exp, factorial, hypot, sqrt

Z = 1.959964
"""The standard normal deviate that leaves 2.5 % on either side."""
TAIL = 0.025
EXACT_BELOW = 10


@dataclass(frozen=True)
class Rate:
    """So many for each `per`, with its 95 % interval."""

    value: float
    low: float
    high: float
    per: int


def interval(n: int) -> tuple[float, float]:
    """The 95 % interval of a count. Raises: ValueError for a negative one."""
    if n < 0:
        raise ValueError("a count is not negative")
    if n < EXACT_BELOW:
        return _exact_low(n), _solve(lambda mean: _at_most(n, mean) - TAIL)
    return _byar(n, -Z), _byar(n + 1, Z)


def rate_of(n: int, exposure: float, per: int) -> Rate | None:
    """`n` for each `per` of the exposure; None when nothing was exposed."""
    if exposure <= 0:
        return None
    low, high = interval(n)
    return Rate(n * per / exposure, low * per / exposure, high * per / exposure, per)


@dataclass(frozen=True)
class Share:
    """`n` of `of`, in percent, with its 95 % interval."""

    n: int
    of: int
    value: float
    low: float
    high: float


def share_of(n: int, of: int) -> Share:
    """How large a part `n` is. Raises: ValueError for a part of nothing, or one that is no part."""
    if not 0 <= n <= of or not of:
        raise ValueError("a share is of something")
    p, z2 = n / of, Z * Z
    middle = (p + z2 / (2 * of)) / (1 + z2 / of)
    reach = Z * sqrt(p * (1 - p) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return Share(n, of, 100 * p, 100 * max(middle - reach, 0), 100 * min(middle + reach, 1))


def direction(before: Share, after: Share) -> int:
    """1 or -1 when a share has gone up or down by more than chance would give, else 0."""
    change = after.value - before.value
    least = change - hypot(after.value - after.low, before.high - before.value)
    most = change + hypot(after.high - after.value, before.value - before.low)
    return int(least > 0) - int(most < 0)


def percentile(counts: Mapping[int, int], share: float) -> int | None:
    """The limit within which `share` (0-1) of the cases lie. `counts`: cases by the upper limit of their
    class.
    """
    needed, seen = share * sum(counts.values()), 0
    for limit, n in sorted(counts.items()):
        seen += n
        if n and seen >= needed:
            return limit
    return None


def _byar(n: int, z: float) -> float:
    return n * (1 - 1 / (9 * n) + z / (3 * sqrt(n))) ** 3


def _exact_low(n: int) -> float:
    return 0.0 if n == 0 else _solve(lambda mean: TAIL - (1 - _at_most(n - 1, mean)))


def _at_most(n: int, mean: float) -> float:
    """The probability of at most `n` cases where `mean` are expected."""
    return exp(-mean) * sum(mean**k / factorial(k) for k in range(n + 1))


def _solve(falling: Callable[[float], float]) -> float:
    """Where a falling function of the mean is zero, by halving between 0 and 30 (enough for nine cases)."""
    low, high = 0.0, 30.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return low
