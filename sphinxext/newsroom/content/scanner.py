"""Read the front matter of all posts, before anything else uses them.

The results are cached by path, modification time and size, so unchanged files are not read again.
"""

from __future__ import annotations

import hashlib
import pickle
import re
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sphinxext.newsroom.front_matter.notebooks import NotANotebookError, check_notebook, notebook_text
from sphinxext.newsroom.front_matter.parse import parse
from sphinxext.newsroom.front_matter.rst_outline import SUFFIXES as RST_SUFFIXES
from sphinxext.newsroom.front_matter.split import normalized
from sphinxext.newsroom.problems import Edit, Problem, Subtype
from sphinxext.newsroom.utils.cache import load_cached, store_cached
from sphinxext.newsroom.utils.files import check_regular, has_encodable_name, printable
from sphinxext.newsroom.utils.stubs import find_stub_folders

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from sphinxext.newsroom.front_matter.rst_outline import RstReader
    from sphinxext.newsroom.models import FrontMatter
    from sphinxext.newsroom.utils.stubs import StubFolder

CACHE_VERSION = 12

HEADING = re.compile(r"(?m)^[ ]{0,3}(?:\#[ \t]+\S.*|[^\s#>\-*+].*\n[ ]{0,3}=+[ \t]*$)")
FENCE = re.compile(
    r"(?ms)^[ ]{0,3}(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})(?P<info>[^\n]*)\n?(?P<text>.*?)"
    r"(?:^[ ]{0,3}(?P=fence)[`~]*[ \t]*$|\Z)"
)
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
CLOSED_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# The date is on the same line, or on the next one if that is not an option.
POST_DIRECTIVE = re.compile(r"(?m)^\.\. post::[ \t]*(?:(\S.*)|\n[ \t]+([^\s:].*))?$")
COLON_POST_DIRECTIVE = re.compile(r"(?m)^[ ]{0,3}:{3,}\{post\}(.*)$")
# What pages with links to others contain.
LISTS_PAGES = re.compile(
    r"(?m)^[ \t]*(?:\.\. (?:toctree|postlist|post-list)::|[`:~]{3,}\{(?:toctree|postlist|post-list)\})"
)
# What says of a file without a date that it is a post, and what a page has there.
OF_POSTS: Mapping[str, object] = MappingProxyType(
    {
        **dict.fromkeys(("authors", "categories", "tags", "series", "locations", "languages", "redirects"), ()),
        **dict.fromkeys(("draft", "readtime", "announce_until", "excerpt_paragraphs", "excerpt_image"), None),
        **dict.fromkeys(("slug", "external_link"), ""),
        "comments": True,
        "pin": False,
    }
)


@dataclass(frozen=True, kw_only=True)  # without slots, like the cached models
class Source:
    """The post in one file, as written."""

    path: str
    """The file, relative to the source folder with ``/``."""
    front_matter: FrontMatter
    slug_title: str
    """The title for the slug: the raw first heading, as in Material for MkDocs."""
    title: str
    """The title as plain text, before it is rendered."""
    has_heading: bool
    """Whether the text has a heading of the first level; a post without gets its title as one."""
    has_front_matter: bool = True
    """Whether the file itself has front matter."""
    stub_folders: tuple[StubFolder, ...] = ()
    """Folders to which ``autosummary`` writes its pages."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True)  # without slots, like the cached models
class _Read:
    """The result of reading one file."""

    stamp: tuple[int, int, str | None]
    """When the file was changed, its size, and what it inherited from its folders."""
    found: Source | tuple[str, ...]
    """The post; of a file that is none, the dates of ABlog's directives in it."""
    digest: str
    """Its fingerprint."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A file that may be a post."""

    path: str
    declared: bool
    """True when it is a post only if it says so (``blogpost: true``) or matches ABlog's pattern."""
    matched: bool = False
    """True when it matches ABlog's ``blog_post_pattern``."""
    introduces_list: bool = False
    """True when it can be a page that somebody wrote for a list of posts, such as the index of the blog."""


