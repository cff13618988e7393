"""The tables of reviews in work."""
