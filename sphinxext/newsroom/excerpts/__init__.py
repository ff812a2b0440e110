"""Excerpts: where they end, how they are cut from a rendered post, and where they are stored."""
