"""The settings of the blog plugin of Material for MkDocs 9.8, as far as the model of our options does not say it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

SLUGIFY = "pymdownx.slugs.slugify(case='lower')"

DEFAULTS: Mapping[str, Any] = MappingProxyType(
    {
        "enabled": True,
        "blog_dir": "blog",
        "blog_toc": False,
        "post_dir": "{blog}/posts",
        "post_date_format": "long",
        "post_url_date_format": "yyyy/MM/dd",
        "post_url_format": "{date}/{slug}",
        "post_url_max_categories": 1,
        "post_slugify": SLUGIFY,
        "post_slugify_separator": "-",
        "post_excerpt": "optional",
        "post_excerpt_max_authors": 1,
        "post_excerpt_max_categories": 5,
        "post_excerpt_separator": "<!-- more -->",
        "post_readtime": True,
        "post_readtime_words_per_minute": 265,
        "archive": True,
        "archive_name": "blog.archive",
        "archive_date_format": "yyyy",
        "archive_url_date_format": "yyyy",
        "archive_url_format": "archive/{date}",
        "archive_pagination": None,
        "archive_pagination_per_page": None,
        "archive_toc": None,
        "categories": True,
        "categories_name": "blog.categories",
        "categories_url_format": "category/{slug}",
        "categories_slugify": SLUGIFY,
        "categories_slugify_separator": "-",
        "categories_sort_by": "view_name",
        "categories_sort_reverse": False,
        "categories_allowed": [],
        "categories_pagination": None,
        "categories_pagination_per_page": None,
        "categories_toc": None,
        "authors": True,
        "authors_file": "{blog}/.authors.yml",
        "authors_profiles": False,
        "authors_profiles_name": "blog.authors",
        "authors_profiles_url_format": "author/{slug}",
        "authors_profiles_pagination": None,
        "authors_profiles_pagination_per_page": None,
        "authors_profiles_toc": None,
        "pagination": True,
        "pagination_per_page": 10,
        "pagination_url_format": "page/{page}",
        "pagination_format": "~2~",
        "pagination_template": "",
        "pagination_if_single_page": False,
        "pagination_keep_content": False,
        "draft": False,
        "draft_on_serve": True,
        "draft_if_future_date": False,
    }
)
"""Every setting with its default in Material."""

NOTES: Mapping[str, str] = MappingProxyType(
    {
        "archive_name": "The text itself; Material takes a key of its translations, too.",
        "authors_profiles": "Author pages are on unless you turn them off.",
        "authors_profiles_name": "As `archive_name`.",
        "authors_file": "The file may also be one that was written for Docusaurus.",
        "blog_dir": "`.` works without the changes that Material makes to the names of files.",
        "categories_allowed": "Any other category is a warning and no end of the build.",
        "categories_name": "As `archive_name`.",
        "categories_slugify": "As `post_slugify`.",
        "categories_sort_by": "Material's `material.plugins.blog.view_name` and `view_post_count` are understood.",
        "draft_on_serve": "Live preview is recognised by the program that starts the build.",
        "draft_if_future_date": "Dates without a time zone are in that of `timezone`.",
        "pagination_format": "The number of adjacent pages is used; other placeholders have no effect.",
        "pagination_template": "Deprecated there as here; a warning names the new option.",
        "post_dir": "A folder with a longer name that begins alike (`posts-old`) is another folder.",
        "post_excerpt": "With `required`, a post without marker is a warning and no end of the build.",
        "post_excerpt_separator": "Spaces and case inside the comment do not matter.",
        "post_slugify": "The import path as text. From a `mkdocs.yml`, only functions that are known to make slugs are called.",
        "post_readtime": "Chinese, Japanese and Korean characters are counted, too.",
    }
)
"""What differs in meaning."""
