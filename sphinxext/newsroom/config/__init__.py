"""Options: from ``conf.py``, ``mkdocs.yml`` and the hosting service, validated and with defaults."""
