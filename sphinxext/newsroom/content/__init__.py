"""From files to posts: scan them, resolve authors, decide what is published, assign permalinks."""
