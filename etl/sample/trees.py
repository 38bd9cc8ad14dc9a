"""Invented problem trees of the problems that a partnership looked at more closely."""

from etl.sample.chance import Chance
from etl.sample.problems import is_taken_up
from etl.sample.templates import load_templates
from surveys.model import Problem, TreeNode

_MOST_TREES = 3


def invent_trees(problems: tuple[Problem, ...], chance: Chance) -> tuple[TreeNode, ...]:
    """Return the nodes of up to three trees; what stands in several of them is one node of several problems."""
    templates = load_templates().trees
    taken = {problem.code: problem for problem in problems if is_taken_up(problem)}
    chosen = chance.some([tree for tree in templates if tree.problem in taken], _MOST_TREES)
    found: dict[str, tuple[str, list[str], set[str]]] = {}  # name → kind, problems, names of origins
    for tree in chosen:
        problem = taken[tree.problem].uid
        for kind, lines in (("cause", tree.causes), ("effect", tree.effects)):
            origins = {origin for _, *others in lines for origin in others}
            for name, *others in lines:
                _, tied, known = found.setdefault(name, (kind, [], set()))
                known.update(others)
                # The ends of the two sides hang on the problem itself: causes nothing results from, effects of nothing.
                if (kind == "cause" and name not in origins) or (kind == "effect" and not others):
                    tied.append(problem)
    uids = {name: f"node-{at:02}" for at, name in enumerate(found, 1)}
    return tuple(
        TreeNode(uids[name], name, kind, tuple(tied), tuple(uids[origin] for origin in found if origin in origins))
        for name, (kind, tied, origins) in found.items()
    )
