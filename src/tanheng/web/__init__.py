"""Pages and API over records and results.

A view parses, asks permission, calls one selector or service, and renders. No page computes a figure, and no page
shows one without its unit, period, status and a link to its explanation.
"""
