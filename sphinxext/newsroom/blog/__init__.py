"""The index of a blog: its posts in order, taxonomies, list pages, series, related posts and redirects."""
