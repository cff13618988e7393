"""Browsing the rules: factors over time, methods with their text, score cards and lights, clauses, what is unverified.

Everything here is a definition of the packs in use, which are public: nothing is a record of the site.
"""
