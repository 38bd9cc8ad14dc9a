"""From a partnership workbook's cells to a register, with every fault in its place and none that stops the others.

The way of a row: `rows` (cells to typed values, each by a reader of its kind) → `identity` (which entity it is) →
`references` (names of other rows to their uids) → `checks` and `applicants` (what values say together) →
`building` (the entity). Nothing is stored here. May import `etl.readers`, `etl.recognise`, `etl.clean`,
`etl.workbook_layout`, rapidfuzz and `surveys`.
"""

from etl.mapping.partnership_workbook.reading import RegisterReading, read_register, read_slug

__all__ = ["RegisterReading", "read_register", "read_slug"]
