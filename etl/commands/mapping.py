"""``diagnoza mapping``: decisions that are remembered for a partnership's next files."""

from argparse import Namespace
from pathlib import Path

from etl.commands.console import Console
from etl.commands.opening import open_configured_store
from etl.commands.partnerships import require_partnership
from etl.commands.paths import read_input, write_output
from etl.importing import Part
from etl.mapping.mapping_file import read_mapping, write_mapping
from etl.store.mapping_decisions import KeptDecision, forget_decisions, keep_decisions, list_decisions
from etl.store.moments import utc_now, write_moment
from etl.store.scope import Actor

_ACTOR = Actor.at_machine()
_COLUMNS = ("decision", "questionnaire", "header", "decided", "day")


def run_list(console: Console, options: Namespace) -> int:
    """List what is remembered for a partnership."""
    kept = _list(console, options)
    if console.as_json:
        console.print_json({"decisions": [_to_json(one) for one in kept]})
    elif not kept:
        console.say("mapping.none")
    else:
        headers = [console.text(f"mapping.column.{name}") for name in _COLUMNS]
        console.print_table(headers, [_to_row(console, one) for one in kept], frozenset())
    return 0


def run_export(console: Console, options: Namespace) -> int:
    """Write what is remembered into a file."""
    kept = _list(console, options)
    write_output(Path(options.out), write_mapping(one.decision for one in kept), force=options.force)
    console.say("mapping.exported", n=len(kept), file=options.out)
    if console.as_json:
        console.print_json({"file": options.out, "decisions": len(kept)})
    return 0


def run_import(console: Console, options: Namespace) -> int:
    """Keep the decisions of a file."""
    incoming = read_input(Path(options.file))
    decisions = read_mapping(incoming.content, incoming.file_name)
    with open_configured_store(console, create=False) as store:
        slug = require_partnership(store, _ACTOR, options.partnership)
        with store.write(changes_data=False) as connection:
            name, now = incoming.file_name, utc_now()
            changed = keep_decisions(connection, _ACTOR, slug, decisions, file_name=name, now=now)
    console.say("mapping.imported", n=changed, read=len(decisions))
    if console.as_json:
        console.print_json({"read": len(decisions), "changed": changed})
    return 0


def run_forget(console: Console, options: Namespace) -> int:
    """Forget single decisions, those on one questionnaire, or all; loaded data stay what they are."""
    if not (options.decisions or options.questionnaire or options.all):
        console.note("mapping.forget_what")
        return 2
    with open_configured_store(console, create=False) as store:
        slug = require_partnership(store, _ACTOR, options.partnership)
        with store.write(changes_data=False) as connection:
            forgotten = forget_decisions(
                connection,
                _ACTOR,
                slug,
                uids=options.decisions or None,
                questionnaire=options.questionnaire,
                now=utc_now(),
            )
    console.say("mapping.forgotten", n=forgotten)
    if console.as_json:
        console.print_json({"forgotten": forgotten})
    return 0


def _list(console: Console, options: Namespace) -> tuple[KeptDecision, ...]:
    with open_configured_store(console, create=False) as store:
        slug = require_partnership(store, _ACTOR, options.partnership)
        with store.read() as connection:
            return list_decisions(connection, _ACTOR, slug)


def _to_row(console: Console, kept: KeptDecision) -> list[str]:
    decision = kept.decision
    said = f"{decision.part.value} → {decision.target or '–'}"
    if decision.part is Part.VALUE:
        said = f"{decision.value} → {decision.target or '–'}"
    return [kept.uid, decision.questionnaire, decision.header[:60], said, f"{kept.made_at.astimezone():%Y-%m-%d}"]


def _to_json(kept: KeptDecision) -> dict[str, object]:
    decision = kept.decision
    return {
        "decision": kept.uid,
        "questionnaire": decision.questionnaire,
        "header": decision.header,
        "decided": decision.part.value,
        "value": decision.value,
        "target": decision.target,
        "file": kept.file_name,
        "made_by": kept.made_by,
        "made_at": write_moment(kept.made_at),
    }
