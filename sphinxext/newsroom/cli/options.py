"""Options shared by several commands."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

Source = Annotated[
    Path | None,
    typer.Option("--source", "-s", help="The source folder. Without it, the site is looked for here and above."),
]
ConfDir = Annotated[
    Path | None,
    typer.Option("--conf-dir", "-c", help="The folder of conf.py, where it is not the source folder."),
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Read all files again, and do not use or write the cache.")]

CACHE_VARIABLE = "NEWSROOM_CACHE_DIR"


def cache_folder(source: Path) -> Path:
    """Return the cache folder of a site, in the cache folder of the user, so that nothing is published.

    :param source: the source folder of the site.
    """
    from hashlib import blake2b

    if chosen := os.environ.get(CACHE_VARIABLE):
        base = Path(chosen)
    else:
        from platformdirs import user_cache_path

        base = user_cache_path("sphinxext-newsroom", appauthor=False)
    return base / blake2b(os.fspath(source.resolve()).encode(errors="surrogateescape"), digest_size=8).hexdigest()
