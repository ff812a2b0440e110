"""Create a new post that matches the site's existing posts: folder, file name, and keys."""

from __future__ import annotations

import json
import os
import posixpath
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from sphinxext.newsroom.cli.errors import CommandError, ExitCode
from sphinxext.newsroom.front_matter.parse import parse
from sphinxext.newsroom.front_matter.rst_outline import SUFFIXES as RST_SUFFIXES
from sphinxext.newsroom.problems import suggestion
from sphinxext.newsroom.utils.dates import NotADateError, read_date
from sphinxext.newsroom.utils.slugs import load_slugify
from sphinxext.newsroom.utils.text import collapse_whitespace, sanitize
from sphinxext.newsroom.utils.urls import safe_segment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from sphinxext.newsroom.cli.site import StaticSite
    from sphinxext.newsroom.environment.blog_section import BlogSection
    from sphinxext.newsroom.models import Post

SUFFIXES = {"md": ".md", "rst": ".rst", "ipynb": ".ipynb"}
_READERS = {"md": "myst_parser", "rst": "", "ipynb": "myst_nb"}
ARCHETYPE = "newsroom/archetype"
"""The template of new posts, in a folder of ``templates_path``, with the suffix of the post."""
_LATEST = 20
"""How many posts tell where new ones belong."""
_FOLDERS = (
    (re.compile(r"\d{4}/\d{2}/\d{2}"), "%Y/%m/%d"),
    (re.compile(r"\d{4}/\d{2}"), "%Y/%m"),
    (re.compile(r"\d{4}"), "%Y"),
)
_DATED_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-(.+)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """The folder of new posts, and the pattern of their file names."""

    folder: str = ""
    """The folder below that of the posts, as a pattern of ``strftime``."""
    is_dated: bool = False
    """Whether names begin with the date."""
    is_bundle: bool = False
    """Whether each post is an ``index`` in a separate folder."""

    def path(self, slug: str, day: date, suffix: str) -> str:
        """Return the path of a post below the folder of posts.

        :param slug: its slug.
        :param day: its date.
        :param suffix: what its name ends with.
        """
        name = f"{day:%Y-%m-%d}-{slug}" if self.is_dated else slug
        file = f"{name}/index{suffix}" if self.is_bundle else f"{name}{suffix}"
        return posixpath.join(day.strftime(self.folder) if self.folder else "", file)


def layout_of(section: BlogSection) -> Layout:
    """Return how the posts of a blog are laid out: as most of the latest are.

    :param section: the blog.
    """
    prefix = f"{section.post_dir}/" if section.post_dir else ""
    posts = [post for post in section.posts if post.path.startswith(prefix)]
    latest = sorted(posts, key=lambda post: (post.created, post.path), reverse=True)[:_LATEST]
    counts = Counter(_layout(post.path.removeprefix(prefix)) for post in latest)
    return counts.most_common(1)[0][0] if counts else Layout()


def _layout(path: str) -> Layout:
    folder, _, file = path.rpartition("/")
    stem = posixpath.splitext(file)[0]
    is_bundle = stem in {"index", "README"} and bool(folder)
    if is_bundle:
        folder, _, stem = folder.rpartition("/")
    pattern = next((pattern for regex, pattern in _FOLDERS if regex.fullmatch(folder)), "")
    return Layout(folder=pattern, is_dated=_DATED_NAME.fullmatch(stem) is not None, is_bundle=is_bundle)


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """The arguments for a new post."""

    title: str
    date: str = ""
    draft: bool | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    series: str = ""
    slug: str = ""
    format: str = "md"
    kind: str = ""
    """``event`` or ``course`` for a post that announces one."""
    release: str = ""
    """The version that the post is about."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NewPost:
    """A post that is to be written."""

    file: Path
    text: str
    doubts: tuple[str, ...]
    """Probable mistakes: names that the site does not know."""
    problems: tuple[str, ...]
    """Problems that a build would report."""


def make_post(site: StaticSite, draft: Draft, *, blog: str = "", template: Path | None = None) -> NewPost:
    """Return a new post; nothing is written.

    :param site: the site.
    :param draft: what is said of the post.
    :param blog: the folder of its blog; that of the first one if it is empty.
    :param template: the template of the text; that of the site, or the usual one, if there is none.
    :raises CommandError: when it cannot be made.
    """
    title = collapse_whitespace(sanitize(draft.title))
    if not title:
        raise CommandError("the title is empty", ExitCode.USAGE)
    section = find_section(site, blog)
    suffix = SUFFIXES[draft.format]
    if suffix not in site.config.suffixes:
        reader = _READERS[draft.format]
        hint = f"add {reader!r} to extensions" if reader else "add it to source_suffix"
        raise CommandError(f"the site does not read {suffix} files; {hint} in conf.py")
    if draft.kind and suffix in RST_SUFFIXES:
        message = "an event is a mapping, which a field list cannot have; write it with --format md or ipynb"
        raise CommandError(message, ExitCode.USAGE)
    moment = _read_moment(draft.date, site)
    options = section.options
    slug = draft.slug or load_slugify(options.post_slugify)(title, options.post_slugify_separator)
    path = layout_of(section).path(safe_segment(slug) if slug.strip("/.") else "post", moment, suffix)
    keys = _keys(draft, moment)
    marker = options.post_excerpt_separator
    text = _text(site, title=title, slug=slug, keys=keys, marker=marker, suffix=suffix, template=template)
    file = site.root / section.post_dir / path
    return NewPost(
        file=file,
        text=text,
        doubts=tuple(_doubts(site, section, draft)),
        problems=tuple(_problems(text, file.relative_to(site.root).as_posix(), site)),
    )


def find_section(site: StaticSite, blog: str) -> BlogSection:
    """Return a blog by its folder.

    :param site: the site.
    :param blog: the folder; empty for the first blog.
    :raises CommandError: when there is no such blog.
    """
    folders = {section.options.blog_dir: section for section in site.sections}
    if not blog:
        return site.sections[0]
    found = folders.get(posixpath.normpath(blog.strip("/") or "."))
    if found is None:
        hint = suggestion(blog, folders) or f" Expected one of {', '.join(folders)}."
        raise CommandError(f"there is no blog in {blog!r}.{hint}", ExitCode.USAGE)
    return found


def _read_moment(text: str, site: StaticSite) -> date | datetime:
    if not text:
        return site.now.astimezone(site.zone).date()
    try:
        return read_date(text)
    except NotADateError as error:
        message = f"--date {text!r} is not a date; expected for instance 2024-01-31. {error}"
        raise CommandError(message.strip(), ExitCode.USAGE) from None


def _keys(draft: Draft, moment: date | datetime) -> dict[str, Any]:
    """Return the keys that are said, in the order in which posts usually have them."""
    keys: dict[str, Any] = {"date": moment}
    if draft.draft is not None:
        keys["draft"] = draft.draft
    for name in ("slug", "authors", "categories", "tags", "series"):
        if value := getattr(draft, name):
            keys[name] = list(value) if isinstance(value, tuple) else value
    if draft.kind:
        # To be completed; an event without a place would be reported.
        keys[draft.kind] = {"start": moment, "end": moment, "place": "online"}
    if draft.release:
        keys["release"] = draft.release
    return keys


class _Dumper(yaml.SafeDumper):
    """Writes lists with an indent, as people do."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def to_yaml(keys: Mapping[str, Any]) -> str:
    """Return front matter as people write it.

    :param keys: its keys and values.
    """
    # The stubs of PyYAML do not know the parameters of all dumpers.
    dump: Callable[..., str] = yaml.dump
    return dump(dict(keys), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)


