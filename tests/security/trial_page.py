"""The page that the gate's tests guard: says who is asking, offers a file, takes one, breaks when told to."""

import streamlit as st

from dashboard.access.visitor import current_actor, current_language

actor = current_actor()
st.text(f"actor={actor.owner_key} roles={sorted(grant.role.value for grant in actor.grants)} {current_language()}")
st.text(f"headers={sorted(name.lower() for name in st.context.headers)}")
uploaded = st.file_uploader("file", accept_multiple_files=True)
st.text(f"files={len(uploaded)}")
st.download_button("take", f"canary-of-{actor.owner_key}".encode(), "file.txt")
st.button("again")
if picture := st.query_params.get("picture"):
    st.markdown(f"![picture]({picture})")
if st.query_params.get("break"):
    _answers = {"happy": 1}
    _answers["what-somebody-answered"]
