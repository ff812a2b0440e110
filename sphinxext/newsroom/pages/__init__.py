"""Pages: template contexts, and the templates rendered with them."""
