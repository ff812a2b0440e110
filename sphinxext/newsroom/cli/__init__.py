"""The ``newsroom`` command: check and edit posts without building the site."""
