"""What people see: Streamlit pages, charts, sign-in and the gate around them.

May import `etl` and `surveys`. Pages are short stories: they ask `dashboard.data` and
`dashboard.measurement_data` (reading) and `dashboard.services` (writing), and show only what `surveys.privacy` has
published.
"""
