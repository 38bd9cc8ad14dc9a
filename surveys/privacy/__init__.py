"""Privacy of small places: what may be shown, in one small room with written promises.

`disclosure` holds the rules and applies them, `published` the one value that leaves: charts, pages, tables and
downloads accept a `PublishedTable` only. Standard library only.
"""
