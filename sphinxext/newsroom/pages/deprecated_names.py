"""Names of templates, macros, CSS classes and template data in version 0.1, which keep working until 0.3.

To remove them, delete this module, its use in :mod:`.jinja`, :mod:`.renderer` and :mod:`.extension`, its tests, and the
warning ``newsroom.deprecated`` if nothing else emits it.
"""

from __future__ import annotations

import inspect
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import BaseLoader, FileSystemLoader, TemplateNotFound

from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.sphinx_builders import html_builder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jinja2 import Environment
    from sphinx.application import Sphinx

REMOVED_IN = "0.3"

PARTIALS = "newsroom/partials/"
TEMPLATES = {
    f"{PARTIALS}{old}.html": f"{PARTIALS}{new}.html"
    for old, new in {
        "banner": "draft_notice",
        "bio": "author_bio",
        "collections": "terms",
        "contents": "toc",
        "facts": "post_meta",
        "links": "author_links",
        "profile": "author_profile",
        "row": "table_row",
        "sidebars/collections": "sidebars/terms",
        "state": "status_badge",
        "view_head": "list_header",
        "ways": "nav",
        "years": "archive",
    }.items()
}
MACRO_FILE = f"{PARTIALS}macros.html"
MACROS = {
    "count": "post_count",
    "labels": "terms",
    "minutes": "reading_time",
    "part": "series_part",
    "source": "image_url",
}
CLASSES = {
    f"newsroom-{old}": f"newsroom-{new}"
    for old, new in {
        "back": "backlink",
        "banner": "draft-notice",
        "by": "author",
        "caption": "kicker",
        "collection": "term",
        "collections": "terms",
        "facts": "meta",
        "further": "see-also",
        "head": "intro",
        "hidden": "visually-hidden",
        "neighbours": "prev-next",  # codespell:ignore neighbours
        "number": "page-number",
        "part": "series-part",
        "state": "status",
        "ways": "nav",
        "when": "related-date",
        "years": "archive",
    }.items()
}
# An old key, and the new ones: which of them depends on what has it.
KEYS = {
    "card": ("social_card", "twitter_card"),
    "collections": ("terms",),
    "has_contents": ("has_toc",),
    "has_neighbours": ("has_adjacent_posts",),
    "head": ("intro",),
    "is_named": ("has_images",),
    "labels": ("terms",),
    "look": ("layout",),
    "more": ("has_more", "more_text"),
    "pagename": ("page",),
    "parts": ("part_numbers", "children"),
    "properties": ("open_graph",),
    "way": ("breadcrumbs",),
    "ways": ("navigation",),
}

_OLD_CLASSES = {new: old for old, new in CLASSES.items()}
_CLASS = re.compile(r"(?<![\w-])newsroom-[a-z-]+(?![\w-])")
_CLASS_ATTRIBUTE = re.compile(r"""\bclass\s*=\s*(?:"[^"]*"|'[^']*')""")
_SELECTOR = re.compile(r"(?<=\.)newsroom-[a-z-]+(?![\w-])")
_TEMPLATE_NAME = re.compile(rf"""(?<=["']){PARTIALS}[\w/]+\.html(?=["'])""")
_MACRO_IMPORT = re.compile(rf"""\bfrom\s+["']{MACRO_FILE}["']\s+import\s+([^%]*)%""")
_WORD = re.compile(r"\w+")


class TemplateLoader(BaseLoader):
    """Loads the templates below ``newsroom/``, also by their old names; it precedes all other loaders."""

    def __init__(self, templates: Any, own: Path, app: Sphinx) -> None:
        """Use the loaders that a builder has.

        :param templates: the template bridge of the builder.
        :param own: the folder of our templates.
        :param app: the application.
        """
        paths = [[Path(path) for path in getattr(loader, "searchpath", ())] for loader in templates.loaders]
        self._site = templates.loaders[: next((n for n, found in enumerate(paths) if own in found), len(paths))]
        self._own, self._app = OwnTemplates(own), app
        self._reported: set[tuple[str, int, str]] = set()
        self.site_templates = {
            (folder, file.relative_to(folder).as_posix()): file.read_text(encoding="utf-8", errors="replace")
            for found in paths[: len(self._site)]
            for folder in found
            for file in sorted(folder.rglob("*.html"))
        }
        """The text of each template of the site, by folder and name."""
        self._are_used = any(
            "newsroom" in name or "newsroom" in text for (_, name), text in self.site_templates.items()
        )

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Return a template of the site, under its new or its old name, or else ours."""
        if not template.startswith("newsroom/"):
            raise TemplateNotFound(template)
        name = TEMPLATES.get(template, template)
        for known in (name, *(old for old, new in TEMPLATES.items() if new == name)):
            for loader in self._site:
                try:
                    source, file, is_current = loader.get_source(environment, known)
                except TemplateNotFound:
                    continue
                return _add_new_classes(source), file, is_current
        return self._own.get_source(environment, name)

    def list_templates(self) -> list[str]:
        """Return nothing: the other loaders know the templates."""
        return []

    def with_old_keys(self, data: Any) -> Any:
        """Return what a template gets so that it can also be read by its old keys, where a template of the site might.

        :param data: plain data.
        """
        return _with_old_keys(data, self._report_key) if self._are_used else data

    def _report_key(self, old: str, new: str) -> None:
        file, line = _template_line()
        if (file, line, old) not in self._reported:
            self._reported.add((file, line, old))
            get_site(self._app).reporter.report([_Use("key", old, new, Path(file), line).problem(self._app.srcdir)])


class OwnTemplates(FileSystemLoader):
    """Our own templates, whose elements have the old classes next to the new ones."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return a template."""
        source, file, is_current = super().get_source(environment, template)
        source = _CLASS.sub(lambda m: f"{m[0]} {_OLD_CLASSES[m[0]]}" if m[0] in _OLD_CLASSES else m[0], source)
        if template == MACRO_FILE:
            source += "".join(f"{{% set {old} = {new} %}}" for old, new in MACROS.items())
        return source, file, is_current


