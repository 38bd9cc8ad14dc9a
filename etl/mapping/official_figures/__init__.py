"""Official figures out of sheets: which variable a column is, which area a row is, what each cell says.

A figure keeps the digits it was written with; a sign for its absence stays that sign. Nothing is guessed: a row whose
area is unknown, or a cell that is neither a number nor a known sign, is left out and said.
"""
