"""Documents that leave the partnership: reports of the diagnosis, minutes and sheets of a meeting.

A document is first data (`content`: chapters of paragraphs, lists, tables and figures), made by rules from the
register and from published tables, and then a file: DOCX, PPTX, XLSX or HTML. May import `etl`, `surveys`,
`dashboard.charts` and `dashboard.texts`; never Streamlit, so that the command line makes the same documents without it.
"""
