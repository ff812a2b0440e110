"""From files to posts: scanned, with their authors, their visibility and their permalinks."""
