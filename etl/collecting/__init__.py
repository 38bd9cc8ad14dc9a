"""Answers by our own web form: from what people sent to rows of the store, many people in one transaction.

`answers` turns answers into the shape that imports write, so that they are stored and counted by the same code;
`desk` takes what arrives at once and commits it together. Drafts are sealed with a key that only the person's
browser holds.
"""
