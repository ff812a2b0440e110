"""Directives that list posts on any page."""
