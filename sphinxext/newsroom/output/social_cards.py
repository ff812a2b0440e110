"""Draw missing social cards, and reuse unchanged ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext.newsroom import __version__
from sphinxext.newsroom.metadata.social_card import (
    draw,
    pillow_version,
)
from sphinxext.newsroom.output.fingerprints import Change
from sphinxext.newsroom.pages.social_cards import _prefix
from sphinxext.newsroom.utils.sphinx_atomic import write_output_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx

    from sphinxext.newsroom.environment.manifest import Manifest
    from sphinxext.newsroom.output.fingerprints import Fingerprints
    from sphinxext.newsroom.pages.social_cards import Cards


class CardFiles:
    """The files of the cards of all blogs."""

    def __init__(self, app: Sphinx, manifest: Manifest, blogs: Sequence[Cards]) -> None:
        """Prepare for a build.

        :param app: the application.
        :param records: what the last build wrote.
        :param blogs: the cards of each blog.
        """
        self._app, self._manifest, self._blogs = app, manifest, blogs
        self.paths: list[str] = []
        """The path of each card from the root of the site."""

    @property
    def card_style(self) -> list[str]:
        """Fingerprint of the settings that decide which cards there are and how they look."""
        return [cards.typeface.digest if cards.is_on else "" for cards in self._blogs]

    def plan(self, fingerprints: Fingerprints) -> None:
        """Find out which cards there are.

        :param fingerprints: tells whether they are those of the last build.
        """
        if fingerprints.change is Change.STRUCTURE:
            self.paths = sorted({path for cards in self._blogs for path in cards.all})
        else:
            prefix = "/" + _prefix(self._app)
            self.paths = [name[1:] for name in self._manifest.previous if name.startswith(prefix)]

    def write(self) -> dict[str, str]:
        """Draw the cards that are not there as this build draws them; return the fingerprint of each by path."""
        root, before, current = Path(self._app.outdir), self._manifest.previous, f"{__version__} {pillow_version()}"
        new = {path for path in self.paths if before.get("/" + path) != current or not (root / path).is_file()}
        for cards in self._blogs if new else ():
            for path, card in cards.all.items():
                if path in new:
                    write_output_file(self._app, root / path, draw(card, cards.typeface))
                    new.remove(path)
        return dict.fromkeys(self.paths, current)
