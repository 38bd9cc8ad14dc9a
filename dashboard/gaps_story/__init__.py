"""Luki: what residents need most beside what was done, for target groups and for themes.

`gathering` puts the two together and judges, `panels` builds what is shown, `saying` finds the words.
"""
