"""The store: the one room that speaks SQL (SQLAlchemy 2.1 Core) to SQLite or PostgreSQL.

`schema` says what is kept, `migrations/` (Alembic) how it came to be so, `engine` how to connect safely,
`scope` who may ask, `reading/` what can be asked, `register_writing`, `survey_writing`, `batches`, `accounts`,
`sessions`, `jobs` what can be changed. Nothing outside this room builds a query; a test reads the syntax trees.
"""
