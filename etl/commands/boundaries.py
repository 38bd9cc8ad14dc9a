"""``diagnoza boundaries import``: outlines of gminas and powiats for the map; what has a fault is left out and told."""

import hashlib
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from etl.boundaries.outlines import read_outlines
from etl.boundaries.simplifying import simplify_outlines
from etl.commands.console import Console
from etl.commands.opening import open_configured_store
from etl.commands.paths import read_input
from etl.store.boundary_writing import write_boundary_batch
from etl.store.scope import Actor
from surveys.vocabulary import load


def run_import(console: Console, options: Namespace) -> int:
    """Read a GeoJSON file and keep its outlines; 1 when nothing of it can be kept."""
    incoming = read_input(Path(options.file))
    areas = load().areas
    outlines = read_outlines(incoming.content, incoming.file_name, areas)
    if not outlines.report.stops:
        outlines = replace(outlines, polygons=simplify_outlines(outlines.polygons))
    with open_configured_store(console, create=True) as store, store.write() as connection:
        result = write_boundary_batch(
            connection,
            actor=Actor.at_machine(),
            outlines=outlines,
            areas=areas,
            file_name=incoming.file_name,
            content_hash=hashlib.sha256(incoming.content).hexdigest(),
        )
    if result.batch is not None and not result.already_loaded:
        console.say("boundaries.loaded", n=result.rows_stored, batch=result.batch)
    console.warn_of(result.report)
    if console.as_json:
        console.print_json({"file": str(options.file), **result.to_json(console.language)})
    return 1 if result.report.stops else 0
