"""``python -m sphinxext.newsroom`` is the command ``newsroom``."""

from __future__ import annotations

from sphinxext.newsroom.cli.main import main

if __name__ == "__main__":
    main()
