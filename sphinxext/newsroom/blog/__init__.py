"""The index of a blog: posts in order, taxonomies, list pages, series, related posts and redirects."""
