"""A figure on a page, whatever it is about: built once per view (`panels`), said in one sentence, shown with its table.

Between `dashboard.charts`, which knows nothing of Streamlit, and `dashboard.stories`, which know what is told.
"""
