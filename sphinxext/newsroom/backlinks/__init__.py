"""Backlinks: which posts mention a page or an object of the documentation."""
