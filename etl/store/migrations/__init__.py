"""Alembic migrations, one file per step in `versions/`. Run through `etl.store.migration`."""
