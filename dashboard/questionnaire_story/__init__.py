"""The page "Kwestionariusze": look at questionnaires, take them away in any form, build one's own, compare versions.

May import Streamlit, `dashboard` and `etl`; writes go through `dashboard.services`.
"""
