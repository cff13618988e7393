"""The pure core: definitions, records and parameters in; figures, findings and receipts out.

Nothing here reads a clock, a disk or a network, and nothing knows a web framework, so every room can be used
in a notebook by itself. What a figure is depends only on what is passed in.
"""
