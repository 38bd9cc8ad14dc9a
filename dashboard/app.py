"""The entry script: who is visiting, in which language, looking at what; then the page they chose.

Streamlit runs it at every click. It decides nothing about rights: the scope comes from the store, for the actor of
this very run.
"""

from pathlib import Path

import streamlit as st

from dashboard.access.visitor import current_actor
from dashboard.data import find_scope, register_frames
from dashboard.filtering import (
    FilterChoices,
    kept_filters,
    pass_address_on,
    read_address,
    read_language,
    show_filters,
    show_unknown_partnership,
    tell_names_apart,
    write_address,
    years_of,
)
from dashboard.framing import build_navigation, is_filtered, show_frame, wants_sample
from dashboard.visit import View, Visit, begin_visit
from surveys.analysis.filters import Filters

st.set_page_config(page_icon="🏘️", layout="wide", initial_sidebar_state="collapsed")
st.html(Path(__file__).with_name("style.css"))

language = read_language()
actor = current_actor()
page = build_navigation(language, actor)
scope = find_scope(actor, sample=wants_sample(actor))
frames = register_frames(scope)
choices = FilterChoices(
    partnerships=tell_names_apart((ref.slug, ref.name) for ref in scope.partnerships),
    years=years_of(frames.activities["starts_on"], frames.problems["identified_on"]),
)
if choices.partnerships:
    read_address(page.url_path, choices)
    show_frame(language, actor, scope)
    show_unknown_partnership(language)
    filters = show_filters(choices, language) if is_filtered(page) else kept_filters(choices)
    write_address(filters, language)
else:
    show_frame(language, actor, scope)
    filters = Filters()
    pass_address_on(page.url_path, language)
begin_visit(Visit(View(language, scope, choices, filters), actor))
page.run()
