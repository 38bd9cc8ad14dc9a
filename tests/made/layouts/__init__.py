"""The known survey (`tests.made.truth`) written down as each source does; a module a source, `tables` for files."""
