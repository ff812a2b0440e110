"""The command ``newsroom``: what writers and editors do without building the site."""
