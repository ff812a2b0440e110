"""What a ``mkdocs.yml`` has that neither the extension nor a migration takes over, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Features of Material that themes of Sphinx have anyway, or that only say how the old site is loaded.
_HAD_ANYWAY = frozenset(
    {
        "announce.dismiss",
        "content.action.edit",
        "content.code.annotate",
        "content.footnote.tooltips",
        "content.tabs.link",
        "header.autohide",
        "navigation.expand",
        "navigation.footer",
        "navigation.indexes",
        "navigation.instant",
        "navigation.instant.prefetch",
        "navigation.instant.preview",
        "navigation.instant.progress",
        "navigation.path",
        "navigation.prune",
        "navigation.sections",
        "navigation.tabs",
        "navigation.tabs.sticky",
        "navigation.top",
        "navigation.tracking",
        "search.highlight",
        "search.share",
        "search.suggest",
        "toc.follow",
    }
)
_FEATURES = {
    "content.action.view": "set `use_edit_page_button`, or link to the source from the pages",
    "content.code.copy": "add the extension `sphinx_copybutton`",
    "content.code.select": "the extension `sphinx_copybutton` copies code without prompts",
    "content.tooltips": "titles of links are shown by the browser",
    "toc.integrate": "set `html_theme_options` of the theme; the contents of a page are in the second sidebar",
}
_NOT_SHOWN = "no theme of Sphinx has it"
_EXTRA = {
    "alternate": "set the version or language switcher of the theme",
    "analytics": 'set `html_theme_options["analytics"]`',
    "consent": "add a script with `html_js_files`, if the site still needs consent",
    "generator": "nothing to do",
    "homepage": 'set `html_theme_options["logo"]` with `link`',
    "manifest": "add the link with a template of the theme",
    "status": "nothing shows the status of a page; write it into the page",
    "version": "set the version switcher of the theme, or let Read the Docs show one",
}
_SETTINGS = {
    "hooks": "the functions are not called; write a listener of Sphinx in `conf.py`",
    "remote_branch": "publish with the workflow that is made here",
    "remote_name": "publish with the workflow that is made here",
}


def settings_to_do(values: Mapping[str, Any]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield what has no equivalent, what to do, and the key path.

    :param values: the ``mkdocs.yml``.
    """
    theme, extra = values.get("theme"), values.get("extra")
    if isinstance(theme, dict):
        yield from _of_theme(theme)
    for name in extra if isinstance(extra, dict) else ():
        if name in _EXTRA:
            yield f"`extra.{name}`", _EXTRA[name], ("extra", name)
    for name, advice in _SETTINGS.items():
        if values.get(name):
            yield f"`{name}`", advice, (name,)


def _of_theme(theme: Mapping[str, Any]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    features, icon = theme.get("features"), theme.get("icon")
    for name in map(str, features if isinstance(features, list) else ()):
        if name not in _HAD_ANYWAY:
            yield f"the feature `{name}`", _FEATURES.get(name, _NOT_SHOWN), ("theme", "features")
    if theme.get("font"):
        yield "`theme.font`", "load the fonts with your stylesheet, or leave those of the theme", ("theme", "font")
    for name in icon if isinstance(icon, dict) else ():
        if name != "tag":
            yield f"`theme.icon.{name}`", "the theme has its own icons", ("theme", "icon")


def analytics(values: Mapping[str, Any]) -> dict[str, str]:
    """Return the options of pydata-sphinx-theme for the analytics of a site; empty for a service that it does not know.

    :param values: the ``mkdocs.yml``.
    """
    extra = values.get("extra")
    found = extra.get("analytics") if isinstance(extra, dict) else None
    if isinstance(found, dict) and found.get("provider") == "google" and isinstance(found.get("property"), str):
        return {"google_analytics_id": found["property"]}
    return {}