class Scanner:
    """Reads files, and remembers what it read."""

    def __init__(
        self,
        root: Path,
        *,
        read_rst: RstReader,
        cache_file: Path | None = None,
        timezone: str = "UTC",
        version: str = "",
    ) -> None:
        """Start with what the last scan left.

        :param root: the source folder.
        :param read_rst: finds the title of a text in reStructuredText.
        :param cache_file: where to keep what was read; None to keep nothing.
        :param timezone: of dates that name none.
        :param version: of the extension; a cache from another version is ignored.
        """
        self._root, self._read_rst = root, read_rst
        self._cache_file = cache_file
        self._timezone = timezone
        self._version = f"{version} {CACHE_VERSION} {timezone}"
        self.problems: tuple[Problem, ...] = ()
        self.unreadable: frozenset[str] = frozenset()
        """The files that cannot be documents."""
        self.directives: dict[str, tuple[str, ...]] = {}
        """The dates that ABlog's directives give to the posts of a file, as they are written, by path."""
        self._cache: dict[tuple[str, bool, bool], _Read] = {}
        self._saved: dict[tuple[str, bool, bool], _Read] | None = None
        if cache_file is not None and (content := load_cached(cache_file, version=self._version)) is not None:
            self._cache = pickle.loads(content)  # noqa: S301 - next to Sphinx's own pickles, and written by us
            self._saved = self._cache

    def scan(
        self, candidates: Iterable[Candidate], defaults: Mapping[str, Mapping[str, Any]] | None = None
    ) -> dict[str, Source]:
        """Return the posts among some files, by path.

        :param candidates: the files.
        :param defaults: front matter that a file inherits from its folders, by path.
        """
        fresh: dict[tuple[str, bool, bool], _Read] = {}
        found: dict[str, Source] = {}
        self.directives = {}
        unreadable: dict[str, Problem] = {}
        for candidate in candidates:
            inherited = (defaults or {}).get(candidate.path)
            key = (candidate.path, candidate.declared, candidate.matched)
            try:
                if not has_encodable_name(candidate.path):
                    message = "the name of the file is not UTF-8, and it is left out; rename it."
                    unreadable[candidate.path] = Problem(
                        subtype=Subtype.ENCODING, message=message, path=printable(candidate.path)
                    )
                    continue
                status = check_regular(self._root / candidate.path)
                stamp = (status.st_mtime_ns, status.st_size, repr(inherited) if inherited else None)
                if (known := self._cache.get(key)) is not None and known.stamp == stamp:
                    fresh[key] = known
                else:
                    read = self._read(candidate, inherited)
                    digest = hashlib.blake2b(repr(read).encode(errors="surrogatepass"), digest_size=8).hexdigest()
                    fresh[key] = _Read(stamp=stamp, found=read, digest=digest)
            except OSError as error:
                message = f"the file cannot be read ({error.strerror}), and is left out"
                unreadable[candidate.path] = Problem(subtype=Subtype.FRONT_MATTER, message=message, path=candidate.path)
                continue
            except UnicodeDecodeError as error:
                line = error.object.count(b"\n", 0, error.start) + 1
                found_byte = f"0x{error.object[error.start]:02x}"
                message = f"the file is not UTF-8 (it has the byte {found_byte}), and is left out; save it as UTF-8."
                unreadable[candidate.path] = Problem(
                    subtype=Subtype.ENCODING, message=message, path=candidate.path, line=line
                )
                continue
            except NotANotebookError as error:
                message = f"the file is not a notebook ({error}), and is left out."
                unreadable[candidate.path] = Problem(subtype=Subtype.FRONT_MATTER, message=message, path=candidate.path)
                continue
            content = fresh[key].found
            if isinstance(content, Source):
                found[candidate.path] = content
            elif content:
                self.directives[candidate.path] = content
        self._cache = fresh
        self.problems = tuple(unreadable.values())
        self.unreadable = frozenset(unreadable)
        return found

    def save(self, *, without: AbstractSet[str] = frozenset()) -> None:
        """Save what was read for the next scan.

        :param without: the files of unpublished posts: the folder may be published, so they are read again every time.
        """
        content = {key: read for key, read in self._cache.items() if read.found == () or key[0] not in without}
        if self._cache_file is not None and content != self._saved:
            store_cached(self._cache_file, pickle.dumps(content, pickle.HIGHEST_PROTOCOL), version=self._version)
            self._saved = content

    @property
    def stamps(self) -> dict[str, str]:
        """Fingerprints of scanned files, by path."""
        return {path: str(read.stamp) for (path, _, _), read in self._cache.items()}

    @property
    def digests(self) -> dict[str, str]:
        """Fingerprints of what was read from each file, by path."""
        return {path: read.digest for (path, _, _), read in self._cache.items()}

    def _read(self, candidate: Candidate, defaults: Mapping[str, Any] | None) -> Source | tuple[str, ...]:
        """Return the post that a file is; if it is none, the dates of ABlog's directives in it."""
        # Of other documents, the encoding is Sphinx's business.
        errors = "replace" if candidate.declared else "strict"
        text = (self._root / candidate.path).read_bytes().decode("utf-8", errors=errors)
        text = normalized(text)
        if candidate.path.endswith(".ipynb"):
            check_notebook(text)
            text = notebook_text(text)
        is_rst = candidate.path.endswith(RST_SUFFIXES)
        read_rst = cache(self._read_rst) if is_rst else None
        if dates := _directive_dates(text, is_rst=is_rst):
            # ABlog's directive says all there is to say; it is found when the document is read.
            return dates
        if candidate.declared and not candidate.matched and "blogpost" not in text:
            return ()
        front_matter, split, problems = parse(
            text,
            path=candidate.path,
            defaults=defaults,
            timezone=ZoneInfo(self._timezone),
            ablog=candidate.declared,
            read_rst=read_rst,
        )
        if candidate.declared and not (candidate.matched or front_matter.blogpost):
            return ()
        if candidate.matched and not front_matter.blogpost and _says_nothing_of_date(front_matter, problems):
            if front_matter.blogpost is False or _is_page(candidate, front_matter, text):
                # A wide pattern matches ordinary pages, too.
                return ()
            if not _has_keys_of_posts(front_matter):
                problems = (*problems, _unexpected_draft(candidate.path))
        if front_matter.blogpost and not candidate.declared:
            # Declared with ABlog's syntax although it is in the posts folder: ABlog's rules apply.
            front_matter, split, problems = parse(
                text,
                path=candidate.path,
                defaults=defaults,
                timezone=ZoneInfo(self._timezone),
                ablog=True,
                read_rst=read_rst,
            )
        heading, first = (split.heading, split.heading) if is_rst else _headings(split.body.lstrip("\n"))
        return Source(
            path=candidate.path,
            front_matter=front_matter,
            slug_title=front_matter.title or first or _file_title(candidate.path),
            title=front_matter.title
            or _plain_title(heading)
            or _event_name(front_matter)
            or title_of_file(candidate.path),
            has_heading=bool(heading),
            has_front_matter=bool(split.text),
            stub_folders=find_stub_folders(text, path=candidate.path),
            problems=(*problems, *find_garbled(text, path=candidate.path)),
        )


