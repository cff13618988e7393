"""The tables of the app: background jobs, which may be emptied."""
