"""Shortcodes for emoji, ``:smile:``, and icons, ``:material-check:``."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.utils.files import is_folder, is_regular

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from markdown_it.rules_inline import StateInline

    from sphinxext.newsroom.markdown.dispatch import Rules

_SHORTCODE = re.compile(r":([+\-\w]+):")
_SETS = ("material", "fontawesome", "octicons", "simple")
# Packages that bring the icon sets as files; used where they are installed.
_PACKAGES = ("material", "zensical")
# Unicode symbols for common icons that have no image.
_SIGNS: Mapping[str, str] = {
    "alert": "⚠",
    "arrow-down": "↓",
    "arrow-left": "←",
    "arrow-right": "→",
    "arrow-up": "↑",
    "check": "✓",
    "check-bold": "✓",
    "check-circle": "✓",
    "close": "✗",
    "close-circle": "✗",
    "heart": "♥",
    "heart-fill": "♥",
    "help-circle": "?",
    "information": "🛈",
    "link": "🔗",
    "lightbulb": "💡",
    "mail": "✉",
    "email": "✉",
    "magnify": "🔍",
    "pencil": "✎",
    "search": "🔍",
    "star": "★",
    "x": "✗",
}


def shortcodes(rules: Rules, *, is_icon: Callable[[str], bool]) -> None:
    """Read shortcodes of emoji and icons.

    :param rules: the rules of the parser.
    :param is_icon: whether a name is one of an icon of the site's own.
    """

    def rule(state: StateInline, silent: bool) -> bool:
        match = _SHORTCODE.match(state.src, state.pos, state.posMax)
        if match is None:
            return False
        name = match[1]
        character = emoji_character(name)
        if character is None and not name.startswith(tuple(f"{icons}-" for icons in _SETS)) and not is_icon(name):
            return False
        if not silent:
            token = state.push("icon" if character is None else "emoji", "", 0)
            token.content = character or ""
            token.meta = {"name": name}
        state.pos = match.end()
        return True

    rules.inline(":", rule)


def emoji_character(name: str) -> str | None:
    """Return the character of an emoji.

    :param name: its shortcode without colons.
    """
    from pymdownx import gemoji_db, twemoji_db

    code = f":{name}:"
    for database in (twemoji_db, gemoji_db):
        entry = database.emoji.get(database.aliases.get(code, code))
        if entry and "unicode" in entry:
            points = str(entry.get("unicode_alt") or entry["unicode"])
            return "".join(chr(int(point, 16)) for point in points.split("-"))
    return None


def icon_words(name: str) -> str:
    """Return what an icon shows, in words.

    :param name: its shortcode without colons.
    """
    words = name.split("-")
    if words[0] in _SETS and len(words) > 1:
        words = words[1:]
    if words[0] in {"brands", "regular", "solid"} and len(words) > 1:
        words = words[1:]
    if words[-1].isdigit() and len(words) > 1:
        words = words[:-1]
    return " ".join(words)


def icon_sign(name: str) -> str:
    """Return a character that shows about what an icon shows, empty if there is none.

    :param name: its shortcode without colons.
    """
    if not name.startswith(("material-", "octicons-")):
        return ""
    return _SIGNS.get(icon_words(name).replace(" ", "-"), "")


def find_icon(name: str, folders: Iterable[Path]) -> str | None:
    """Return the drawing of an icon as SVG, None if it is nowhere to be found.

    :param name: its shortcode without colons.
    :param folders: where to look first: the site's own.
    """
    for folder in (*folders, *_installed()):
        if (file := _files(folder).get(name)) is not None:
            drawing = file.read_text(encoding="utf-8", errors="replace")
            begin = drawing.find("<svg")
            if begin >= 0:
                return drawing[begin:].strip()
    return None


def knows_icon(name: str, folders: Iterable[Path]) -> bool:
    """Return whether one of these folders has an icon.

    :param name: its shortcode without colons.
    :param folders: the folders.
    """
    return any(name in _files(folder) for folder in folders)


@cache
def _files(folder: Path) -> Mapping[str, Path]:
    """Return the drawings below a folder by shortcode: ``brands/x.svg`` is ``brands-x``."""
    found = sorted(file for file in folder.rglob("*.svg") if is_regular(file)) if is_folder(folder) else []
    return {"-".join(file.relative_to(folder).with_suffix("").parts): file for file in found}


@cache
def _installed() -> tuple[Path, ...]:
    folders: list[Path] = []
    for package in _PACKAGES:
        spec = find_spec(package)
        for place in (spec.submodule_search_locations or ()) if spec else ():
            folders += [path for path in (Path(place, "templates", ".icons"),) if path.is_dir()]
    return tuple(folders)


def icon_font(name: str) -> str:
    """Return the classes that show an icon with the font that pydata-sphinx-theme brings, empty if it is not in it.

    :param name: its shortcode without colons.
    """
    match = re.fullmatch(r"fontawesome-(brands|regular|solid)-([\w-]+)", name)
    return f"fa-{match[1]} fa-{match[2]}" if match else ""


def has_icon_font(builder: Any) -> bool:
    """Return whether the theme of a site brings the font of these icons: pydata-sphinx-theme, or one derived from it.

    :param builder: the builder; one that has no theme brings none.
    """
    theme = getattr(builder, "theme", None)
    return theme is not None and any(Path(folder).name == "pydata_sphinx_theme" for folder in theme.get_theme_dirs())
