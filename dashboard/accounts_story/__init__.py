"""The page of accounts and roles: who is here, new people, roles given and ended, accounts switched off.

Whoever keeps accounts sees all of them, a coordinator those of their own partnership; anybody else is told whom to ask.
What may be done is decided by `etl.store.accounts` and `etl.store.grants` at every click, not by what is shown here.
"""
