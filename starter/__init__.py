"""What stands behind ``start.py``: the project's own environment, its start, its tests and its checks.

May import the standard library only: this room works before anything is installed. Nobody imports it but ``start.py``
and the tests. It knows nothing about partnerships or surveys; it starts the command ``diagnoza``, which does.

========================  ==============================================================================
``commands``              the command line: which of the stories below to tell
``environment``           ``.venv``: is it whole and current, or what has to be done
``installing``            pip from the lock, and what its failures mean
``package``               makes ``import etl`` and the command ``diagnoza`` work inside ``.venv``
``exclusive``             only one start installs at a time
``ports``, ``serving``    a free port; database, sample data, server
``browsers``, ``checking``  a browser for the tests; pytest, ruff, mypy, import-linter
``texts``                 every sentence, Polish and English, from ``texts.toml``
========================  ==============================================================================
"""
