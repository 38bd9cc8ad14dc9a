"""The page Dokumenty: choose a document, write one's own paragraphs, make it, see what is new since the last version.

The documents themselves are made in `dashboard.documents`; here is only the conversation.
"""
