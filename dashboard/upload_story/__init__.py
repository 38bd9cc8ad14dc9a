"""The conversation of "Wgraj dane": choose a file, see what it is, mend or decide, see what would change, load.

How far it is stands in the store (files, jobs, their outcomes) and in the address (``?wgranie=``), so that reload,
the back button, a closed tab and a second tab find it; only choices not yet sent stay in the tab. `standing` reads it,
the other modules each tell one step. May import Streamlit, `dashboard`, `etl` and `surveys`.
"""
