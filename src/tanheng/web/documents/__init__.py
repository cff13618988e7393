"""The papers of the office: the month from opening to the signed bulletin, the barometer's papers, what was drafted.

State changes through moves of cases only; what a move does stands in `moves.py`. Papers are made of stored results:
nothing is computed while a page is drawn, and no page says what its reader may not see.
"""
