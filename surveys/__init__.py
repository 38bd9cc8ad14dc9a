"""Meaning: code lists, the model of partnerships and diagnoses, questionnaires, analysis, privacy, Polish.

The pure centre of the project. May import the standard library, pandas, numpy and small language libraries.
May not: touch SQL, Streamlit, Plotly, the network, the clock, randomness or any file but its own package data.
Everything here can be read, tested and reused without a database or a server.
"""
