"""Outlines of gminas and powiats out of a GeoJSON file: read with every fault at once, simplified for drawing.

Whole or not at all: a file with a fault is not stored, since a map with holes would tell its reader that there is
nothing there.
"""
