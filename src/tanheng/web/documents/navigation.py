"""The ways to the month and to the papers."""

ENTRIES = ()
