"""The two languages of the product, Polish first."""

from typing import Literal, get_args

Language = Literal["pl", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
