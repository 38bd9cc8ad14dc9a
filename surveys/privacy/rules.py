"""The thresholds of what may be shown, in one place.

They follow the public-statistics act by analogy (fewer than three entities, or one above three quarters); that BORIS
decides them is said on the page about methods.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DisclosureRules:
    """Thresholds of what may be shown.

    Attributes:
        name: key of a text that names the rule on the method note.
        min_base: people under a figure; below it nothing is shown.
        sensitive_min_base: the same for questions about addiction, health or violence.
        min_count: an option chosen by fewer (but somebody) is hidden.
        percent_base: below this base counts only, no percents and no comparison.
        flag_base: below this base a percent carries a warning.
        min_participants: people of a sensitive activity are not counted aloud below this.
        homogeneous_base: in a smaller group an answer of nobody or of everybody is hidden: it would tell of each.
        min_width: a hidden cell of a crosstab cannot be bounded by what is shown to fewer than this many people more
            or less.
        most_hidden: a breakdown with a larger share of hidden cells is not shown at all.
        money_percent: the largest giver of a sum can't be estimated by the second within this many per cent.
        min_contributors: givers under a sum of money.
        min_places: partnerships that are set side by side, or put together, in public.
        most_of_one: no partnership gives a larger share of the people put together.
        rounding: public counts and bases are rounded to this many people; 1 leaves them as they are.
    """

    name: str
    min_base: int = 10
    sensitive_min_base: int = 20
    min_count: int = 3
    percent_base: int = 30
    flag_base: int = 60
    min_participants: int = 10
    homogeneous_base: int = 10
    min_width: int = 3
    most_hidden: float = 0.5
    money_percent: float = 10.0
    min_contributors: int = 3
    min_places: int = 3
    most_of_one: float = 0.75
    rounding: int = 1

    def base_for(self, *, sensitive: bool) -> int:
        """Return how many people a figure needs."""
        return max(self.min_base, self.sensitive_min_base) if sensitive else self.min_base


STANDARD_RULES = DisclosureRules(name="rules.standard")
INSIDE_RULES = DisclosureRules(name="rules.inside", min_base=5)
"""For the partnership's own eyes, by a choice of its coordinator that is named on the page."""
PUBLIC_RULES = DisclosureRules(name="rules.public", rounding=5)
"""For everybody, and for comparisons of partnerships."""
VOTE_RULES = DisclosureRules(name="rules.vote", min_base=5)
"""For votes at a meeting: people who vote see one another, and the result of fewer than five tells how each voted."""
