"""The configuration of a site, as far as it is known without Sphinx and the site's extensions."""

from __future__ import annotations

from types import MappingProxyType, SimpleNamespace
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.cli.conf_file import Tags, read_conf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinxext.newsroom.cli.locate import Place

PREFIX = "newsroom_"
_SPHINX: Mapping[str, Any] = MappingProxyType(
    {
        "author": "Author name not set",
        "copyright": "",
        "exclude_patterns": [],
        "extensions": [],
        "html_additional_pages": {},
        "html_baseurl": "",
        "html_context": {},
        "html_css_files": [],
        "html_extra_path": [],
        "html_favicon": None,
        "html_file_suffix": None,
        "html_js_files": [],
        "html_link_suffix": None,
        "html_logo": None,
        "html_static_path": [],
        "html_theme": "alabaster",
        "html_theme_options": {},
        "html_title": "",
        "include_patterns": ["**"],
        "language": "en",
        "project": "Project name not set",
        "root_doc": "index",
        "source_suffix": {".rst": "restructuredtext"},
        "suppress_warnings": [],
        "templates_path": [],
    }
)
"""Sphinx's defaults of what is asked for here; a test compares them."""
_ABLOG: Mapping[str, Any] = MappingProxyType(
    {
        "blog_authors": {},
        "blog_baseurl": "",
        "blog_default_author": None,
        "blog_default_language": None,
        "blog_default_location": None,
        "blog_feed_archives": False,
        "blog_feed_fulltext": False,
        "blog_feed_length": None,
        "blog_feed_subtitle": None,
        "blog_feed_templates": {"atom": {}},
        "blog_feed_titles": None,
        "blog_languages": {},
        "blog_locations": {},
        "blog_path": "blog",
        "blog_post_pattern": [],
        "blog_title": "Blog",
        "fontawesome_included": False,
        "post_always_section": False,
        "post_date_format": "%d %B %Y",
        "skip_injecting_base_ablog_templates": False,
    }
)
"""ABlog's."""
NEEDS_ABLOG = frozenset(
    {
        "blog_authors",
        "blog_default_author",
        "blog_default_language",
        "blog_default_location",
        "blog_languages",
        "blog_locations",
    }
)
"""Options of ABlog whose values only ABlog itself brings into shape."""
_SUFFIXES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"myst_parser": (".md",), "myst_nb": (".md", ".ipynb"), "nbsphinx": (".ipynb",)}
)
"""The kinds of document that extensions read."""


class SiteConfig:
    """Values by name, as attributes and as items, with the defaults of those that nobody sets."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        """Take what ``conf.py`` sets.

        :param values: by name.
        """
        self._raw_config = dict(values)
        self.overrides: dict[str, Any] = {}
        self.values: dict[str, Any] = {name: SimpleNamespace(default=value) for name, value in _ABLOG.items()}
        self._values = {**_SPHINX, **_ABLOG, **values}
        # The former name, which still can be set.
        if "master_doc" in values and "root_doc" not in values:
            self._values["root_doc"] = values["master_doc"]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self[name]

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("_") or name in {"overrides", "values"}:
            super().__setattr__(name, value)
        else:
            self._values[name] = value

    def __getitem__(self, name: str) -> Any:
        if name not in self._values:
            if not name.startswith(PREFIX):
                raise AttributeError(name)
            if name == "newsroom_mkdocs":
                # It decides what else is read.
                return ""
            from sphinxext.newsroom.config.options import default

            self._values[name] = default(name.removeprefix(PREFIX))
        return self._values[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self._values[name] = value

    def copy(self) -> SiteConfig:
        """Return a configuration in which the same values are set; what has changed since then is not in it."""
        return SiteConfig(self._raw_config)

    def has(self, name: str) -> bool:
        """Return whether there is a value, set or by default.

        :param name: its name.
        """
        return name in self._values

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all values that there are."""
        return tuple(self._values)

    @staticmethod
    def is_used(name: str) -> bool:
        """Return whether a value of Sphinx's or ABlog's is asked for here.

        :param name: its name.
        """
        return name in _SPHINX or name in _ABLOG

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Suffixes of documents: those that are set, and those that the extensions of the site read."""
        written = self["source_suffix"]
        found = [written] if isinstance(written, str) else [str(suffix) for suffix in written]
        for extension in self["extensions"]:
            found += _SUFFIXES.get(str(extension).partition(".")[0], ())
        return tuple(dict.fromkeys(found))

    def texts(self, name: str) -> list[str]:
        """Return a value that is a list of texts; one text is a list of that.

        :param name: its name.
        """
        value = self[name]
        return [value] if isinstance(value, str) else [str(item) for item in value or ()]


def load_config(place: Place) -> SiteConfig:
    """Return the configuration of a site, as it is for a build with drafts.

    :param place: where the site is.
    """
    if place.conf is None:
        return SiteConfig({"newsroom_mkdocs": str(place.mkdocs), "extensions": ["myst_parser"]})
    return SiteConfig(read_conf(place.conf, Tags(["drafts"])))