def _says_nothing_of_date(front_matter: FrontMatter, problems: Iterable[Problem]) -> bool:
    is_dated = front_matter.dates is not None or any(problem.subtype is Subtype.DATE for problem in problems)
    return not is_dated and front_matter.draft is None


def _has_keys_of_posts(front_matter: FrontMatter) -> bool:
    return any(getattr(front_matter, name) != default for name, default in OF_POSTS.items())


def _is_page(candidate: Candidate, front_matter: FrontMatter, text: str) -> bool:
    """Return whether a file without a date that ABlog's pattern matches is a page among posts, and no draft of one."""
    if _has_keys_of_posts(front_matter):
        return False
    return (
        candidate.introduces_list
        or "orphan" in front_matter.extra
        or PurePosixPath(candidate.path).stem.casefold() == "readme"
        or LISTS_PAGES.search(text) is not None
    )


def _unexpected_draft(path: str) -> Problem:
    message = (
        "the file matches blog_post_pattern and has no date, so it is a draft and is left out; expected for instance "
        "'date: 2024-01-31', or 'blogpost: false' for a page that is not a post."
    )
    return Problem(subtype=Subtype.DATE, message=message, path=path, line=1)


def _directive_dates(text: str, *, is_rst: bool) -> tuple[str, ...]:
    """Return what each of ABlog's directives in a text says of the date; one that is only shown there is none."""
    if "post::" not in text and "{post}" not in text:
        return ()
    if is_rst:
        return _dates_in_rst(text)
    text = CLOSED_COMMENT.sub("", text)
    dates = [match[1] for match in COLON_POST_DIRECTIVE.finditer(FENCE.sub("", text))]
    for match in FENCE.finditer(text):
        info = match["info"].strip()
        if info.startswith("{post}"):
            dates.append(info.removeprefix("{post}"))
        elif info == "{eval-rst}":
            dates += _dates_in_rst(match["text"])
    return tuple(date.strip() for date in dates)


