"""What an interval covers depends on how people came into the sample.

A random sample of a small population is surer than of a large one, and a census (every partner asked, every partner
answered) has no sampling error at all. Most local surveys are of convenience: whoever came, whoever clicked. Their
intervals cover chance only, not who was never reached, and the method note has to say so.
"""

from enum import StrEnum

from surveys.analysis.uncertainty import wilson_interval
from surveys.language.texts import Language, load_catalogue


class SampleKind(StrEnum):
    """How people came into the sample."""

    CONVENIENCE = "convenience"
    RANDOM = "random"
    CENSUS = "census"


def share_interval(
    count: float,
    n: float,
    kind: SampleKind = SampleKind.CONVENIENCE,
    population: int | None = None,
    confidence: float = 0.95,
) -> tuple[float, float] | None:
    """Return the interval of a share, as far as the sample has one.

    Args:
        count: people with the answer.
        n: people who answered, above 0.
        kind: of the sample; the correction for a finite population is for random samples alone.
        population: people there are, where known; at least ``n``.
        confidence: between 0 and 1.

    Returns:
        Lower and upper bound; ``None`` for a census. A random sample of everybody leaves nothing open: both bounds
        are the share.

    Raises:
        ValueError: when more people answered than there are.

    Source: W. G. Cochran, Sampling Techniques (1977), section 3.2: the standard error shrinks by √((N − n)/(N − 1)),
    which is an effective base of n·(N − 1)/(N − n).
    """
    if kind is SampleKind.CENSUS:
        return None
    if kind is SampleKind.CONVENIENCE or population is None:
        return wilson_interval(count, n, confidence)
    if n > population:
        raise ValueError("more people answered than there are")
    share = count / n
    if n == population:
        return share, share
    effective = n * (population - 1) / (population - n)
    return wilson_interval(min(share * effective, effective), effective, confidence)


def describe_sample(kind: SampleKind, language: Language) -> str:
    """Return the sentence on what the intervals cover, for the method note."""
    return load_catalogue("surveys.language.catalogues").say(f"sampling.{kind.value}", language)
