"""The plain pages of a meeting: the vote on people's phones, and what the projector shows. No Streamlit.

``vote_…`` is public: nobody is asked who they are, a printed code or the number of a seat lets one vote once a round.
``run_…`` is for whoever runs the meeting, behind the gate's sign-in. `writing` is the only module that writes. None
needs a script.
"""
