"""The front matter of posts: split off, checked, and brought into one shape."""
