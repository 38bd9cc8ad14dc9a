"""What can be asked of the store, always within the scope of whoever asks.

`scope` turns an actor into the partnerships they may see; every question takes that `Scope` and nothing wider, and
returns pandas frames or small values. Frames hold codes, never labels; a missing date is ``NaT``, a missing number
``NaN``, a missing reference ``None``.
"""

from etl.store.reading.crosstab_sums import (
    CrosstabSums,
    FrequencySums,
    Sums,
    read_crosstab_sums,
    read_frequency_sums,
)
from etl.store.reading.places import PlaceShares, read_asked_vocabularies, read_place_shares
from etl.store.reading.register import RegisterFrames, read_register_frames
from etl.store.reading.scope import PartnershipRef, Scope, resolve_scope, resolve_scope_together
from etl.store.reading.survey_counts import SurveyCounts, read_survey_counts, read_survey_waves
from etl.store.reading.survey_origins import read_response_origins, read_survey_origins
from etl.store.reading.weights import Recipe, StoredWeighting, read_weighting

__all__ = [
    "CrosstabSums",
    "FrequencySums",
    "PartnershipRef",
    "PlaceShares",
    "Recipe",
    "RegisterFrames",
    "Scope",
    "StoredWeighting",
    "Sums",
    "SurveyCounts",
    "read_asked_vocabularies",
    "read_crosstab_sums",
    "read_frequency_sums",
    "read_place_shares",
    "read_register_frames",
    "read_response_origins",
    "read_survey_counts",
    "read_survey_origins",
    "read_survey_waves",
    "read_weighting",
    "resolve_scope",
    "resolve_scope_together",
]
