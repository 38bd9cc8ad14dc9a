"""Data in and out: readers, recognisers, mapping, cleaning, the store, exports, sample data, the command line.

The only package that touches files, SQL and the network. May import `surveys`; may not import `dashboard`.
"""
