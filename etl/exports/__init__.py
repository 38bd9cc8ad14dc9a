"""Data out: the partnership workbook and tables of published figures.

Every writer neutralises what a spreadsheet would run: a text that begins like a formula stays a text.
"""
