"""People's own words: what many name, as a figure; single answers only when a person has read and allowed them."""

import streamlit as st

from dashboard.charts.bars import draw_bars
from dashboard.escaping import plain
from dashboard.figures.panels import Panel
from dashboard.measurement_data import read_named_things, read_open_quotes
from dashboard.results_story.measurement import Measurement
from dashboard.services import read_unread_texts, review_open_answer
from dashboard.visit import current_visit
from etl.store.reviewed_texts import TextRef
from etl.store.scope import Action
from surveys.analysis.rows import Row
from surveys.language.texts import LANGUAGES
from surveys.privacy.disclosure import ShareRow, publish_shares

_MOST_QUOTES, _AT_ONCE = 12, 5


def build_own_words(measurement: Measurement, question: Row) -> Panel:
    """Build the figure of what many people named in their own words."""
    view = measurement.view
    name = str(question["question"])
    title = measurement.wording(name)
    answers = read_named_things(view.scope, measurement.partnership, measurement.slug, name)
    rows = [
        ShareRow((group.key,), dict.fromkeys(LANGUAGES, (group.key,)), group.people, answers.people)
        for group in answers.groups
    ]
    table = publish_shares(
        rows, dimensions=("thing",), source=measurement.source(question, "results.words.what"), exclusive=False
    )
    if table.is_empty:
        return Panel(f"question-{name}", title, view.say("results.words.few"))
    sentence = view.say("results.words.sentence", n=answers.people)
    return Panel(f"question-{name}", title, sentence, draw_bars(table, title=title, language=view.language), (table,))


def show_quotes(measurement: Measurement, question: Row) -> None:
    """Show what may be quoted, and to whoever may read, what waits to be read."""
    view = measurement.view
    where = TextRef(measurement.partnership, measurement.slug, str(question["question"]))
    quotes = read_open_quotes(view.scope, where)
    may_read = current_visit().actor.may(Action.IMPORT, measurement.partnership)
    if not quotes and not may_read:
        return
    with st.container(border=True, key=f"words-{where.question}"):
        st.header(view.say("results.words.title", question=plain(measurement.wording(where.question))), anchor=False)
        if quotes:
            st.markdown("\n".join(f"- „{plain(quote)}”" for quote in quotes[:_MOST_QUOTES]))
            st.caption(view.say("results.words.chosen"))
        else:
            st.markdown(view.say("results.words.none"))
        if may_read:
            _show_reading(measurement, where)


def _show_reading(measurement: Measurement, where: TextRef) -> None:
    view = measurement.view
    reading = st.expander(view.say("results.words.read"), key=f"read-{where.question}", on_change="rerun")
    if not reading.open:
        return
    with reading:
        st.markdown(view.say("results.words.read_help"))
        unread, waiting = read_unread_texts(current_visit().actor, view.scope, where, most=_AT_ONCE)
        if not unread:
            st.markdown(view.say("results.words.all_read"))
            return
        st.caption(view.say("results.words.waiting", n=waiting))
        for one in unread:
            st.markdown(f"„{plain(one.text)}”")
            with st.container(horizontal=True):
                for verdict in (True, False):
                    label = view.say("results.words.allow" if verdict else "results.words.keep_back")
                    # Not a callback: those run before anybody has asked who is there.
                    if st.button(label, key=f"{'allow' if verdict else 'keep'}-{where.question}-{one.number}"):
                        review_open_answer(current_visit().actor, view.scope, where, one, may_be_quoted=verdict)
                        st.rerun()
