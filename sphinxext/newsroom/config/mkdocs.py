"""Read the settings of a ``mkdocs.yml``.

Nothing in the file is executed: tags that would make MkDocs import or call something become text.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.files import read_bytes
from sphinxext.newsroom.utils.limits import MAX_YAML_DEPTH
from sphinxext.newsroom.utils.yaml import check_size

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

BLOG_PLUGINS = ("blog", "material/blog")
REDIRECT_PLUGINS = ("redirects",)
FEED_PLUGINS = ("rss",)
# What they hold is a list of plugins.
GROUP_PLUGINS = ("group", "material/group")
# The feeds of the plugin, our name for each, and its file.
FEEDS = {
    "rss_created": ("rss", "feed_rss_created.xml"),
    "rss_updated": ("rss_updated", "feed_rss_updated.xml"),
    "json_created": ("json", "feed_json_created.json"),
    "json_updated": ("json_updated", "feed_json_updated.json"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class MkdocsSettings:
    """The settings of a MkDocs site that matter to the blog."""

    blogs: tuple[Mapping[str, Any], ...] = ()
    """The options of each blog, as in the file."""
    markdown_extensions: tuple[Any, ...] = ()
    site_url: str = ""
    language: str = ""
    use_directory_urls: bool = True
    tags: Mapping[str, str] = field(default_factory=dict)
    """Identifiers of tags, from ``extra.tags``."""
    redirects: Mapping[str, str] = field(default_factory=dict)
    """Old page to new page or URL, from the redirects plugin."""
    feeds: Mapping[str, Any] = field(default_factory=dict)
    """Our options that keep the feeds of the rss plugin where they are."""
    plugins: tuple[str, ...] = ()
    """The names of the plugins that are on."""
    values: Mapping[str, Any] = field(default_factory=dict, compare=False)
    """Every setting of the file, with those that it inherits."""

    def text(self, *keys: str) -> str:
        """Return a setting that is text, empty if there is none.

        :param keys: its key path.
        """
        value: Any = self.values
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        return _text(value).strip()

    def items(self, name: str) -> tuple[Any, ...]:
        """Return a setting that is a list; one that is a single value, such as one stylesheet, is a list of that.

        :param name: its name.
        """
        value = self.values.get(name)
        if isinstance(value, list):
            return tuple(value)
        return () if value is None else (value,)


class _Loader(yaml.SafeLoader):
    """A loader that takes every tag for what it says instead of doing it."""


def _environment(loader: _Loader, node: yaml.Node) -> Any:
    """Return the value of ``!ENV NAME`` or ``!ENV [NAME, OTHER, default]``, read as YAML reads it."""
    names, default = [node], None
    if isinstance(node, yaml.SequenceNode):
        names = node.value
        if len(names) > 1:
            *names, last = names
            default = loader.construct_object(last, deep=True)
    for name in names:
        if isinstance(name, yaml.ScalarNode) and name.value in os.environ:
            value = os.environ[name.value]
            tag = loader.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
            return loader.construct_object(yaml.ScalarNode(tag, value))
    return default


def _python_name(_loader: _Loader, path: str, _node: yaml.Node) -> str:
    """Return the import path that ``!!python/name:`` gives."""
    return path


def _python_call(loader: _Loader, path: str, node: yaml.Node) -> str:
    """Return a call, as text, for ``!!python/object/apply:``."""
    data = loader.construct_mapping(node, deep=True) if isinstance(node, yaml.MappingNode) else {}
    keywords = data.get("kwds") or {}
    return f"{path}({', '.join(f'{key}={value!r}' for key, value in keywords.items())})"


def _plain(loader: _Loader, _tag: str, node: yaml.Node) -> Any:
    """Return the value after an unknown tag."""
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_scalar(node)  # type: ignore[arg-type]


_Loader.add_constructor("!ENV", _environment)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/name:", _python_name)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/object/apply:", _python_call)
_Loader.add_multi_constructor("", _plain)


def read_mkdocs(file: Path) -> tuple[MkdocsSettings, tuple[Problem, ...]]:
    """Return the settings in a ``mkdocs.yml``, with those that it inherits.

    :param file: the file.
    """
    try:
        data = _read(file, ())
    except (OSError, ValueError, yaml.YAMLError, RecursionError) as error:
        if isinstance(error, RecursionError):
            error = ValueError(f"there are lists and mappings on more than {MAX_YAML_DEPTH} levels")
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        message = f"{file.name} cannot be read ({getattr(error, 'problem', None) or error}); its settings are not used."
        return MkdocsSettings(), (Problem(subtype=Subtype.CONFIG, message=message, path=file.name, line=line),)
    theme, extra = data.get("theme"), data.get("extra")
    tags = extra.get("tags") if isinstance(extra, dict) else None
    plugins = _plugins(data.get("plugins"))
    extensions = data.get("markdown_extensions")
    if isinstance(extensions, dict):
        extensions = [{name: options} if options else name for name, options in extensions.items()]
    feeds, problems = _feeds([options for name, options in plugins if name in FEED_PLUGINS], data, file.name)
    return MkdocsSettings(
        blogs=tuple(options for name, options in plugins if name in BLOG_PLUGINS),
        markdown_extensions=tuple(extensions) if isinstance(extensions, list) else (),
        site_url=_text(data.get("site_url")),
        language=_text(theme.get("language")) if isinstance(theme, dict) else "",
        use_directory_urls=data.get("use_directory_urls") is not False,
        tags={str(name): str(identifier) for name, identifier in tags.items()} if isinstance(tags, dict) else {},
        redirects={
            str(old): str(new)
            for name, options in plugins
            if name in REDIRECT_PLUGINS and isinstance(options.get("redirect_maps"), dict)
            for old, new in options["redirect_maps"].items()
        },
        feeds=feeds,
        plugins=tuple(name for name, options in plugins if options.get("enabled") is not False),
        values=data,
    ), problems


def _feeds(
    plugins: list[dict[str, Any]], data: Mapping[str, Any], name: str
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Return our options for the feeds of the rss plugin, and a problem if there are more than one can be kept of."""
    plugins = [options for options in plugins if options.get("enabled") is not False]
    if not plugins:
        return {}, ()
    options = plugins[0]
    names = options.get("feeds_filenames")
    names = names if isinstance(names, dict) else {}
    files = {
        ours: f"/{names.get(theirs) or usual}"
        for theirs, (ours, usual) in FEEDS.items()
        if options.get(f"{theirs.partition('_')[0]}_feed_enabled") is not False
    }
    # New subscribers get the best format.
    values = {
        "feed_files": {"atom": "atom.xml", **files},
        "feed_length": options.get("length"),
        "title": options.get("feed_title"),
        "feed_subtitle": options.get("feed_description") or data.get("site_description"),
    }
    message = f"{name} has several rss plugins; the feeds of the first are used. Add the others to newsroom_feed_files."
    problem = Problem(subtype=Subtype.CONFIG, message=message, path=name)
    return {key: value for key, value in values.items() if value is not None}, (problem,) if len(plugins) > 1 else ()


