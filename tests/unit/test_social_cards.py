"""Social cards: their content, with any text."""

from __future__ import annotations

import io
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from sphinxext.newsroom.metadata import social_card as cards
from sphinxext.newsroom.metadata.social_card import (
    Card,
    NotAFontError,
    Typeface,
    contrast,
    draw,
    read_color,
    text_color,
)
from sphinxext.newsroom.metadata.social_card_text import LONGEST, Size, cut, fit, presentable

SIZES = (Size(pixels=20, lines=1), Size(pixels=10, lines=3))


@pytest.fixture(scope="module")
def inter() -> Typeface:
    return Typeface(cards.installed_font())


def card(title: str, *notes: str, name: str = "Handbook", color: str = "#1b365d", right_to_left: bool = False) -> Card:
    return Card(name=name, title=title, notes=notes, color=color, right_to_left=right_to_left)


def picture(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content), formats=["PNG"]).convert("RGB")


def ink(content: bytes) -> tuple[int, int, int, int]:
    """Return the box around everything that is not background."""
    image = picture(content)
    background = image.getpixel((0, 0))
    assert isinstance(background, tuple)
    found = image.point([int(value != background[channel]) * 255 for channel in range(3) for value in range(256)])
    box = found.convert("L").getbbox()
    assert box is not None
    return box


def measure(pixels: int):
    """Return the measure of a font in which each letter is as wide as high."""
    return lambda text: float(len(text) * pixels)


# -- Lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("short", (20, ["short"])),
        ("two words", (10, ["two words"])),
        ("one two three", (10, ["one two", "three"])),
        ("a lot of words in lines", (10, ["a lot of", "words in", "lines"])),
        ("more words than have any room at all", (10, ["more words", "than have", "any room…"])),
        ("abcdefghijklmn", (10, ["abcdefg", "hijklmn"])),
        ("well-known", (10, ["well-known"])),
        ("well-known-facts", (10, ["well-", "known-", "facts"])),
        ("一二三四五六七八九十、十一", (10, ["一二三四五六七", "八九十、十一"])),
        ("「一二三四五六七」八九十「十一", (10, ["「一二三四五六", "七」八九十「十一"])),
        ("", (20, [""])),
    ],
)
def test_a_title_is_shrunk_and_wrapped_into_even_lines(text, expected):
    assert fit(text, 100, SIZES, measure) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("fits", "fits"), ("somewhat longer", "somewhat…"), ("a, b, c, d, e", "a, b, c…"), ("indivisible", "indivisib…")],
)
def test_what_has_no_room_ends_in_an_ellipsis(text, expected):
    assert cut(text, 100, measure(10)) == expected


@given(st.text(), st.integers(40, 400))
def test_no_text_has_more_lines_than_there_is_room_for(text, width):
    pixels, lines = fit(presentable(text), width, SIZES, measure)
    size = next(size for size in SIZES if size.pixels == pixels)
    assert 1 <= len(lines) <= size.lines
    assert all(measure(pixels)(line) <= width for line in lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two\n lines\t", "two lines"),
        ("a\u202eb\u2066c\x00d\u200b", "abcd"),
        ("e\u0301", "é"),
        ("Z" + "\u0335" * 50, "Z\u0335\u0335"),
        ("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"),
        ("❤\ufe0f", "❤"),
        ("\u202e", ""),
    ],
)
def test_what_changes_more_than_itself_is_left_out(text, expected):
    assert presentable(text) == expected


def test_a_text_is_no_longer_than_a_card_has_room_for():
    shown = presentable("word " * 20_000)
    assert len(shown) == LONGEST
    assert shown.endswith("…")


# -- Pictures


def test_a_card_is_a_picture_of_the_size_that_previews_want(inter):
    content = draw(card("A title", "Training team", "18 June 2024"), inter)
    assert picture(content).size == (1200, 630)
    assert picture(content).getpixel((0, 0)) == read_color("#1b365d")
    assert len(content) < 60_000


def test_the_same_card_has_the_same_bytes(inter):
    shown = card("A title", "Training team")
    assert draw(shown, inter) == draw(shown, Typeface(cards.installed_font()))
    assert draw(shown, inter) != draw(card("Another title", "Training team"), inter)


@pytest.mark.parametrize("title", ["A", "word " * 20_000, "W" * 5000, "i" * 5000, "Õ" * 300, "題" * 300, ""])
@pytest.mark.parametrize("notes", [(), ("Training team " * 50, "18 June 2024")])
def test_no_title_leaves_its_place(inter, title, notes):
    left, top, right, bottom = ink(draw(card(presentable(title), *notes, name=presentable(title)), inter))
    # Letters can begin a little before their place.
    assert cards.MARGIN - 8 <= left <= cards.MARGIN
    assert top == cards.MARGIN - cards.BAR[1]
    assert right <= cards.WIDTH - cards.MARGIN + 8
    assert bottom <= cards.HEIGHT - cards.MARGIN + 12


def test_a_site_that_is_read_from_right_to_left_has_its_cards_so(inter):
    left, _top, right, _bottom = ink(draw(card("A", right_to_left=True), inter))
    assert left > cards.WIDTH / 2
    assert abs(right - (cards.WIDTH - cards.MARGIN)) <= 2


@pytest.mark.parametrize("color", ["#1b365d", "#fff", "#000", "#777777", "#ffd166", "#767676", "#f00"])
def test_all_text_can_be_read_on_any_colour(inter, color):
    background = read_color(color)
    assert contrast(text_color(background), background) >= cards.ENOUGH
    # Below the title there is no text but the notes.
    part = picture(draw(card("A", "Training team", color=color), inter)).crop((0, 500, 1200, 630))
    colors = [shown for _count, shown in part.getcolors(1 << 16) or () if isinstance(shown, tuple)]
    assert max(contrast((red, green, blue), background) for red, green, blue in colors) >= cards.ENOUGH


# -- Fonts


def test_the_font_that_is_installed_has_the_letters_of_europe(inter):
    assert inter.lacks("Õõäöüšž ąćęłńóśźż ďěňřťů ğİış őű æøå ßñç — „“ Ґґїє Ωώ · …") == []
    assert inter.lacks("研A修") == ["修", "研"]


def test_emoji_that_a_font_lacks_are_left_out(inter):
    assert inter.written("🎉 Version 1.0 🎉") == "Version 1.0"
    assert inter.written("研") == "研"


def test_without_the_font_of_the_extra_that_of_pillow_is_taken(monkeypatch):
    monkeypatch.setitem(sys.modules, "fontpkg", None)
    plain = Typeface(cards.installed_font())
    assert plain.lacks("Aé") == ["é"]
    assert picture(draw(card("A title"), plain)).size == (1200, 630)


@pytest.mark.parametrize("content", [b"no font", b"\0\1\0\0" * 9])
def test_what_is_no_font_is_refused(content):
    with pytest.raises(NotAFontError):
        Typeface(content)


def test_without_pillow_nothing_is_drawn(monkeypatch):
    assert cards.pillow_version()
    monkeypatch.setitem(sys.modules, "PIL", None)
    assert cards.pillow_version() == ""
