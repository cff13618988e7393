"""The pages one begins with: the barometer with its map, and home by role.

They read lights and figures that were computed and stored; no page computes an account.
"""
