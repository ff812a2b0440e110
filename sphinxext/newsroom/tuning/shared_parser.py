"""Share one Markdown parser among all documents with the same settings.

To create one, MyST-Parser assembles the grammar and compiles the regular expressions that find links. Each document receives
the shared parser in its initial state.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from markdown_it import MarkdownIt
    from myst_parser.config.main import MdParserConfig

    Create = Callable[[MdParserConfig, Any], MarkdownIt]


def _copies(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.copy() if isinstance(value, (dict, list, set)) else value for name, value in attributes.items()}


@dataclass(frozen=True, slots=True)
class _Cached:
    """A parser, and its initial state."""

    parser: MarkdownIt
    options: Mapping[str, Any]
    rules: Mapping[str, list[str]]
    renderer: Mapping[str, Any]

    @classmethod
    def of(cls, parser: MarkdownIt) -> _Cached:
        return cls(parser, dict(parser.options), parser.get_active_rules(), _copies(vars(parser.renderer)))

    def is_for(self, config: MdParserConfig, renderer: type) -> bool:
        # Equal, not the same: a document with front matter has a copy.
        is_same = self.options.get("myst_config") == config and type(self.parser.renderer) is renderer
        # An error in the middle of a document can leave rules switched off.
        return is_same and self.parser.get_active_rules() == self.rules

    def reset(self, config: MdParserConfig) -> MarkdownIt:
        from markdown_it.utils import OptionsDict

        self.parser.options = OptionsDict(dict(self.options, myst_config=config))  # type: ignore[arg-type]
        own = vars(self.parser.renderer)
        own.clear()
        own.update(_copies(self.renderer))
        return self.parser


class SharedParser:
    """Replaces MyST-Parser's function, and returns an equal parser."""

    def __init__(self, create: Create) -> None:
        """Make no parser yet.

        :param create: the function.
        """
        self._create = create
        self._cached: _Cached | None = None
        self._is_busy = False

    def __call__(self, config: MdParserConfig, renderer: Any) -> MarkdownIt:
        """Return a parser: the shared one, or a new one while a document that includes this one is being read.

        :param config: the settings of the document.
        :param renderer: the class that makes nodes.
        """
        if self._is_busy:
            return self._create(config, renderer)
        if self._cached is None or not self._cached.is_for(config, renderer):
            self._cached = _Cached.of(self._create(config, renderer))
        parser = self._cached.reset(config)
        self._is_busy = True

        def render(*args: Any, **kwargs: Any) -> Any:
            del parser.render  # this function, back to the method
            try:
                return parser.render(*args, **kwargs)
            finally:
                self._is_busy = False

        parser.render = render  # type: ignore[method-assign]
        return parser
