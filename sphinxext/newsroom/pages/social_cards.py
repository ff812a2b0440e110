"""Social cards in pages: which page has which card."""

from __future__ import annotations

from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext.newsroom.config.sphinx_config import base_url
from sphinxext.newsroom.metadata.social_card import (
    HEIGHT,
    WIDTH,
    Card,
    NotAFontError,
    Typeface,
    installed_font,
    pillow_version,
)
from sphinxext.newsroom.metadata.social_card_text import is_symbol, presentable
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.files import find_regular
from sphinxext.newsroom.utils.fingerprint import fingerprint
from sphinxext.newsroom.utils.sphinx_builders import html_builder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx

    from sphinxext.newsroom.blog.index import Blog
    from sphinxext.newsroom.environment.site import Site
    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.pages.context_builders import ContextBuilders
    from sphinxext.newsroom.pages.context_types import Image

NAME = "newsroom-card-"
SHOWN_CHARACTERS = 8


class Cards:
    """The cards of one blog: what they show, and where they will be."""

    def __init__(self, app: Sphinx, site: Site, blog: Blog, pages: ContextBuilders) -> None:
        """Use a blog whose index is complete.

        :param app: the application.
        :param site: the site.
        :param blog: the index of the blog.
        :param pages: what its pages show.
        """
        self._app, self._site, self._blog, self._pages = app, site, blog, pages

    @cached_property
    def is_on(self) -> bool:
        """Whether cards are drawn; without the base URL no preview would find them."""
        is_wanted = self._blog.options.social_cards and bool(base_url(self._app.config))
        return is_wanted and bool(pillow_version())

    @cached_property
    def typeface(self) -> Typeface:
        """The font that the site configures, else the one that is installed with the extra."""
        try:
            return Typeface(self._own_font or installed_font())
        except NotAFontError:
            return Typeface(installed_font())

    @cached_property
    def _own_font(self) -> bytes:
        root, path = Path(self._app.srcdir), self._blog.options.social_cards_font.lstrip("/")
        file = find_regular(root / path, inside=[root])
        return file.read_bytes() if file is not None else b""

    def problems(self) -> Iterator[Problem]:
        """Yield what keeps cards from being drawn as they should be."""
        options = self._blog.options
        if not options.social_cards:
            return
        name, font = "newsroom_social_cards_font", options.social_cards_font
        message = ""
        if not pillow_version():
            message = (
                "newsroom_social_cards: no cards are drawn, as Pillow is not installed; "
                "expected it from: pip install 'sphinxext-newsroom[cards]'."
            )
        elif not self.is_on:
            return
        elif font and not self._own_font:
            message = f"{name}: {font!r} is not there; expected the path of a font file below the source folder."
        elif font and self.typeface.content != self._own_font:
            message = f"{name}: {font!r} cannot be read; expected a TrueType or OpenType font."
        elif missing := self._missing:
            shown = ", ".join(map(repr, missing[:SHOWN_CHARACTERS])) + (" …" if missing[SHOWN_CHARACTERS:] else "")
            message = f"newsroom_social_cards: the font of the cards lacks {shown}; name one that has them in {name}."
        if message:
            yield Problem(subtype=Subtype.CONFIG, message=message)

    @property
    def _missing(self) -> list[str]:
        used = {character for card in self.all.values() for text in card.texts for character in text}
        return [character for character in self.typeface.lacks(used) if not is_symbol(character)]

    # -- Pictures

    def of_post(self, post: Post) -> Image | None:
        """Return the card of a post as a picture, None if it has a cover, or no its own page.

        :param post: the post.
        """
        card = self._post_card(post)
        return self._picture(card) if card is not None else None

    def of_blog(self) -> Image | None:
        """Return the card of the blog as a picture, None if there is none."""
        return self._picture(self._blog_card) if self._blog_card is not None else None

    @cached_property
    def all(self) -> Mapping[str, Card]:
        """All cards by path."""
        cards = [self._blog_card, *map(self._post_card, self._blog.posts.values())]
        return {self._path(card): card for card in cards if card is not None}

    def _post_card(self, post: Post) -> Card | None:
        if not self.is_on or self._blog.by_docname.get(post.docname) != (post.docname,):
            return None
        entry = self._pages.posts.summary(post)
        if entry["cover"]:
            return None
        authors = ", ".join(author.name for author in post.authors)
        return self._card(self._pages.titles.of_post(post), authors, entry["created"]["text"])

    @cached_property
    def _blog_card(self) -> Card | None:
        if not self.is_on or self._pages.social_image:
            return None
        return self._card(self._pages.titles.of_index(), self._pages.titles.list_intro(self._blog.index).description)

    def _card(self, title: str, *notes: str) -> Card:
        return Card(
            name=presentable(str(self._app.config.project)),
            title=presentable(title),
            notes=tuple(filter(None, map(presentable, notes))),
            color=self._blog.options.social_cards_color,
            right_to_left=self._site.locale.text_direction == "rtl",
        )

    def _picture(self, card: Card) -> Image:
        return {"src": self._path(card), "dark": "", "alt": card.title, "width": WIDTH, "height": HEIGHT}

    def _path(self, card: Card) -> str:
        # Programs cache cards by URL, so a changed card needs another URL.
        return f"{_prefix(self._app)}{fingerprint([asdict(card), self.typeface.digest])}.png"


def _prefix(app: Sphinx) -> str:
    return f"{html_builder(app).imagedir}/{NAME}"
