"""Catalogues of prose that belongs to meaning: findings (cause and remedy by code) and words of results."""
