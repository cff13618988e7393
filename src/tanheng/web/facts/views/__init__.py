"""The pages of the facts, one file each."""
