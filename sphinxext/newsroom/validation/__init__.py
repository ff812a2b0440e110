"""Validate input with typed models: use valid values, and report the others."""
