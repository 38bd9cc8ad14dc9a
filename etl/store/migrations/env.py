"""Where Alembic runs: always on a connection that `etl.store.migration` hands over."""

from alembic import context

import etl.store.schema_collections  # these register their tables in the metadata
import etl.store.schema_indicators
import etl.store.schema_meetings
import etl.store.schema_operations
import etl.store.schema_packages
import etl.store.schema_reports
import etl.store.schema_results
import etl.store.schema_trees  # noqa: F401 # the same
from etl.store.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,  # SQLite alters tables by copying them
)
with context.begin_transaction():
    context.run_migrations()
