"""Feeds: which there are, what stands in them, and how each format is written."""
