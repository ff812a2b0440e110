"""Parse the front matter of a post: split it off, validate and normalize it."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.front_matter.citation import read_citation
from sphinxext.newsroom.front_matter.event import read_event
from sphinxext.newsroom.front_matter.merge import merge
from sphinxext.newsroom.front_matter.record import make_record
from sphinxext.newsroom.front_matter.split import Split, source_map_of, split
from sphinxext.newsroom.front_matter.validate import check_mapping, explain_draft, load_mapping
from sphinxext.newsroom.validation.coerce import NoSourceMap, text_keys

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from sphinxext.newsroom.front_matter.rst_outline import RstReader
    from sphinxext.newsroom.models import FrontMatter
    from sphinxext.newsroom.problems import Problem


def parse(
    text: str,
    *,
    path: str,
    defaults: Mapping[str, Any] | None = None,
    timezone: tzinfo = UTC,
    ablog: bool = False,
    read_rst: RstReader | None = None,
) -> tuple[FrontMatter, Split, tuple[Problem, ...]]:
    """Return what a post says about itself, the text in its two parts, and everything that is wrong with the former.

    An invalid value leaves its key at the default and does not affect other keys. Nothing in a text
    raises an error.

    :param text: the text of a file.
    :param path: the file, for messages.
    :param defaults: front matter that the file inherits from its folders.
    :param timezone: the time zone of dates that name none.
    :param ablog: whether the post uses ABlog's syntax; then its spellings are accepted without a warning, and a date can be
        absent.
    :param read_rst: as for :func:`split`.
    """
    parts = split(text, read_rst=read_rst)
    mapping, problems = load_mapping(parts, path)
    is_unreadable = bool(problems) and not mapping
    own, extra, own_problems = check_mapping(mapping, source_map_of(parts), path=path, silent=ablog or parts.is_fields)
    problems += own_problems
    written, inherited = own, dict[str, Any]()
    if defaults:
        # Problems with these were reported when their file was read.
        inherited, more, _ = check_mapping(text_keys(defaults), NoSourceMap(), path=path, silent=True)
        own, extra = merge(inherited, own), merge(more, extra)
    event, event_problems = read_event(mapping, own, source_map_of(parts), path=path, zone=timezone)
    problems += event_problems
    references, funding, citation_problems = read_citation(written, inherited, source_map_of(parts), path=path)
    problems += citation_problems
    front_matter = make_record(own, extra, timezone, event=event, references=references, funding=funding)
    if front_matter.dates is None:
        problems = explain_draft(problems, mapping, path=path, is_unreadable=is_unreadable, can_be_undated=ablog)
    return front_matter, parts, tuple(problems)


def parse_defaults(text: str, *, path: str) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Return the front matter that a file gives to the posts in its folder, and everything that is wrong with it.

    :param text: the text of the file, which is YAML.
    :param path: the file, for messages.
    """
    parts = Split(text=text.removeprefix("\ufeff"))
    mapping, problems = load_mapping(parts, path)
    values, _, more = check_mapping(mapping, source_map_of(parts), path=path, silent=False)
    _, wrong = read_event(mapping, values, source_map_of(parts), path=path, zone=UTC, is_partial=True)
    *_, wrong_citations = read_citation(values, {}, source_map_of(parts), path=path)
    # As it is written, which nobody knows where the defaults are used.
    released = {"release": values["release"]} if values.get("release") else {}
    return {**mapping, **released}, (*problems, *more, *wrong, *wrong_citations)
