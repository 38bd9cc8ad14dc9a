"""Jobs: long work that outlives the page that asked for it.

A page puts a job in the queue and looks at its state; a worker process runs it through `etl.pipeline`; closing the
tab, a second click or a restart change nothing. `requests` is what pages call, `queue` the rules, `worker` the
process, `supervisor` keeps it alive beside the server. SQL of jobs and uploads lives in `etl.store`.
May import `etl` and `surveys`; may not import `dashboard`.
"""