def _fields(keys: Mapping[str, Any]) -> str:
    """Return keys as a field list of reStructuredText."""
    lines = []
    for name, value in keys.items():
        text = ", ".join(value) if isinstance(value, list) else str(value)
        lines.append(f":{name}: {text.lower() if isinstance(value, bool) else text}\n")
    return "".join(lines)


def _text(
    site: StaticSite,
    *,
    title: str,
    slug: str,
    keys: Mapping[str, Any],
    marker: str,
    suffix: str,
    template: Path | None,
) -> str:
    is_rst = suffix in RST_SUFFIXES
    front_matter = _fields(keys) if is_rst else f"---\n{to_yaml(keys)}---\n"
    if is_rst:
        marker = f".. {marker.removeprefix('<!--').removesuffix('-->').strip()}"
    if (archetype := template or _archetype(site, suffix)) is not None:
        from sphinxext.newsroom.cli.archetype import render

        values = {"title": title, "slug": slug, "front_matter": front_matter, "marker": marker, **keys}
        return render(archetype, {"authors": [], "categories": [], "tags": [], "series": "", **values})
    heading = f"{title}\n{'=' * max(len(title.encode('utf-8')), 4)}" if is_rst else f"# {title}"
    body = f"{heading}\n\n\n\n{marker}\n\n"
    return _notebook(front_matter + "\n" + body.rstrip() + "\n") if suffix == ".ipynb" else f"{front_matter}\n{body}"


def _archetype(site: StaticSite, suffix: str) -> Path | None:
    if site.place.conf is None:
        return None
    folders = [site.place.conf.parent / folder for folder in site.config.texts("templates_path")]
    return next((file for folder in folders if (file := folder / f"{ARCHETYPE}{suffix}").is_file()), None)


def _notebook(text: str) -> str:
    cell = {"cell_type": "markdown", "id": "front-matter", "metadata": {}, "source": text.splitlines(keepends=True)}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


# -- What is probably a mistake


def _doubts(site: StaticSite, section: BlogSection, draft: Draft) -> Iterable[str]:
    options = section.options
    if options.authors:
        for name in draft.authors:
            if name not in section.authors:
                known = ", ".join(section.authors) or "nobody yet"
                hint = suggestion(name, section.authors) or f" It has {known}."
                yield f"author {name!r} is not in {section.authors_file}.{hint}"
    if not options.categories:
        return
    known_categories = list(options.categories_allowed) or used(section.posts, "categories")
    for name in draft.categories:
        if known_categories and name not in known_categories:
            where = "newsroom_categories_allowed" if options.categories_allowed else "any post"
            hint = suggestion(name, known_categories) or f" There are {', '.join(known_categories)}."
            yield f"category {name!r} is not in {where}.{hint}"


def used(posts: Sequence[Post], field: str) -> list[str]:
    """Return the names that posts use in a field, the most frequent first.

    :param posts: the posts.
    :param field: such as ``categories``.
    """
    counts = Counter(name for post in posts for name in getattr(post.front_matter, field))
    return [name for name, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]


def _problems(text: str, path: str, site: StaticSite) -> Iterable[str]:
    if path.endswith((".ipynb", *RST_SUFFIXES)):
        return []
    _, _, problems = parse(text, path=path, timezone=site.zone)
    return [problem.message for problem in problems]


def write_post(post: NewPost) -> None:
    """Write a post; a file that is there already stays as it is.

    :param post: the post.
    :raises CommandError: when there is one already, or it cannot be written.
    """
    if os.path.lexists(post.file):
        raise CommandError(f"{post.file} is there already", ExitCode.PROBLEMS)
    post.file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with post.file.open("x", encoding="utf-8", newline="\n") as file:
            file.write(post.text)
    except FileExistsError:
        raise CommandError(f"{post.file} is there already", ExitCode.PROBLEMS) from None
