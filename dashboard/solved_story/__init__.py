"""The page Kto już to zrobił?: whom to visit for a problem, because they finished something that worked and share it.

May import everything of the dashboard but its pages.
"""
