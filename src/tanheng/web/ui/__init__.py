"""What every page shares: the frame, the figure that is never naked, formulas and charts for reading, languages.

Knows no record and no result: it is handed values and draws them.
"""
