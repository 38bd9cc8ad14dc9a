"""The page's story: a problem is chosen, and those who finished something for it and share it are shown."""

from functools import partial

import streamlit as st

from dashboard.escaping import plain
from dashboard.filtering import choose_code
from dashboard.solved_story.finding import Example, find_examples, shared_problems
from dashboard.solved_story.visit_note import write_visit_note
from dashboard.solved_story.words import say_about, say_contact, say_cost, say_likeness, say_result
from dashboard.visit import View, Visit
from surveys.language.folding import slugify
from surveys.vocabulary import load

_PROBLEM = "problem-wspolny"
_MOST = 12  # examples: nobody visits more
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def tell_solved(visit: Visit) -> None:
    """Let a problem be chosen and show who has done something about it."""
    view = visit.view
    st.markdown(view.say("solved.intro"))
    problem = _choose_problem(visit)
    if problem is None:
        _list_shared(visit)
    else:
        _show_examples(view, find_examples(visit, problem), problem)
    _invite_to_share(view)


def _choose_problem(visit: Visit) -> str | None:
    """Offer one's own problems first, then all for which somebody shares a result."""
    view, lists = visit.view, load().problems
    own = view.register.problems
    if view.filters.partnership is not None:
        own = own[own["partnership"] == view.filters.partnership]
    mine = {str(code) for code in own["code"]}
    shared = shared_problems(visit)
    codes = [code for code in lists.codes if code in mine | shared]
    codes.sort(key=lambda code: (code not in shared, code not in mine))
    labels = {
        code: f"{lists.label(code, view.language)}{view.say('solved.choose.shared') if code in shared else ''}"
        for code in codes
    }
    return choose_code(
        _PROBLEM,
        codes,
        label=view.say("solved.choose.label"),
        placeholder=view.say("solved.choose.placeholder"),
        labels=labels,
    )


def _list_shared(visit: Visit) -> None:
    """Lead to the problems for which somebody shares a result, or say that nobody does yet."""
    view, lists = visit.view, load().problems
    shared = shared_problems(visit)
    st.markdown(view.say("solved.choose.offered" if shared else "solved.choose.none"))
    kept = {name: value for name, value in st.query_params.items() if name != _PROBLEM}
    with st.container(border=bool(shared), key="card-shared-problems"):
        for code in (code for code in lists.codes if code in shared):
            st.page_link(
                "app_pages/solved.py",
                label=plain(lists.label(code, view.language)),
                icon=":material/arrow_forward:",
                query_params={**kept, _PROBLEM: code},
            )


def _show_examples(view: View, examples: list[Example], problem: str) -> None:
    name = plain(load().problems.label(problem, view.language))
    if not examples:
        st.markdown(view.say("solved.none", problem=name))
        return
    if view.filters.partnership is None:
        st.caption(view.say("solved.no_own"))
    for exact in (True, False):
        chosen = [example for example in examples if example.exact is exact][:_MOST]
        if not chosen:
            continue
        st.header(view.say("solved.exact" if exact else "solved.related", n=len(chosen)), anchor=False)
        for example in chosen:
            _show_example(view, example)
    if view.filters.partnership is not None:
        seen = all(str(example.row["partnership"]) in view.scope.slugs for example in examples)
        st.caption(view.say("solved.how" if seen else "solved.how_unseen"))


def _show_example(view: View, example: Example) -> None:
    row = example.row
    with st.container(border=True, key=f"card-solved-{row['partnership']}-{row['uid']}"):
        st.subheader(f"{plain(str(row['partnership_name']))}: {plain(str(row['name']))}", anchor=False)
        st.caption(plain(say_likeness(view, example)))
        lines = [f"**{plain(say_result(view, example))}**"]
        if row["result"]:
            lines.append(plain(str(row["result"])))
        lines += [plain(words) for words in (" · ".join(say_about(view, example)), say_cost(view, example))]
        lines.append(plain(say_contact(view, example)))
        st.markdown("  \n".join(line for line in lines if line))
        st.download_button(
            view.say("solved.note.download"),
            partial(write_visit_note, view, example),
            file_name=f"{slugify(view.say('solved.note.file', partnership=row['partnership_name']))[:60]}.docx",
            mime=_DOCX,
            key=f"visit-{row['partnership']}-{row['uid']}",
            icon=":material/download:",
            on_click="ignore",
        )


def _invite_to_share(view: View) -> None:
    """Say which of one's own measured results could help others, and how to share them."""
    slug = view.filters.partnership
    if slug is None:
        return
    projects = view.register.projects
    mine = projects[(projects["partnership"] == slug) & (projects["status"] == "completed")]
    measured = mine[mine["result_after"].notna() & (mine["result_indicator"].fillna("") != "")]
    waiting = measured[measured["result_shared"].isna()]
    if waiting.empty:
        return
    with st.container(border=True, key="card-share"):
        st.header(view.say("solved.share.title"), anchor=False)
        names = "; ".join(plain(str(name)) for name in waiting["name"])
        st.markdown(view.say("solved.share.body", n=len(waiting), names=names))
        st.page_link(
            "app_pages/upload.py", label=view.say("health.go.upload"), icon=":material/arrow_forward:",
            query_params=view.link_to(slug),
        )  # fmt: skip
