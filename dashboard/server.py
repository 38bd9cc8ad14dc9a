"""The server: Streamlit behind the gate, with the plain pages beside it.

Run by ``diagnoza serve`` as ``streamlit run dashboard/server.py``; Streamlit finds ``app`` by reading this file, so
the name and the call stay as they are.
"""

from pathlib import Path

import streamlit as st

from dashboard.access.opening import MIDDLEWARE, PLAIN_ROUTES, keep_open, prepare_process, report_script_error

prepare_process()

app = st.App(
    Path(__file__).with_name("app.py"),
    lifespan=keep_open,
    routes=PLAIN_ROUTES,
    middleware=MIDDLEWARE,
    on_script_error=report_script_error,
)
