"""The colours of a Material theme, for themes of Sphinx."""

from __future__ import annotations

import colorsys
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

PRIMARY = {
    "red": "#ef5552",
    "pink": "#e92063",
    "purple": "#ab47bd",
    "deep purple": "#7e56c2",
    "indigo": "#4051b5",
    "blue": "#2094f3",
    "light blue": "#02a6f2",
    "cyan": "#00bdd6",
    "teal": "#009485",
    "green": "#4cae4f",
    "light green": "#8bc34b",
    "lime": "#cbdc38",
    "yellow": "#ffec3d",
    "amber": "#ffc105",
    "orange": "#ffa724",
    "deep orange": "#ff6e42",
    "brown": "#795649",
    "grey": "#757575",
    "blue grey": "#546d78",
    "black": "#000000",
    "white": "#ffffff",
}
"""Material's names of colours for ``primary`` and ``accent``."""
_PAPER = {"light": "#ffffff", "dark": "#14181e"}
_READABLE = 4.5
"""The contrast that WCAG asks for between text and what is behind it."""
_CUSTOM = re.compile(r"--md-(primary|accent)-fg-color\s*:\s*(#[0-9a-fA-F]{6}|#[0-9a-fA-F]{3})\b")
_VARIABLES = {
    "pydata_sphinx_theme": {"primary": "--pst-color-primary", "accent": "--pst-color-secondary"},
    "sphinx_book_theme": {"primary": "--pst-color-primary", "accent": "--pst-color-secondary"},
}
_FURO = {"primary": ("color-brand-primary", "color-brand-content")}


@dataclass(frozen=True, kw_only=True, slots=True)
class Palette:
    """The colours of a site, by the scheme ``light`` and ``dark``."""

    colours: Mapping[str, Mapping[str, str]]
    """For each scheme, the colours ``primary`` and ``accent``, where the site names them."""
    default: str = "auto"
    """The scheme that readers see first."""

    def css(self, theme: str) -> str:
        """Return a stylesheet that gives a theme these colours; empty if there are none, or the theme is not known.

        :param theme: the theme.
        """
        if theme not in _VARIABLES:
            return ""
        rules = []
        for scheme, colours in self.colours.items():
            lines = [f"  {_VARIABLES[theme][role]}: {readable(colour, scheme)};\n" for role, colour in colours.items()]
            if lines:
                rules.append(f'html[data-theme="{scheme}"] {{\n{"".join(lines)}}}\n')
        return "\n".join(rules)

    def theme_options(self, theme: str) -> dict[str, Any]:
        """Return the options that give a theme these colours, for one that takes them there.

        :param theme: the theme.
        """
        if theme != "furo":
            return {}
        return {
            f"{scheme}_css_variables": {
                variable: readable(colours[role], scheme) for role, names in _FURO.items() for variable in names
            }
            for scheme, colours in self.colours.items()
            if "primary" in colours
        }


def read_palette(theme: Any, stylesheets: Iterable[str]) -> Palette:
    """Return the colours that ``theme`` of a ``mkdocs.yml`` describes.

    :param theme: the setting.
    :param stylesheets: the texts of ``extra_css``, which define the colour ``custom``.
    """
    palette = theme.get("palette") if isinstance(theme, dict) else None
    entries = [entry for entry in (palette if isinstance(palette, list) else [palette]) if isinstance(entry, dict)]
    own = dict(_custom_colours(stylesheets))
    colours: dict[str, dict[str, str]] = {}
    for entry in entries:
        found = {}
        for role in ("primary", "accent"):
            name = str(entry.get(role) or "")
            colour = own.get(role) if name == "custom" else PRIMARY.get(name.replace("-", " ").strip())
            if colour:
                found[role] = colour
        colours.setdefault(_scheme(entry), found)
    # The only palette is that of both schemes.
    if len(colours) == 1:
        colours = {"light": next(iter(colours.values())), "dark": next(iter(colours.values()))}
    is_automatic = any("prefers-color-scheme" in str(entry.get("media") or "") for entry in entries)
    default = "auto" if is_automatic or not entries else _scheme(entries[0])
    return Palette(colours={name: found for name, found in colours.items() if found}, default=default)


def _scheme(entry: Mapping[str, Any]) -> str:
    return "dark" if str(entry.get("scheme") or "default") == "slate" else "light"


def _custom_colours(stylesheets: Iterable[str]) -> Iterator[tuple[str, str]]:
    for text in stylesheets:
        for match in _CUSTOM.finditer(text):
            yield match[1], _six_digits(match[2])


def _six_digits(colour: str) -> str:
    return colour.lower() if len(colour) > 4 else "#" + "".join(digit * 2 for digit in colour[1:].lower())  # noqa: PLR2004 - #abc


def readable(colour: str, scheme: str) -> str:
    """Return a colour as links can have it: as bright or dark as it has to be on the page.

    :param colour: such as ``#ffec3d``.
    :param scheme: ``light`` or ``dark``.
    """
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    step = -0.01 if scheme == "light" else 0.01
    while _contrast(colour, _PAPER[scheme]) < _READABLE and 0 <= lightness <= 1:
        lightness += step
        parts = colorsys.hls_to_rgb(hue, min(max(lightness, 0), 1), saturation)
        colour = "#" + "".join(f"{round(part * 255):02x}" for part in parts)
    return colour


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)  # noqa: PLR2004 - sRGB
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
