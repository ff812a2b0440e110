"""Feeds: which exist, what they contain, and how each format is written."""
