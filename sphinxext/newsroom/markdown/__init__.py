"""Markdown as Python-Markdown and its extensions have it, on top of MyST: a parser for the documents that want it."""
