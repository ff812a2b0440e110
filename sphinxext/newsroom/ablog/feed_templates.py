"""Render feed entries with the templates of ABlog's option ``blog_feed_templates``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from markupsafe import Markup

from sphinxext.newsroom.ablog.index import blog_of
from sphinxext.newsroom.ablog.settings import feed_templates
from sphinxext.newsroom.problems import Problem, Subtype

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jinja2 import Template
    from sphinx.application import Sphinx


class FeedTemplates:
    """The templates of a site."""

    def __init__(self, app: Sphinx, *, new_feed: Callable[..., Any], new_entry: Callable[..., Any]) -> None:
        """Read them.

        :param app: the application, its options checked.
        :param new_feed: makes feedgen's object of a feed, with a ``media_type``.
        :param new_entry: makes that of an entry.
        """
        self._app, self._new_feed, self._new_entry = app, new_feed, new_entry
        self._templates = {
            name: {element: _compiled(text, is_html=element == "content") for element, text in texts.items()}
            for name, texts in feed_templates(app.config).items()
        }
        self._wrong: dict[tuple[str, str], Problem] = {}

    def is_set(self, name: str) -> bool:
        """Return whether any part of an entry is made with a template.

        :param name: the name of the templates.
        """
        return bool(self._templates.get(name))

    def problems(self) -> list[Problem]:
        """Return what is wrong with the templates, as far as they were used."""
        return list(self._wrong.values())

    def fill(self, name: str, feed: Any, entries: Iterable[tuple[str, Any]], **known: Any) -> list[Any]:
        """Return entries with labels as ABlog writes them, and with what the templates say.

        :param name: the name of the templates.
        :param feed: the feed, without entries.
        :param entries: its entries as they would be without templates, each with the key of its post.
        :param known: additional template variables.
        """
        labelled = [(key, with_hashtags(entry)) for key, entry in entries]
        if not self.is_set(name):
            return [entry for _, entry in labelled]
        blog = blog_of(self._app)
        shared = {
            "app": self._app,
            "blog": blog,
            "feed": self._new_feed(feed, media_type="application/atom+xml"),
            "feed_posts": [post for key, _ in labelled if (post := blog.posts[key]) is not None],
            "feed_title": feed.title,
            "feed_url": feed.url,
            **known,
        }
        return [
            self._filled(name, entry, shared | {"post": blog.posts[key], "feed_entry": self._new_entry(entry)})
            for key, entry in labelled
        ]

    def _filled(self, name: str, entry: Any, known: dict[str, Any]) -> Any:
        said = {
            "post_url": entry.url,
            "title": entry.title,
            "summary": entry.summary,
            "content": Markup(entry.content),  # noqa: S704 - it is HTML
        }
        made: dict[str, Any] = {}
        for element, template in self._templates[name].items():
            try:
                made[element] = template.render(known | said)
            except Exception as error:  # noqa: BLE001 - a template can call anything
                message = (
                    f"blog_feed_templates: {element} of {name!r} cannot be made for {entry.title!r} "
                    f"({type(error).__name__}: {error}); the usual {element} is used."
                )
                self._wrong.setdefault((name, element), Problem(subtype=Subtype.FEED, message=message))
        return replace(entry, **made)


def _compiled(text: str, *, is_html: bool) -> Template:
    # The content of an entry is HTML; title and summary are plain text.
    return Environment(autoescape=is_html).from_string(text)  # noqa: S701 - only where there is no HTML


def with_hashtags(entry: Any) -> Any:
    """Return an entry with its labels in order, and their terms without spaces, for programs that make hashtags of them.

    :param entry: an entry.
    """
    labels = sorted(entry.labels, key=lambda label: label.name)
    return replace(entry, labels=tuple(replace(label, term="".join(label.term.split())) for label in labels))
