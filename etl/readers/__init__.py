"""Reading files: bytes of a stranger's file into a `RawBook`, in a child process with limits.

A reader may not interpret: it gives cells as they are, with their place. Recognising is the next room's work.
"""
