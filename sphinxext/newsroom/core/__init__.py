"""The blog as plain data: read, check, arrange. Nothing in here knows Sphinx."""
