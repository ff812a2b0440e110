"""What is written: which pages and files, in which order, and what is removed."""
