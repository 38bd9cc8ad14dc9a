"""Wyniki ankiet: one measurement, from a glance to its weights, each part with an address of its own."""

import streamlit as st

from dashboard import services
from dashboard.measurement_data import find_deletion_day, has_waiting_answers
from dashboard.page_parts import choose_part
from dashboard.results_story.choosing import FROM_SINGLE_ANSWERS, PARTS, choose_measurement
from dashboard.results_story.telling import tell_part
from dashboard.stories.opening import open_page, stop_when_empty
from dashboard.visit import current_view
from etl.store.moments import utc_now
from surveys.language.numerals import format_date
from surveys.privacy.rules import STANDARD_RULES


def tell() -> None:
    """Tell the page's story."""
    services.close_overdue_links(utc_now().astimezone().date())
    view = current_view()
    open_page(view, "results")
    stop_when_empty(view)
    measurement = choose_measurement(view)
    if measurement is None:
        return
    deleted_on = find_deletion_day(view.scope, measurement.partnership, measurement.slug)
    part = choose_part(view.say, "results", PARTS)
    if deleted_on is not None:
        st.info(view.say("results.deleted.what", day=format_date(deleted_on, view.language)), icon=":material/info:")
        if part in FROM_SINGLE_ANSWERS:
            st.markdown(view.say("results.deleted.part"))
            return
    elif has_waiting_answers(view.scope, measurement.partnership, measurement.slug):
        st.info(view.say("results.waiting", least=STANDARD_RULES.min_base), icon=":material/hourglass_empty:")
    tell_part(part, measurement)


tell()
