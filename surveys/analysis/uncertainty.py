"""How sure a share is: intervals for proportions and their differences.

Written out rather than taken from statsmodels, whose import alone takes a second of every cold start; the tests
hold both to the same numbers.
"""

from math import sqrt
from statistics import NormalDist


def wilson_interval(count: float, n: float, confidence: float = 0.95) -> tuple[float, float]:
    """Return the Wilson score interval of a proportion.

    For a weighted share pass ``count = p · n_eff`` and ``n = n_eff``.

    Args:
        count: people who chose the option, 0 ≤ count ≤ n.
        n: people who gave a valid answer, above 0.
        confidence: between 0 and 1.

    Returns:
        Lower and upper bound, shares 0–1.

    Raises:
        ValueError: when the counts are impossible.

    Source: E. B. Wilson, JASA 22 (1927) 209–212.
    """
    if not (n > 0 and 0 <= count <= n and 0 < confidence < 1):
        raise ValueError("a proportion needs 0 ≤ count ≤ n, n > 0 and a confidence between 0 and 1")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    centre = 2 * count + z * z
    spread = z * sqrt(z * z + 4 * count * (1 - count / n))
    width = 2 * (n + z * z)
    # At 0 and n rounding could put a bound a hair outside what is possible.
    low = 0.0 if count == 0 else max(0.0, (centre - spread) / width)
    high = 1.0 if count == n else min(1.0, (centre + spread) / width)
    return low, high


def newcombe_interval(
    count1: float, n1: float, count2: float, n2: float, confidence: float = 0.95
) -> tuple[float, float, float]:
    """Return the difference of two independent proportions with Newcombe's hybrid score interval.

    Args:
        count1: people in the first group who chose the option; ``n1``: its base.
        n1: base of the first group.
        count2: the same in the second group; ``n2``: its base.
        n2: base of the second group.
        confidence: between 0 and 1.

    Returns:
        Difference (first minus second), lower and upper bound.

    Source: R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890, method 10.
    """
    low1, high1 = wilson_interval(count1, n1, confidence)
    low2, high2 = wilson_interval(count2, n2, confidence)
    share1, share2 = count1 / n1, count2 / n2
    difference = share1 - share2
    low = difference - sqrt((share1 - low1) ** 2 + (high2 - share2) ** 2)
    high = difference + sqrt((high1 - share1) ** 2 + (share2 - low2) ** 2)
    return difference, low, high
