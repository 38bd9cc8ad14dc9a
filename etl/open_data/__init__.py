"""The whole database in open form and back: a folder of CSV files with a Frictionless Data Package, forms as XLSForm.

Two levels. The *open* package may be published: partnerships and what they do, questionnaires, official figures, and of
surveys what has passed the disclosure gate; people's answers are in it only where the people are invented, because in a
small place a row of answers without a name is a person all the same. The *full* package is for safekeeping and for
moving house: it holds answers too, and brings an equal database back. Accounts, sessions, passwords, codes, links and
drafts are in neither.

`contents` says which table is in which; `etl.store.package_rows` reads and writes the rows. May import `etl.store`,
`etl.forms` and `surveys`.
"""
