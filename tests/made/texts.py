"""Texts as people type them, beside the signs that spreadsheets, XML and lists take for something else."""

from hypothesis import strategies as st

SIGNS = st.sampled_from("aąbćęłńóśźżŻÓŁ AZ019=+-@'\"„”,;:|<>&%#(){}[]\\/_*.!?–—€🙂") | st.characters(
    exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
)
STARTS = st.sampled_from(["", "", "", "_x0041_", "_x005F_", "=1+1", "-5", "@a", "+48", "${a} ", "007", "1,5"])
