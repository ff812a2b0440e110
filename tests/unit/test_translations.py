"""The catalogues of translations: complete, sound, compiled, and up to date with the code."""

from __future__ import annotations

import io
import re
import tomllib
from datetime import date
from gettext import GNUTranslations, c2py
from pathlib import Path

import pytest
from babel.dates import format_date
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from jinja2 import Environment

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "sphinxext" / "newsroom"
LOCALES = PACKAGE / "locales"
LANGUAGES = sorted(file.parent.parent.name for file in LOCALES.glob("*/LC_MESSAGES/newsroom.po"))
WANTED = {"et", "de", "fr", "es", "it", "nl", "pt", "pl", "cs", "fi", "sv", "nb", "da", "hu", "el", "uk", "zh_CN", "ja"}
TEMPLATES = sorted((PACKAGE / "templates").rglob("*.html"))
WITH_DATE = {
    "Updated %s",
    "Updated on %s",
    "This post was published on %s and may be out of date.",
    "This post is to be published on %s. Until then, only previews show it.",
}
NAMES = {"ORCID", "DOI:", "BibTeX"}
"""What is called the same in every language."""


def read(file, locale=None):
    with file.open("rb") as stream:
        return read_po(stream, locale=locale, abort_invalid=True)


def words_of(catalogue):
    """Return what a catalogue translates: one text each, or a pair of singular and plural."""
    return {message.id for message in catalogue if message.id}


@pytest.fixture(scope="module")
def template():
    return read(LOCALES / "newsroom.pot")


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture
def catalogue(language):
    return read(LOCALES / language / "LC_MESSAGES" / "newsroom.po", language)


def test_there_are_the_languages_that_are_promised():
    assert set(LANGUAGES) >= WANTED
    assert "ar" in LANGUAGES, "one that is written from right to left"


def test_the_template_has_every_word_of_the_code(template):
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["babel"]["mappings"]
    methods = [(mapping["pattern"], mapping["method"]) for mapping in mappings]
    found = extract_from_dir(
        ROOT,
        method_map=methods,
        options_map={mapping["pattern"]: {"silent": "false"} for mapping in mappings},
        keywords={"_": None, "gettext": None, "plural": (1, 2), "translatable": None},
        directory_filter=lambda folder: Path(folder).name in {"sphinxext", *_folders()},
    )
    assert {message for _file, _line, message, _comments, _context in found} == words_of(template), (
        "run `nox -s translations`"
    )


def _folders():
    return {folder.name for folder in PACKAGE.rglob("*") if folder.is_dir()} | {PACKAGE.name}


def test_everything_is_translated(catalogue, template):
    assert words_of(catalogue) == words_of(template), "run `nox -s translations`"
    strings = {message.id: message.string for message in catalogue if message.id}
    empty = [key for key, found in strings.items() if not all(found if isinstance(found, tuple) else [found])]
    assert empty == []
    assert [message.id for message in catalogue if message.fuzzy] == []
    assert not catalogue.fuzzy
    assert list(catalogue.obsolete) == []


def test_translations_are_sound(catalogue):
    assert list(catalogue.check()) == [], "placeholders"
    # Python's gettext reads the rule. Babel's own rules differ from release to release of CLDR.
    form_of = c2py(catalogue.plural_expr)
    assert {form_of(number) for number in range(1000)} == set(range(catalogue.num_plurals)), "each form is used"
    for message in catalogue:
        originals, strings = message.id, message.string
        if not originals:
            continue
        if not message.pluralizable:
            originals, strings = [originals], [strings]
        assert len(strings) == (catalogue.num_plurals if message.pluralizable else 1)
        for string in strings:
            assert string == string.strip()
            assert not re.search(r"[<>&]", string)
            assert not re.search(r" [:;!?»]|« ", string), "a line could break at the sign"
            # What introduces something and what is a sentence stay that, each with the sign of the language.
            assert re.search(r"[:：]$", string) is not None or not originals[0].endswith(":"), string
            assert re.search(r"[.。]$", string) is not None or not originals[0].endswith("."), string


@pytest.mark.parametrize("form", ["full", "long", "medium", "short"])
def test_a_date_does_not_give_a_sentence_two_full_stops(catalogue, form):
    written = format_date(date(2024, 1, 13), form, locale=catalogue.locale)
    sentences = [message.string % written for message in catalogue if message.id in WITH_DATE]
    assert len(sentences) == len(WITH_DATE)
    assert [sentence for sentence in sentences if re.search(r"[.。]\s*[.。]", sentence)] == []


def test_compiled_catalogues_are_up_to_date(language, catalogue):
    expected = io.BytesIO()
    write_mo(expected, catalogue)
    expected.seek(0)
    file = LOCALES / language / "LC_MESSAGES" / "newsroom.mo"
    with file.open("rb") as stream:
        compiled = GNUTranslations(stream)
    assert _content(compiled) == _content(GNUTranslations(expected)), "run `nox -s translations`"


def _content(translations):
    # The first entry is about the file itself.
    return {key: text for key, text in translations._catalog.items() if key}


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.relative_to(PACKAGE / "templates").as_posix())
def test_no_words_stand_in_a_template(file):
    """Words are arguments of functions that translate them; what is left of a template without these is not text."""
    tokens = Environment(autoescape=True).lex(file.read_text(encoding="utf-8"))
    soup = BeautifulSoup("".join(text for _line, kind, text in tokens if kind == "data"), "html.parser")
    for element in soup.find_all("script"):
        element.decompose()
    # A macro gives attributes and no element.
    texts = [re.sub(r'\b[\w-]+=""', "", text) for text in soup.stripped_strings]
    texts += [str(element[name]) for name in ("aria-label", "title", "alt") for element in soup.select(f"[{name}]")]
    assert [text for text in texts if re.search("[A-Za-z]", text) and text not in NAMES] == []
