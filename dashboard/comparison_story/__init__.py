"""The page Porównanie: partnerships side by side, the gate of comparisons first, no league tables.

Figures of partnerships leave through `surveys.privacy.place_tables` only, in whole percents and rounded counts.
"""
