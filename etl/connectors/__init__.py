"""Answers fetched from the server they were collected on: LimeSurvey, KoboToolbox, ODK Central.

The only room that asks other machines for anything, and only when a file of connections is named in
``DIAGNOZA_CONNECTORS``. A connector gives what the tool's own export would give, as an `etl.importing.Incoming`, and
the ordinary pipeline reads it; nothing here knows what an answer means or stores it. May import `etl.importing`,
`etl.progress`, `etl.readers.limits`, `etl.settings` and `surveys`.
"""
