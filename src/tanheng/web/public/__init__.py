"""What the office has published, for everybody: indicators, areas, the barometer, open data, frames for other sites.

Whoever reads here reads as the public, logged in or not: nothing that was not published has a page, a row or a file.
"""
