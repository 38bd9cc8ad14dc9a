"""Mapping: what each column is, and which answers its cells hold, as a questionnaire and arrays of answers.

May not touch the store: known questionnaires are handed in. May import `etl.readers`, `etl.recognise`, `etl.clean`
and `surveys`.
"""
