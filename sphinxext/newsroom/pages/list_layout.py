"""Layouts of lists: entries one below the other, cards or a table, and which fields they show."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sphinxext.newsroom.blog.pagination import FIELDS, layout_for
from sphinxext.newsroom.config.taxonomy_kinds import SERIES
from sphinxext.newsroom.pages.context_types import ListLayout
from sphinxext.newsroom.utils.fingerprint import fingerprint
from sphinxext.newsroom.utils.limits import MAX_LISTED_TAGS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sphinx.config import Config

    from sphinxext.newsroom.blog.pagination import ListPage
    from sphinxext.newsroom.config.options import Options

# What a list does not show of posts that it only names.
TEXTS = frozenset({"cover", "excerpt", "tag", "more"})
KEYS = tuple(ListLayout.__annotations__)


def layout_of(data: Mapping[str, object]) -> ListLayout:
    """Return the layout of a list without the rest of its context.

    :param data: the context of a list.
    """
    return cast("ListLayout", {key: data[key] for key in KEYS})


class ListLayouts:
    """Makes the layouts of the lists of one blog."""

    def __init__(self, config: Config, options: Options) -> None:
        """Use the options of a blog."""
        self._config, self._options = config, options
        self._of_kinds: dict[str, ListLayout] = {}

    def make(
        self,
        layout: str,
        *,
        fields: list[str] | None = None,
        level: int = 2,
        part_numbers: dict[str, int] | None = None,
        part_count: int = 0,
        more_text: str = "",
        date_format: str = "",
        max_tags: int = MAX_LISTED_TAGS,
        event_phases: Sequence[str] = (),
    ) -> ListLayout:
        """Return a layout.

        :param layout: ``list``, ``cards``, ``table`` or ``month``.
        """
        made: ListLayout = {
            "layout": layout,
            "fields": list(FIELDS[layout]) if fields is None else fields,
            "level": level,
            "max_authors": self._options.post_excerpt_max_authors,
            "max_categories": self._options.post_excerpt_max_categories,
            "generated_covers": self._options.generated_covers,
            "max_tags": max_tags,
            "part_numbers": part_numbers or {},
            "part_count": part_count,
            "event_phases": list(event_phases),
            "more_text": more_text,
            "date_format": date_format,
            "fingerprint": "",
        }
        return {**made, "fingerprint": fingerprint(made)}

    def of_page(self, view: ListPage) -> ListLayout:
        """Return the layout of a page of a list; ABlog has an option for titles without texts."""
        if view.kind not in self._of_kinds:
            layout = layout_for(self._options, view.kind)
            only_titles = self._config.blog_archive_titles
            max_tags = self._options.post_excerpt_max_tags
            hidden = {*(TEXTS if only_titles else ()), *(() if max_tags else ("tag",))}
            fields = [field for field in FIELDS[layout] if field not in hidden]
            self._of_kinds[view.kind] = self.make(layout, fields=fields, max_tags=min(max_tags, MAX_LISTED_TAGS))
        usual = self._of_kinds[view.kind]
        if view.kind != SERIES or view.collection is None:
            return usual
        # On its own page, a post says which part of the series it is.
        numbers = {key: number for number, key in enumerate(view.collection.posts, start=1)}
        part_numbers = {key: numbers[key] for key in view.posts}
        return self.make(
            usual["layout"],
            fields=usual["fields"],
            part_numbers=part_numbers,
            part_count=len(numbers),
            max_tags=usual["max_tags"],
        )
