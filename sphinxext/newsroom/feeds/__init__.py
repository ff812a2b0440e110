"""Feeds: which there are, what they contain, and how each format is written."""
