"""Prose of the command line and of what it prints, by keys, Polish and English side by side. Holds no code."""