def _read(file: Path, above: tuple[Path, ...]) -> dict[str, Any]:
    content = read_bytes(file)
    if file.resolve() in above:
        message = "it inherits from itself"
        raise ValueError(message)
    # The loader is a SafeLoader that builds nothing but text, numbers, lists and mappings.
    loader = _Loader(content.decode("utf-8-sig"))
    try:
        node = loader.get_single_node()
        check_size(node)
        data = loader.construct_document(node) if node is not None else None
    finally:
        loader.dispose()
    if not isinstance(data, dict):
        message = "expected settings by name"
        raise ValueError(message)  # noqa: TRY004 - a mistake in the file, reported like the others
    parent = data.pop("INHERIT", None)
    return _merge(_read(file.parent / str(parent), (*above, file.resolve())), data) if parent else data


def _merge(under: dict[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(under)
    for key, value in over.items():
        below = merged.get(key)
        merged[key] = _merge(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged


def _plugins(plugins: Any) -> list[tuple[str, dict[str, Any]]]:
    """Return plugins with their options that have a value, in any notation."""
    if isinstance(plugins, dict):
        plugins = [{name: options} for name, options in plugins.items()]
    found: list[tuple[str, dict[str, Any]]] = []
    for plugin in plugins if isinstance(plugins, list) else ():
        items = plugin.items() if isinstance(plugin, dict) else [(plugin, None)]
        for name, explicit in items:
            options = _given(explicit)
            found.append((str(name).split(" ")[0], options))
            if found[-1][0] in GROUP_PLUGINS and options.get("enabled") is True:
                found += _plugins(options.get("plugins"))
    return found


def _given(options: Any) -> dict[str, Any]:
    """Return the options that have a value: to MkDocs, null means the default."""
    return {name: value for name, value in options.items() if value is not None} if isinstance(options, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
