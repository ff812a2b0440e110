"""Releases: which posts announce which versions, and what has changed in each."""
