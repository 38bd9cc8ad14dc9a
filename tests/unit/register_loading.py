"""A process that loads the sample data and waits in the middle to be killed: ``register_loading.py URL``."""

import sys

from etl.sample.loading import load_sample
from etl.store.engine import open_store

HALF = 0.5


def wait_at_half(share: float) -> None:
    if share > HALF:
        sys.stdout.write("half\n")
        sys.stdout.flush()
        sys.stdin.readline()


load_sample(open_store(sys.argv[1]), wait_at_half)
