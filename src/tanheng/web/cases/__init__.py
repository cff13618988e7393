"""Cases for people: the inbox, one case with its history and the moves that may be made, delegation, background jobs.

Knows no other app above it: what a move does is found by its name among the handlers that the site lists.
"""
