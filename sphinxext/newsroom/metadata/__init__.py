"""Machine-readable metadata of pages: JSON-LD, Open Graph, citation tags, social cards."""
