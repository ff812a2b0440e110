"""Sphinx on the outside: everything that turns the index of the blog into documents, pages and files."""
