"""Meetings on the page Spotkania: preparing one, what is printed for it, who was there, what it left.

The meeting itself is run on plain pages (`dashboard.meetings`).
"""
