"""A door to MyST-Parser: do not make a parser of Markdown for every document.

To make one, its grammar is put together and the expressions by which it finds links are compiled, which takes about two per
cent of a build. Documents with the settings of the site are read with one parser, which each finds as it was made.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import myst_parser.parsers.sphinx_ as myst
from markdown_it.utils import OptionsDict
from myst_parser.parsers.mdit import create_md_parser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from markdown_it import MarkdownIt
    from myst_parser.config.main import MdParserConfig

_NAME = "create_md_parser"


@dataclass(frozen=True, slots=True)
class _Kept:
    """A parser, and what it was like when it was made."""

    parser: MarkdownIt
    options: Mapping[str, Any]
    rules: Mapping[str, list[str]]
    renderer: Mapping[str, Any]

    @classmethod
    def of(cls, parser: MarkdownIt) -> _Kept:
        return cls(parser, dict(parser.options), parser.get_active_rules(), dict(vars(parser.renderer)))

    def is_for(self, config: MdParserConfig, renderer: type) -> bool:
        is_same = self.options.get("myst_config") is config and type(self.parser.renderer) is renderer
        # What fails in the middle of a document can leave rules of the grammar switched off.
        return is_same and self.parser.get_active_rules() == self.rules

    def restored(self) -> MarkdownIt:
        self.parser.options = OptionsDict(self.options)  # type: ignore[arg-type]
        own = vars(self.parser.renderer)
        own.clear()
        own.update(self.renderer)
        return self.parser


class ParserOfSite:
    """Stands in for MyST's function that makes a parser, and gives what it would give."""

    def __init__(self, create: Callable[..., MarkdownIt]) -> None:
        """Make no parser yet.

        :param create: the function.
        """
        self._create = create
        self._kept: _Kept | None = None
        self._documents = 0
        self._is_free = False

    def __call__(self, config: MdParserConfig, renderer: Any) -> MarkdownIt:
        """Return a parser.

        :param config: the settings of the document; the same object for all that have none of their own.
        :param renderer: makes nodes of what is read.
        """
        if not self._is_free:
            return self._create(config, renderer)
        self._is_free = False
        if self._kept is None or not self._kept.is_for(config, renderer):
            self._kept = _Kept.of(self._create(config, renderer))
        return self._kept.restored()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Let the parser be used for one document; one that is read meanwhile gets another."""
        self._documents += 1
        self._is_free = self._documents == 1
        try:
            yield
        finally:
            self._documents -= 1
            self._is_free = False


def parser_of_site() -> ParserOfSite:
    """Have MyST make one parser for all documents; return what makes it."""
    create = getattr(myst, _NAME, create_md_parser)
    if not isinstance(create, ParserOfSite):
        create = ParserOfSite(create)
        setattr(myst, _NAME, create)
    return create
