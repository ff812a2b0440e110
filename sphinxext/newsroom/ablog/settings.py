"""Validate ABlog's options, and apply those that concern posts."""

from __future__ import annotations

import re
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import ablog.blog
from jinja2 import Environment, TemplateSyntaxError

from sphinxext.newsroom.ablog.kinds import WITH_DICTIONARY
from sphinxext.newsroom.config.sphinx_config import is_set
from sphinxext.newsroom.content.categories import term_key
from sphinxext.newsroom.models import Author
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.urls import is_safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sphinx.application import Sphinx
    from sphinx.config import Config

    from sphinxext.newsroom.models import Post

FEED_ELEMENTS = ("title", "summary", "content")
"""What templates can say of an entry."""


def _are_feed_templates(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(name, str)
        # It becomes the name of a file.
        and re.fullmatch(r"\w[\w.-]*", name)
        and isinstance(templates, dict)
        and all(element in FEED_ELEMENTS and _is_template(text) for element, text in templates.items())
        for name, templates in value.items()
    )


def _is_template(text: Any) -> bool:
    try:
        return isinstance(text, str) and bool(Environment(autoescape=True).parse(text))
    except TemplateSyntaxError:
        return False


# What ABlog does not check itself.
CHECKS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "post_auto_excerpt": (lambda value: isinstance(value or 0, int), "a whole number"),
    "post_auto_image": (lambda value: isinstance(value or 0, int), "a whole number"),
    "post_redirect_refresh": (lambda value: isinstance(value, int) and value >= 0, "a number of seconds"),
    # It becomes the URL of a script.
    "disqus_shortname": (
        lambda value: not value or (isinstance(value, str) and re.fullmatch(r"[a-zA-Z0-9-]+", value) is not None),
        "the name of the site at Disqus",
    ),
    "blog_feed_templates": (
        _are_feed_templates,
        "the names of feeds, each with Jinja templates of title, summary or content",
    ),
}


def pattern_matches(app: Sphinx) -> frozenset[str]:
    """Return the docnames that ``blog_post_pattern`` matches.

    :param app: the application.
    """
    return frozenset(app.config.matched_blog_posts)


def adjust_config(config: Config) -> list[Problem]:
    """Replace values that would stop ABlog later, in the middle of reading, and return what was wrong.

    :param config: the configuration.
    """
    problems = []
    for name, (is_usable, expected) in CHECKS.items():
        if not is_usable(config[name]):
            message = f"{name} = {config[name]!r} cannot be used: it must be {expected}. The default is used."
            problems.append(Problem(subtype=Subtype.CONFIG, message=message))
            config[name] = config.values[name].default
    # Defaults last: they are looked up in the authors, languages and locations.
    for name, default, _rebuild, *verify in sorted(ablog.blog.CONFIG, key=lambda row: "_default_" in row[0]):
        if not verify:
            continue
        try:
            verify[0](name, config[name], config)
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            reason = str(error.args[0]) if isinstance(error, KeyError) else "it has another shape than ABlog expects"
            message = f"{name} = {config[name]!r} cannot be used: {reason}. The default {default!r} is used."
            problems.append(Problem(subtype=Subtype.CONFIG, message=message))
            config[name] = default
    return problems


def set_defaults(config: Any) -> None:
    """Give a configuration that no application has filled the defaults of ABlog's options.

    :param config: the configuration, changed in place.
    """
    for name, default, *_rest in ablog.blog.CONFIG:
        config.values[name] = SimpleNamespace(default=default)
        if not config.has(name):
            config[name] = default


def feed_templates(config: Config) -> Mapping[str, Mapping[str, str]]:
    """Return the templates that ``conf.py`` gives for the entries of feeds, by the name of the feed and the element.

    :param config: the configuration, checked.
    """
    return config.blog_feed_templates if is_set(config, "blog_feed_templates") else {}


def configured_authors(config: Config) -> dict[str, Author]:
    """Return the authors that ``conf.py`` knows, by id.

    :param config: the configuration.
    """
    return {
        identifier: Author(id=identifier, name=name, url=url if url and is_safe(url) else "")
        for identifier, (name, url) in config.blog_authors.items()
    }


def complete_post(post: Post, config: Config, authors: Mapping[str, Author], *, declared: bool) -> Post:
    """Give a post what ``conf.py`` says of posts that do not say it, and the names of its places and languages.

    :param post: the post.
    :param config: the configuration.
    :param authors: the authors by id.
    :param declared: whether it is declared with ABlog's syntax, where authors need not be in the authors file.
    """

    def names(labels: tuple[str, ...], kind: str) -> tuple[str, ...]:
        known = config[f"blog_{kind}s"]
        return tuple(known[label][0] if label in known else label for label in labels or _listed(config, kind))

    front_matter = post.front_matter
    locations, languages = names(front_matter.locations, "location"), names(front_matter.languages, "language")
    if locations != front_matter.locations or languages != front_matter.languages:
        front_matter = replace(front_matter, locations=locations, languages=languages)
    people = post.authors or tuple(authors[label] for label in _listed(config, "author") if label in authors)
    if declared:
        people = tuple(person if person.id in authors else with_slug(person) for person in people)
    return replace(post, authors=people, front_matter=front_matter)


def term_names(config: Config, kind: str, labels: Iterable[str]) -> list[str]:
    """Return the names of labels of which some are the keys of ABlog's dictionaries.

    :param config: the configuration.
    :param kind: the kind of label, such as ``location``.
    :param labels: names and keys.
    """
    known: dict[str, tuple[str, str | None]] = config[f"blog_{kind}s"] if kind in WITH_DICTIONARY else {}
    by_key = {term_key(key): name for key, (name, _url) in known.items()}
    return [by_key.get(term_key(label), label) for label in labels]


def with_slug(author: Author) -> Author:
    """Give an author with only a name the URL that ABlog would make of it.

    :param author: an author.
    """
    return replace(author, slug=author.slug or ablog.blog.slugify(author.name))


def _listed(config: Config, kind: str) -> list[str]:
    default = config[f"blog_default_{kind}"] or []
    return [default] if isinstance(default, str) else default
