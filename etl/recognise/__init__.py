"""Recognising: what a file is (which tool wrote it, on which sheet, under which header row), with score and reasons.

A recogniser may not clean or map: it looks at headers, names and shapes, and says how sure it is and why. Below
`recognition.CERTAIN` a person decides. A new source is one module with a function ``recognise`` and a line in
`registry`. May import `etl.readers` and `surveys`.
"""
