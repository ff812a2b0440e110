"""Limits on input, where a small file could request more resources than any machine has.

Each constant is listed in the reference with its docstring.
"""

from __future__ import annotations

MAX_YAML_DEPTH = 50
"""Levels of lists and mappings in front matter, the authors file, `.meta.yml` and `mkdocs.yml`."""
MAX_YAML_ALIAS_ITEMS = 10_000
"""Items that the aliases of YAML (`*name`) add to one file."""
MAX_YAML_ALIAS_CHARACTERS = 1_000_000
"""Characters that the aliases of YAML add to one file."""
MAX_YAML_NUMBER = 100
"""Characters of a number in YAML; a longer one is text."""
MAX_SNIPPET_DEPTH = 10
"""Snippets (`--8<--`) within each other."""
MAX_SNIPPET_CHARACTERS = 1_000_000
"""Characters that snippets add to one document; each counts for 200 at the least."""
MIN_SNIPPET_CHARACTERS = 200
MAX_URL_SEGMENT_BYTES = 240
"""Bytes of one part of a URL between slashes: what file systems take, less room for a suffix."""
MAX_URL_BYTES = 800
"""Bytes of the path of a URL: what file systems take for a path, less room for the output folder."""
MAX_HIGHLIGHTED_LINES = 100_000
"""Lines of a block of code that `hl_lines` marks."""
MAX_DOCUMENT_DEPTH = 100
"""Elements within each other in a document of reStructuredText; a list within a list counts as two."""
MAX_NAMED_LINES = 1_000_000
"""Lines that the ranges of `emphasize-lines` and `lines` in one directive add up to."""
MAX_TAB_WIDTH = 100
"""Spaces of a tab (`tab-width` of `include` and `literalinclude`)."""
MAX_LINE_NUMBER = 999_999_999
"""Number of a line, in `linenums`, `hl_lines` and behind the path of a snippet; a larger one is taken for this."""
MAX_LISTED_TAGS = 50
"""Tags of a post that lists show; its own page shows all."""
MAX_ARCHIVE_TITLES = 300
"""Titles in the overview of the archive, by whole months; of older months it shows the number of posts."""
MAX_FEED_AUTHORS = 100
"""Authors of a post that feeds name."""
MAX_FEED_LABELS = 100
"""Categories, tags and other labels of a post that feeds name."""
MAX_NOTEBOOK_DEPTH = 100
"""Levels of lists and mappings in a notebook."""
MAX_EVENT_INSTANCES = 200
"""Instances of an event or course in one post."""
MAX_EVENT_DAYS = 62
"""Days of one event in a month view."""
MAX_MONTHS = 24
"""Months of a month view."""
MAX_EVENT_DATES = 500
"""Dates that a recurrence rule gives; it is followed for ten years at most."""
