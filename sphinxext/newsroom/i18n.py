"""Translations of the interface: one gettext catalogue for templates and code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.locale import get_translation, get_translator, translators

if TYPE_CHECKING:
    from sphinx.application import Sphinx

DOMAIN = "newsroom"
LOCALES = Path(__file__).resolve().parent / "locales"
_translate = get_translation(DOMAIN)


def gettext(message: str) -> str:
    """Return a message in the language of the site, or unchanged if there is no translation.

    :param message: English words.
    """
    # Of nothing, gettext gives what a catalogue says about itself.
    return str(_translate(message)) if message else ""


def plural(one: str, many: str, number: int, **values: str) -> str:
    """Return words with a number, in the form that the language has for it.

    It is not called ``ngettext``: Sphinx, which lists the words of templates for the translators of a site, cannot read that.

    :param one: English words for one, with ``%(number)d``.
    :param many: for any other number.
    :param number: the number.
    :param values: what else the words contain, by name.
    """
    return get_translator(DOMAIN).ngettext(one, many, number) % {"number": number, **values}


def forget_catalogue() -> None:
    """Reset the translations of an earlier build in this process, before any catalogue is added."""
    translators.pop(("general", DOMAIN), None)


def add_catalogue(app: Sphinx) -> None:
    """Load the words, now that the language is known; those that a site has added for our domain come first.

    :param app: the application.
    """
    app.add_message_catalog(DOMAIN, str(LOCALES))
    # ABlog's templates ask Sphinx for their words, and ABlog comes without them.
    get_translator().add_fallback(get_translator(DOMAIN))


def languages() -> tuple[str, ...]:
    """Return the languages that there are words in, besides English, as Sphinx calls them."""
    return tuple(sorted(file.parent.parent.name for file in LOCALES.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")))
