"""The page Kapitał społeczny: who works with whom, what it rests on, what grows out of it, and who should meet.

Organisations are named; a resident who is a partner is not. May import everything of the dashboard but its pages.
"""
