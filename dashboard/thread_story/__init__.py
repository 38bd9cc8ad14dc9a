"""The page Czerwona nić, part by part: how far threads reach, one thread, where they break, problem trees.

May import whatever the dashboard's pages may; only `tree_editing` asks for changes, through `dashboard.services`.
"""
