"""Outlines of gminas and powiats out of a GeoJSON file: read with every fault at once, simplified for drawing.

An area with a fault is left out and told, the others are taken; only a file whose coordinates are another system's, or
of which nothing would be left, is refused whole. A partnership whose outline is missing still has its point on the map.
"""
