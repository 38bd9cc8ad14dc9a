"""Saying what a file is, without a store: nothing here may import `etl.store`, so that a look costs no database.

`file` is the way in; the others are its branches, one for each kind of content.
"""
