"""Mapa: partnerships on a map of Mazovia by what the register, residents or official figures say of them.

`places` finds where they are, `layers` what is known of each, `panels` puts both on the map and beside it.
"""
