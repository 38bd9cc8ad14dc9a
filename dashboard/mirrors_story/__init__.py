"""Trzy lustra: what residents, partners and official figures say of each problem, side by side, and where they differ.

`gathering` puts the three together and judges, `panels` builds what is shown, `saying` finds the words.
"""
