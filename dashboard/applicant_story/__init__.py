"""The page Kto może być wnioskodawcą: a source and who may apply to it, themes that somebody can carry, who does now.

May import everything of the dashboard but its pages.
"""
