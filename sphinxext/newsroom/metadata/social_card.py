"""Draw social cards with Pillow: the title of a post on a coloured background."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sphinxext.newsroom.metadata.social_card_text import Size, cut, fit, is_symbol
from sphinxext.newsroom.utils.text import collapse_whitespace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
MARGIN = 80
COLUMN = WIDTH - 2 * MARGIN
BAR = (96, 10)
NAME, NOTE = 34, 30  # pixels
NOTE_HEIGHT = 46
TITLES = (
    Size(pixels=88, lines=2),
    Size(pixels=72, lines=3),
    Size(pixels=64, lines=3),
    Size(pixels=54, lines=4),
)
LEADING = 1.2
CAPITAL = 0.73
"""How high capitals are, in parts of the size."""
BOLD, MEDIUM, REGULAR = 700, 600, 450
ENOUGH = 4.5
"""The contrast that text needs to be read by people who see little (WCAG 2.2, 1.4.3)."""
SOFT = 0.82
"""How much of its colour the text around the title has, where that is enough."""

Rgb = tuple[int, int, int]
WHITE: Rgb = (255, 255, 255)
BLACK: Rgb = (0, 0, 0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """The content of a card."""

    name: str
    """The name of the site, above the title."""
    title: str
    notes: tuple[str, ...]
    """Lines below the title."""
    color: str
    """The background, as ``#rrggbb`` or ``#rgb``."""
    right_to_left: bool

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that is written on it."""
        return (self.name, self.title, *self.notes)


class NotAFontError(ValueError):
    """A file is not a font that can be read."""


class Typeface:
    """A font in the sizes and weights that are asked for."""

    def __init__(self, content: bytes) -> None:
        """Take the content of a file.

        :param content: a TrueType or OpenType font; empty: the one that Pillow has.
        :raises NotAFontError: it is none.
        """
        self.content = content
        """The file, empty for the font that Pillow has."""
        self.digest = hashlib.blake2b(content, digest_size=12).hexdigest()
        """Differs whenever the font does."""
        self.at = cache(self._at)
        """Returns the font at a size in pixels and a weight, which a font of one weight ignores."""
        self._picture = cache(self._picture_of)
        self.at(NOTE, REGULAR)

    def _at(self, pixels: int, weight: int) -> FreeTypeFont:
        from PIL import ImageFont

        try:
            font = ImageFont.truetype(io.BytesIO(self.content), pixels) if self.content else _of_pillow(pixels)
        except OSError as error:
            raise NotAFontError from error
        wanted = {b"Weight": weight, b"Optical size": pixels}
        try:
            axes = font.get_variation_axes()
        except (OSError, NotImplementedError):
            return font
        values = []
        for axis in axes:
            least, usual, most = (float(axis[name] or 0) for name in ("minimum", "default", "maximum"))
            values.append(min(max(wanted.get(axis["name"] or b"", usual), least), most))
        font.set_variation_by_axes(values)
        return font

    def lacks(self, characters: Iterable[str]) -> list[str]:
        """Return those characters that the font has no picture of, sorted.

        :param characters: characters.
        """
        return sorted(character for character in {*characters} if self._is_missing(character))

    def written(self, text: str) -> str:
        """Return a text without emoji and other symbols that the font lacks.

        :param text: the text.
        """
        missing = {character for character in {*text} if is_symbol(character) and self._is_missing(character)}
        return collapse_whitespace("".join(character for character in text if character not in missing))

    def _is_missing(self, character: str) -> bool:
        # Fonts show the same for all that they lack, and what is not a character is in none of them.
        return not character.isspace() and self._picture(character) == self._picture("\uffff")

    def _picture_of(self, character: str) -> bytes:
        mask = self.at(NOTE, REGULAR).getmask(character)
        return repr(mask.size).encode() + bytes(mask)


def _of_pillow(pixels: int) -> FreeTypeFont:
    from PIL import ImageFont

    return cast("FreeTypeFont", ImageFont.load_default(pixels))


def pillow_version() -> str:
    """Return the version of Pillow, which draws cards; empty if it is not installed."""
    try:
        from PIL import __version__
    except ImportError:
        return ""
    return __version__


def installed_font() -> bytes:
    """Return the font that comes with the extra ``cards``, empty if it is not installed."""
    try:
        import fontpkg

        return Path(fontpkg.path("Inter")).read_bytes()
    except (ImportError, LookupError, OSError):
        return b""


def draw(card: Card, typeface: Typeface) -> bytes:
    """Return a card as PNG; the same bytes each time.

    :param card: what it shows.
    :param typeface: the font.
    """
    from PIL import Image, ImageDraw

    background = read_color(card.color)
    text = text_color(background)
    # One channel is enough, from the background to the colour of the text.
    image = Image.new("L", (WIDTH, HEIGHT), 0)
    _write(ImageDraw.Draw(image), card, typeface, soft=_soft(background, text))
    image.putpalette([channel for step in range(256) for channel in mixed(background, text, step / 255)])
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _write(canvas: ImageDraw, card: Card, typeface: Typeface, *, soft: int) -> None:
    edge, anchor = (WIDTH - MARGIN, "rs") if card.right_to_left else (MARGIN, "ls")

    def write(text: str, baseline: float, pixels: int, weight: int, strength: int) -> None:
        canvas.text((edge, baseline), text, fill=strength, font=typeface.at(pixels, weight), anchor=anchor)

    def measure(pixels: int, weight: int = BOLD) -> Callable[[str], float]:
        return typeface.at(pixels, weight).getlength

    start = edge - BAR[0] if card.right_to_left else edge
    canvas.rectangle((start, MARGIN - BAR[1], start + BAR[0] - 1, MARGIN - 1), fill=255)
    top = MARGIN + 2 * NAME
    write(cut(typeface.written(card.name), COLUMN, measure(NAME, MEDIUM)), top, NAME, MEDIUM, soft)

    notes = [cut(note, COLUMN, measure(NOTE, REGULAR)) for note in map(typeface.written, card.notes) if note]
    bottom = HEIGHT - MARGIN - NOTE_HEIGHT * (len(notes) - 1)
    for number, note in enumerate(notes):
        write(note, bottom + number * NOTE_HEIGHT, NOTE, REGULAR, soft)

    pixels, lines = fit(typeface.written(card.title), COLUMN, TITLES, measure)
    below = bottom - CAPITAL * NOTE if notes else HEIGHT - MARGIN
    # In the middle between both, from the top of its capitals to its last baseline.
    height = LEADING * pixels
    first = (top + below + CAPITAL * pixels - height * (len(lines) - 1)) / 2
    for number, line in enumerate(lines):
        write(line, round(first + number * height), pixels, BOLD, 255)


# -- Colours


def read_color(written: str) -> Rgb:
    """Return the channels of a colour.

    :param written: ``#rrggbb`` or ``#rgb``.
    """
    digits = written.lstrip("#")
    if len(digits) == len("rgb"):
        digits = "".join(2 * digit for digit in digits)
    red, green, blue = bytes.fromhex(digits)
    return red, green, blue


def text_color(background: Rgb) -> Rgb:
    """Return white, or black where white cannot be read.

    :param background: the background colour.
    """
    return WHITE if contrast(WHITE, background) >= ENOUGH else BLACK


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 as WCAG 2.2 defines it.

    :param one: a colour.
    :param other: another.
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(one: Rgb, other: Rgb, part: float) -> Rgb:
    """Return a colour between two.

    :param one: a colour.
    :param other: another.
    :param part: how much of the other is in it, from 0 to 1.
    """
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _soft(background: Rgb, text: Rgb) -> int:
    is_enough = contrast(mixed(background, text, SOFT), background) >= ENOUGH
    return round(255 * SOFT) if is_enough else 255


def _luminance(color: Rgb) -> float:
    channels = [channel / 255 for channel in color]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)  # noqa: PLR2004 - of sRGB
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
