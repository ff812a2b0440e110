"""Check JSON feeds with a schema of JSON Feed 1.1: the one next to this file, or a published one.

Usage: ``python -m tests.json_feed <schema>``: all feeds of the site of all samples by this schema.
"""

from __future__ import annotations

import json
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.conftest import Site
from tests.samples import CONF, EVERYTHING

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

SCHEMA = Path(__file__).with_name("json_feed.schema.json")
FEEDS: dict[str, Any] = {
    "newsroom_feed_files": {"json": "feed.json", "json_updated": "changes.json"},
    "newsroom_feed_archive": True,
    "newsroom_feed_length": 2,
    "newsroom_feed_catalogs": ["category", "tag", "author", "series", "location", "language", "archive"],
    "copyright": "CC BY",
}


@cache
def read_schema(path: Path) -> Validator:
    """Return the validator of feeds, including URLs and dates.

    :param path: the schema.
    """
    # Takes seconds, as it compiles the grammar of URLs; only tests of JSON feeds pay for that.
    from jsonschema.validators import validator_for

    schema = json.loads(path.read_text(encoding="utf-8"))
    kind = validator_for(schema)
    kind.check_schema(schema)
    return kind(schema, format_checker=kind.FORMAT_CHECKER)


def mistakes(feed: Any, schema: Path = SCHEMA) -> list[str]:
    """Return what is wrong with a feed: where, and what.

    :param feed: the feed.
    :param schema: the schema.
    """
    found = sorted(read_schema(schema).iter_errors(feed), key=lambda error: error.json_path)
    return [f"{error.json_path}: {error.message}" for error in found]


def check(out: Path, schema: Path = SCHEMA) -> tuple[int, list[str]]:
    """Return how many JSON feeds a site has, and what is wrong with them.

    :param out: its output folder.
    :param schema: the schema.
    """
    files = [file for file in sorted(out.rglob("*.json")) if file.relative_to(out).parts[0][0] not in "._"]
    files = [file for file in files if not file.name.endswith((".csl.json", ".linkset.json"))]
    feeds = {file.relative_to(out).as_posix(): json.loads(file.read_text(encoding="utf-8")) for file in files}
    wrong = [f"{name}: {mistake}" for name, feed in feeds.items() for mistake in mistakes(feed, schema)]
    return len(feeds), wrong


def main(schema: str) -> int:
    """Check the site of all samples.

    :param schema: the schema.
    """
    with tempfile.TemporaryDirectory() as folder:
        site = Site(folder=Path(folder).resolve(), conf={**CONF, **FEEDS}).write(EVERYTHING).build()
        count, wrong = check(site.out, Path(schema))
    sys.stdout.write("".join(f"{line}\n" for line in [*wrong, f"{count} JSON feeds, {len(wrong)} mistakes"]))
    return int(bool(wrong) or not count)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
