"""The sample data: thirteen invented partnerships for people who try the program out.

Everything is made by chance from a fixed seed and a fixed reference day, so that everybody sees the same; every
partnership carries ``sample = True``. Wordings live in ``content/*.toml``, invented and in Polish, like the data of a
partnership would be. `loading` puts everything into an empty store and takes it out again, `files` writes two files
to try the upload with. May import numpy, `surveys`, `etl.answers`, `etl.exports` and `etl.store`; nothing of the
program imports it but the command line and the tests.
"""