def _dates_in_rst(text: str) -> tuple[str, ...]:
    return tuple((match[1] or match[2] or "").strip() for match in POST_DIRECTIVE.finditer(text))


def _headings(body: str) -> tuple[str, str]:
    """Return the first heading of a Markdown text, and the heading that begins it, as written."""
    line = next((line for line in body.split("\n") if line.strip()), "")
    if line.startswith("# ") and line[2:].strip() and "<!--" not in line:
        # Nothing can be before it, so the rest need not be searched, which takes longer than all else.
        return line, line.lstrip("# ").rstrip()
    found = HEADING.search(COMMENT.sub("", FENCE.sub("", body)))
    return found.group() if found else "", line.lstrip("# ").rstrip() if line.startswith("# ") else ""


def _plain_title(heading: str) -> str:
    """Return a heading without the commonest marks, for messages and until the rendered title is known."""
    line = re.sub(r"^\#[ \t]+|[ \t]+\#+[ \t]*$", "", heading.strip().split("\n", maxsplit=1)[0])
    line = re.sub(r"\{[#.][^}]*\}\s*$|</?[a-zA-Z][^>]*>", "", line)
    line = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", line)
    return unescape(re.sub(r"[`*]+", "", line)).strip()


def _event_name(front_matter: FrontMatter) -> str:
    """Return the name of the event of a post, empty if it has none."""
    return front_matter.event.name if front_matter.event else ""


def title_of_file(path: str) -> str:
    """Return a title made from a file name.

    :param path: such as ``blog/posts/my_post.md``, which gives ``My post``.
    """
    file = PurePosixPath(path)
    return _as_title(file.parent.name or file.stem if file.stem in {"index", "README"} else file.stem)


def _file_title(path: str) -> str:
    """Return the title that Material for MkDocs uses for the slug, if there is no other."""
    stem = PurePosixPath(path).stem
    return _as_title("index" if stem == "README" else stem)


def _as_title(stem: str) -> str:
    title = stem.replace("-", " ").replace("_", " ")
    return title.capitalize() if title.lower() == title else title


def find_garbled(text: str, *, path: str) -> list[Problem]:
    """Return a problem for each line whose characters were garbled by reading UTF-8 as Windows-1252.

    :param text: the text of a file.
    :param path: the file, for the messages.
    """
    if text.isascii():
        return []
    from ftfy import fix_encoding
    from ftfy.badness import is_bad

    if not is_bad(text):
        return []
    problems = []
    for number, line in enumerate(text.split("\n"), start=1):
        if is_bad(line) and (fixed := fix_encoding(line)) != line:
            before, after = _difference(line, fixed)
            message = f"garbled text: found {before!r}, which was probably {after!r} (UTF-8 read as Windows-1252)"
            edits = (Edit(path=path, line=number, old=line, new=fixed),)
            problems.append(Problem(subtype=Subtype.ENCODING, message=message, path=path, line=number, edits=edits))
    return problems


def _difference(found: str, fixed: str) -> tuple[str, str]:
    """Return the first words in which two lines differ."""
    for before, after in zip(found.split(), fixed.split(), strict=False):
        if before != after:
            return before, after
    return found, fixed
