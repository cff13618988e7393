"""The library: documents with their clauses and what they demand, search, comparison, and the review of a new one.

A document is recorded when its review is registered; until then its review is a draft that several people may work on.
"""
