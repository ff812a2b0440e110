"""Options: those of the site, of ``mkdocs.yml`` and of the hosting service, each checked and with its default."""
