"""Analysis: pure functions from counts and frames to figures with their uncertainty.

Standard library, numpy and pandas. Knows nothing of where data come from or how they are drawn.
"""
