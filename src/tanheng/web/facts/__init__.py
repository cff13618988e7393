"""The facts: the senders' workbooks, how they are read, what is entered by hand, and what was ever said of a figure.

Everything is recorded through `tanheng.records`; what is out of a reader's reach is neither shown, nor entered, nor
imported here.
"""
