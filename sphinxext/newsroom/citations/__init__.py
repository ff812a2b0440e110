"""Citable posts: references and funding in front matter, formatted references, and files for reference managers."""
