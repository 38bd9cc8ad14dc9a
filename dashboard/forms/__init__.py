"""The web form that residents fill in on a phone: plain pages without scripts, accounts, tracking or Streamlit.

`routes` takes requests, `filling_in` decides what one of them means, `screens` lays a page out for its template,
`progress` is what is known of a form that was begun. Nothing of a person but their answers is kept; a browser gets
one cookie, with the key of its own draft, once somebody begins.
"""
