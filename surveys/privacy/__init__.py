"""Privacy of small places: what may be shown, in one small room with written promises.

`rules` holds the thresholds; `disclosure` applies them to one question or to the register, `crosstab_gate` to a
question by groups (`suppression` and its audit `bounds`), `missing_gate` to kinds of missing, `summary_gate` to means,
medians and rankings, `place_gate` to partnerships side by side, `money` to sums; `ledger` watches what tables tell
together. `published` is the one value that leaves: charts, pages, tables and downloads accept a `PublishedTable`
only. Standard library, numpy and scipy.
"""
