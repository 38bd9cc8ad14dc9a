"""The page of surveys that a partnership collects itself: prepare a link, give it out, watch how many came, close it.

`preparing` asks what is wanted, `listing` shows every link with what can be done with it, `sharing` puts its address
where people see it, `printing` makes what is printed. How many answered is never told below the privacy rule.
"""
