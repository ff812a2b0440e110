"""Excerpts: where they end, how a rendered post is cut, and where the results are stored."""
