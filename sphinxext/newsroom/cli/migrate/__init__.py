"""Move a site or its posts from another generator: a plan, its differences, a report, and only then files."""
