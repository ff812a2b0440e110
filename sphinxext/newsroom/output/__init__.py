"""Writing the output: which pages and files, in which order, and which are removed."""
