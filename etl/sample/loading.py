"""The sample data into an empty store, whole or not at all."""

from collections.abc import Callable

from sqlalchemy import exists, select

from etl.sample.generating import SEED, generate_sample
from etl.sample.templates import load_templates
from etl.store.engine import Store
from etl.store.register_writing import write_register
from etl.store.schema import partnership

Progress = Callable[[float], None]


class SampleRefusedError(RuntimeError):
    """The store is not empty: invented data never come among real ones."""


def load_sample(store: Store, progress: Progress | None = None, *, seed: str = SEED) -> None:
    """Load the sample partnerships in one transaction.

    Args:
        store: with an up-to-date schema.
        progress: told the share that is done, 0–1.
        seed: of the invented data.

    Raises:
        SampleRefusedError: there is a partnership in the store already.
    """
    count = len(load_templates().partnerships)
    with store.write() as connection:
        if connection.execute(select(exists().select_from(partnership))).scalar():
            raise SampleRefusedError("the store is not empty")
        for number, sample in enumerate(generate_sample(seed), 1):
            write_register(connection, sample.register, None)
            if progress is not None:
                progress(number / count)
