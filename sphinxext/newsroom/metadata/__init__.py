"""What programs read in the head of a page: JSON-LD, Open Graph, citation tags, social cards."""
