"""One story per page: ask the visit what there is, count it, publish it, show it."""
