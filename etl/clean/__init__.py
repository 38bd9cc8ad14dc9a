"""Cleaning: written values into numbers, dates, kinds of missing; personal data out of open texts.

Works on a column's distinct values, never cell by cell, and never guesses silently: what could not be read comes
back as such. May import `etl.readers` and `surveys`.
"""
