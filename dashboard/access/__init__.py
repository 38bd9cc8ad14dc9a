"""The gate: who may open what, decided for every http and websocket request before Streamlit sees it.

May import Starlette, Streamlit, `etl.settings`, `etl.store` (accounts, sessions), `etl.jobs` (its supervisor) and
`surveys`. The pages of `dashboard` import `visitor` and nothing else from here.

* `config` – the Streamlit settings this program needs, and the names it answers to
* `table` – every path that exists, with what it needs: whatever has no line does not exist
* `identity` – from a request's cookie to a visit; the open demonstration
* `gate` – the ASGI layer that asks the four above, `refusals` – what it answers, `headers` – what it adds and strips
* `exchange`, `uploads`, `belongings` – the websocket, uploads and files for download, and whose they are
* `routes`, `turns`, `forms`, `pages`, `language` – sign-in and the other plain pages
* `page_shell`, `shell_words` – Streamlit's own index page, with our language and title; its English words in ours
* `opening`, `premises` – starting and stopping; the one open store; `usage` – when sessions were last used
* `script_errors` – faults of our own program, without anybody's words
* `visitor` – inside the Streamlit script: who is asking, at every rerun

Places left for what comes later: public pages ``/p/{slug}`` are a line of `table` (no session, no cookie, frozen HTML)
and a route; OIDC is two lines and two routes that end in `etl.store.sessions.open_session`; the audit's hash chain and
the ledger of raw reads belong to `etl.store.audit`; downloads with answers get a route of their own here, with check
and audit; the matrix of rights by enumeration of the repository's questions joins ``tests/security/test_matrix.py``.
"""
