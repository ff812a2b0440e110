"""Doors to other programs: each has one of them do once what it does again and again; what is written stays the same.

A door is one file, named after what it spares. It says who does what too often and how much of a build that takes, it
touches as little of the other program as it can, and where that program looks different from what is known, it stays shut.
"""
