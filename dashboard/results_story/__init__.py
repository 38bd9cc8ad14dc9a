"""The page "Wyniki ankiet": one measurement of one partnership, part by part, each part with an address of its own.

`choosing` finds the measurement and the part; `measurement` is what the parts are told from; the other modules each
tell one part from figures that have passed the disclosure gate. May import Streamlit, `dashboard`, `etl`, `surveys`.
"""
