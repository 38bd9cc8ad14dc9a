"""The commands of ``diagnoza``, one module per group; `etl.cli` finds them through `arguments`.

A command's module has functions ``run_…(console, options)`` that return the exit code; faults of the input are raised
as `FaultError` and said by `etl.cli`. `arguments` and `console` are imported at every start, so they may import only
what is quick; a command's own module is imported when the command runs. May import `etl` and `surveys`.
"""
