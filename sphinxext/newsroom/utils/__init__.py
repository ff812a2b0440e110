"""Helpers that do not depend on the blog: caches, dates, HTML, text, URLs, YAML, atomic files."""
