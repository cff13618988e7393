"""Documents over results: one file for each document, which builds a `Paper` from a stored result.

What all of them share stands in `tracing` (what leads a printed page back to its receipt, and what a reader has to know
first), `wording` (rises and falls, how a figure was made, days) and `three_forms` (Word, PDF and workbook).
A document computes nothing: every number in it is a cell of a result or of its working paper, and says its address.
"""
