"""Helpers that know nothing of a blog: caches, dates, HTML, text, URLs, YAML, atomic files."""
