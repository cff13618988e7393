"""Tables of the app: what was sent in and not recorded yet."""
