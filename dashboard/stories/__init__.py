"""What the pages tell: headings and empty states, the figures of each page, a problem's evidence, a partnership's card.

A page in `dashboard.app_pages` says which story it tells; the stories are here. Panels are built from a view and
nothing else (see `dashboard.figures`). May import `dashboard.figures`, `dashboard.charts` and what pages share.
"""