class OldKeys(dict[str, Any]):
    """A mapping that can also be read by its old keys."""

    def __init__(self, values: dict[str, Any], report: Callable[[str, str], None]) -> None:
        """Take over values.

        :param values: the values by their new keys.
        :param report: called with the old and the new key when an old one is read.
        """
        super().__init__(values)
        self._report = report

    def __missing__(self, key: str) -> Any:
        for new in KEYS.get(key, ()):
            if new in self:
                self._report(key, new)
                return self[new]
        raise KeyError(key)


def install(templates: Any, own: Path, app: Sphinx) -> None:
    """Have a builder find templates by their old names, too.

    :param templates: its template bridge.
    :param own: the folder of our templates.
    :param app: the application.
    """
    templates.loaders.insert(0, TemplateLoader(templates, own, app))
    # A name that begins with an exclamation mark is looked up after these.
    templates.templatepathlen += 1


def with_old_keys(app: Sphinx, data: Any) -> Any:
    """Return what templates get so that the site's own can read it by its old keys, too.

    :param app: the application.
    :param data: plain data.
    """
    return _loader(app).with_old_keys(data)


def _loader(app: Sphinx) -> TemplateLoader:
    # Another extension may have put its own before it.
    return next(loader for loader in html_builder(app).templates.loaders if isinstance(loader, TemplateLoader))


def _with_old_keys(data: Any, report: Callable[[str, str], None]) -> Any:
    if isinstance(data, dict):
        # Keys under "extra" are those of the site.
        values = {key: value if key == "extra" else _with_old_keys(value, report) for key, value in data.items()}
        return OldKeys(values, report)
    return [_with_old_keys(item, report) for item in data] if isinstance(data, list) else data


def _add_new_classes(source: str) -> str:
    """Return a template of the site in which elements with an old class have the new one, which our stylesheet knows."""

    def add(attribute: re.Match[str]) -> str:
        return _CLASS.sub(lambda m: f"{m[0]} {CLASSES[m[0]]}" if m[0] in CLASSES else m[0], attribute[0])

    return _CLASS_ATTRIBUTE.sub(add, source)


# -- Reports -----------------------------------------------------------------------------------------------------------


class _Use(NamedTuple):
    """A use of an old name in a site."""

    kind: str
    old: str
    new: str
    file: Path | None = None
    line: int = 1

    def problem(self, root: Path) -> Problem:
        """Return what is reported of it.

        :param root: the source folder.
        """
        path = os.path.relpath(self.file, root).replace(os.sep, "/") if self.file else None
        message = f"the {self.kind} {self.old!r} is now called {self.new!r}; the old name works until {REMOVED_IN}."
        return Problem(subtype=Subtype.DEPRECATED, message=message, path=path, line=self.line if path else None)


def report_deprecated_names(app: Sphinx) -> None:
    """Report the old names in the templates, stylesheets and options of a site, each once in a file.

    :param app: the application; its builder makes pages.
    """
    first: dict[Any, _Use] = {}
    for use in (*_in_sidebars(app), *_in_templates(app), *_in_stylesheets(app)):
        first.setdefault((use.file, use.kind, use.old), use)
    get_site(app).reporter.report(use.problem(app.srcdir) for use in first.values())


def _in_sidebars(app: Sphinx) -> Iterator[_Use]:
    for names in app.config.html_sidebars.values():
        for name in names:
            if name in TEMPLATES:
                yield _Use("template", name, TEMPLATES[name])


def _in_templates(app: Sphinx) -> Iterator[_Use]:
    for (folder, name), text in _loader(app).site_templates.items():
        file = folder / name
        if name in TEMPLATES:
            yield _Use("template", name, TEMPLATES[name], file)
        matches = [("template", match, TEMPLATES) for match in _TEMPLATE_NAME.finditer(text)]
        for attribute in _CLASS_ATTRIBUTE.finditer(text):
            matches += [("CSS class", match, CLASSES) for match in _CLASS.finditer(text, *attribute.span())]
        for imported in _MACRO_IMPORT.finditer(text):
            matches += [("macro", match, MACROS) for match in _WORD.finditer(text, *imported.span(1))]
        for kind, match, names in matches:
            if match[0] in names:
                yield _Use(kind, match[0], names[match[0]], file, _line(text, match))


def _in_stylesheets(app: Sphinx) -> Iterator[_Use]:
    package = Path(__file__).resolve().parent.parent
    for entry in app.config.html_static_path:
        path = Path(app.confdir, entry)
        if path.resolve().is_relative_to(package):
            continue
        for file in sorted(path.rglob("*.css")) if path.is_dir() else [path]:
            if file.suffix == ".css" and file.is_file():
                text = file.read_text(encoding="utf-8", errors="replace")
                for match in _SELECTOR.finditer(text):
                    if match[0] in CLASSES:
                        yield _Use("CSS class", match[0], CLASSES[match[0]], file, _line(text, match))


def _line(text: str, match: re.Match[str]) -> int:
    return text.count("\n", 0, match.start()) + 1


def _template_line() -> tuple[str, int]:
    """Return the file and the line of the template that is being rendered."""
    frame = inspect.currentframe()
    while frame is not None:
        if (template := frame.f_globals.get("__jinja_template__")) is not None:
            return str(template.filename), int(template.get_corresponding_lineno(frame.f_lineno))
        frame = frame.f_back
    return "", 1
