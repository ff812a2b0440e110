"""Check what people wrote with a typed model: use what is usable, and report the rest."""
