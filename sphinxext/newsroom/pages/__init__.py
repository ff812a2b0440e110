"""What pages show: the contexts of templates, and the templates rendered with them."""
