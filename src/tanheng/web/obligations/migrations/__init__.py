"""Tables of the app: filters that readers have saved."""
