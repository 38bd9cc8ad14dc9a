"""The same people twice: two answers of one person, or one question before and after.

Such answers are not independent: the interval of two separate samples would be wrong. What decides are the people
who changed.
"""

from math import floor, sqrt

from surveys.analysis.uncertainty import wilson_interval


def mcnemar_p_value(only_first: int, only_second: int) -> float:
    """Return the exact p-value of "as many changed one way as the other".

    Args:
        only_first: people with the first answer and not the second.
        only_second: people with the second and not the first.

    Returns:
        Two-sided; 1 when nobody changed.

    Source: Q. McNemar, Psychometrika 12 (1947) 153–157, in its exact binomial form.
    """
    from scipy.special import bdtr  # noqa: PLC0415 # costs 0.2 s of a cold start

    if min(only_first, only_second) < 0:
        raise ValueError("numbers of people are not negative")
    changed = only_first + only_second
    if not changed:
        return 1.0
    return min(1.0, 2 * float(bdtr(min(only_first, only_second), changed, 0.5)))


def paired_interval(
    both: int, only_first: int, only_second: int, neither: int, confidence: float = 0.95
) -> tuple[float, float, float]:
    """Return the difference of two shares of the same people with its interval.

    Args:
        both: people with both answers.
        only_first: people with the first only.
        only_second: people with the second only.
        neither: people with none of the two.
        confidence: between 0 and 1.

    Returns:
        Difference (first minus second), lower and upper bound.

    Raises:
        ValueError: when there is nobody, or a number is negative.

    Source: R. G. Newcombe, Statistics in Medicine 17 (1998) 2635–2650, method 10.
    """
    people = both + only_first + only_second + neither
    if min(both, only_first, only_second, neither) < 0 or not people:
        raise ValueError("there has to be somebody, and numbers of people are not negative")
    pairs = (both, only_first, only_second, neither)
    return overlapping_interval((both + only_first, people), (both + only_second, people), pairs, confidence)


def overlapping_interval(
    first: tuple[int, int],
    second: tuple[int, int],
    pairs: tuple[int, int, int, int],
    confidence: float = 0.95,
    step: float = 0.0,
) -> tuple[float, float, float]:
    """Return the difference of two shares of which most, not all, people gave both answers.

    Args:
        first: people with the first answer, and people asked for it.
        second: the same of the second.
        pairs: among those asked for both: people with both answers, the first only, the second only, none.
        confidence: between 0 and 1.
        step: the correlation of the answers is rounded down to multiples of this, 0 for not at all. It is what the
            interval tells beside the two shares; rounded down it is never narrower.

    Returns:
        Difference (first minus second), lower and upper bound. With the same people in both it is the paired interval,
        with nobody in both that of separate samples.

    Raises:
        ValueError: when nobody was asked for one of them.

    Source: G. Y. Zou, A. Donner, Statistics in Medicine 27 (2008) 1693–1702, from Wilson's intervals; the correlation
    of the shares is that of the answers times n₁₂/√(n₁n₂): S. C. Choi, D. M. Stablein, Applied Statistics 31 (1982)
    260–262.
    """
    (count1, people1), (count2, people2) = first, second
    if not (people1 and people2):
        raise ValueError("somebody has to be asked")
    low1, high1 = wilson_interval(count1, people1, confidence)
    low2, high2 = wilson_interval(count2, people2, confidence)
    share1, share2 = count1 / people1, count2 / people2
    correlation = _correlation(*pairs)
    if step:
        correlation = floor(correlation / step + 1e-9) * step
    correlation *= sum(pairs) / sqrt(people1 * people2)
    difference = share1 - share2
    below = _reach(share1 - low1, high2 - share2, correlation)
    above = _reach(high1 - share1, share2 - low2, correlation)
    return difference, difference - below, difference + above


def _correlation(both: int, only_first: int, only_second: int, neither: int) -> float:
    """Newcombe's φ, corrected towards 0 where it is positive."""
    people = both + only_first + only_second + neither
    first, second = both + only_first, both + only_second
    margins = float(first * (people - first) * second * (people - second))
    surplus = float(both * neither - only_first * only_second)
    if surplus > 0:
        surplus = max(surplus - people / 2, 0.0)
    return surplus / sqrt(margins) if margins else 0.0


def _reach(first: float, second: float, correlation: float) -> float:
    return sqrt(max(0.0, first**2 - 2 * correlation * first * second + second**2))
