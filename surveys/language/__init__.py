"""Polish and English: texts by key, folding, collation, numerals, dates, suggestions of codes.

May import the standard library, babel and rapidfuzz; knows nothing of SQL or the screen.
"""
