"""The table: ratios of what was measured, and whether they are what is aimed at."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.contestants import CONTESTANTS
from benchmarks.scenarios import SCENARIOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

Round = Mapping[str, Mapping[str, Any]]
"""For each contestant its figures by name."""
Limits = Mapping[int, float] | float | None
"""What a ratio may be at most: at some numbers of posts, at any, or nowhere."""

TABLE = "table.md"
NESTED_LIMIT = 2.8
"""Twice the lines take twice the time where it grows with them, four times where with their square."""
_MEBIBYTE = 1 << 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What was measured for one scenario at one size."""

    scenario: str
    posts: int
    machine: dict[str, str]
    rounds: Sequence[Round]

    @property
    def file_name(self) -> str:
        """The file that keeps it."""
        return f"{self.scenario}-{self.posts}.json"


Results = dict[tuple[str, int], Result]


@dataclass(frozen=True, kw_only=True, slots=True)
class Ratio:
    """The ratios of all rounds."""

    median: float
    low: float
    high: float

    def __str__(self) -> str:
        """Return the median with the lowest and the highest."""
        return f"{self.median:.2f} ({self.low:.2f}–{self.high:.2f})"


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """Two figures that are compared at each size: scenario, contestant and figure."""

    title: str
    over: tuple[str, str, str]
    under: tuple[str, str, str]
    limits: Limits = None
    per_post: bool = False
    """Whether the figure below is the one at the smallest size, and both are divided by the posts."""


COMPARISONS = (
    Comparison(
        title="Cold build, `-j 1`: CPU time ÷ plain Sphinx",
        over=("cold", "newsroom", "cpu"),
        under=("cold", "plain", "cpu"),
        limits={1000: 1.25},
    ),
    Comparison(
        title="Cold build with speedups, `-j 1`: CPU time ÷ plain Sphinx",
        over=("cold", "newsroom-speedups", "cpu"),
        under=("cold", "plain", "cpu"),
        limits={1000: 0.95},
    ),
    Comparison(
        title="… ÷ plain Sphinx with speedups",
        over=("cold", "newsroom-speedups", "cpu"),
        under=("cold", "plain-speedups", "cpu"),
    ),
    Comparison(
        title="Cold build of plain Sphinx, `-j 1`: CPU time with speedups ÷ without",
        over=("cold", "plain-speedups", "cpu"),
        under=("cold", "plain", "cpu"),
    ),
    Comparison(
        title="Cold build, `-j 1`: CPU time ÷ ABlog", over=("cold", "newsroom", "cpu"), under=("cold", "ablog", "cpu")
    ),
    Comparison(title="… ÷ Material", over=("cold", "newsroom", "cpu"), under=("cold", "material", "cpu")),
    Comparison(
        title="… per post ÷ per post at the smallest size",
        over=("cold", "newsroom", "cpu"),
        under=("cold", "newsroom", "cpu"),
        limits={10_000: 1.10},
        per_post=True,
    ),
    Comparison(
        title="Cold build, `-j 1`: peak memory ÷ plain Sphinx",
        over=("cold", "newsroom", "memory"),
        under=("cold", "plain", "memory"),
        limits={10_000: 1.25},
    ),
    Comparison(
        title="… per post ÷ per post at the smallest size",
        over=("cold", "newsroom", "memory"),
        under=("cold", "newsroom", "memory"),
        limits={10_000: 1.10},
        per_post=True,
    ),
    Comparison(
        title="Cold build with speedups, `-j 1`: peak memory ÷ plain Sphinx",
        over=("cold", "newsroom-speedups", "memory"),
        under=("cold", "plain", "memory"),
        limits={10_000: 1.25},
    ),
    Comparison(
        title="`environment.pickle` ÷ plain Sphinx",
        over=("cold", "newsroom", "environment"),
        under=("cold", "plain", "environment"),
        limits=1.30,
    ),
    Comparison(
        title="A fresh checkout with the cache of the last build, one post edited: CPU time ÷ cold build",
        over=("checkout", "newsroom-content", "cpu"),
        under=("cold", "newsroom", "cpu"),
        limits={1000: 0.25},
    ),
    Comparison(
        title="Mentions below each object, on each page and in its sidebar: CPU time ÷ the same site without",
        over=("mentions", "newsroom-mentions", "cpu"),
        under=("mentions", "newsroom-objects", "cpu"),
        limits={1000: 1.10},
    ),
    Comparison(
        title="Cold build, `-j auto`: time ÷ Material",
        over=("parallel", "newsroom", "wall"),
        under=("parallel", "material", "wall"),
        limits={1000: 0.70, 3000: 0.45},
    ),
    Comparison(
        title="… ÷ plain Sphinx with `-j 1`",
        over=("parallel", "newsroom", "wall"),
        under=("cold", "plain", "wall"),
        limits={1000: 1.00, 3000: 1.00},
    ),
    Comparison(
        title="Cold build with speedups, `-j auto`: time ÷ `-j 1`",
        over=("parallel", "newsroom-speedups", "wall"),
        under=("cold", "newsroom-speedups", "wall"),
        limits={1000: 0.70},
    ),
    Comparison(
        title="Nothing changed: CPU time ÷ plain Sphinx",
        over=("unchanged", "newsroom", "cpu"),
        under=("unchanged", "plain", "cpu"),
        limits={1000: 1.10, 10_000: 1.10},
    ),
    Comparison(
        title="Nothing changed, with speedups: CPU time ÷ plain Sphinx",
        over=("unchanged", "newsroom-speedups", "cpu"),
        under=("unchanged", "plain", "cpu"),
    ),
    Comparison(
        title="The text of one post edited: CPU time ÷ plain Sphinx",
        over=("edited", "newsroom", "cpu"),
        under=("edited", "plain", "cpu"),
        limits={1000: 1.25, 10_000: 1.25},
    ),
    Comparison(
        title="The text of one post edited, with speedups: CPU time ÷ plain Sphinx",
        over=("edited", "newsroom-speedups", "cpu"),
        under=("edited", "plain", "cpu"),
    ),
    Comparison(
        title="1.5 new tags a post: CPU time per post ÷ per post at the smallest size",
        over=("growing", "newsroom", "cpu"),
        under=("growing", "newsroom", "cpu"),
        limits=1.10,
        per_post=True,
    ),
    Comparison(
        title="Reading posts without Material's constructs, extensions on: CPU time ÷ plain Sphinx",
        over=("reading", "enabled", "cpu"),
        under=("reading", "plain", "cpu"),
        limits=1.03,
    ),
    Comparison(
        title="… ÷ Newsroom with the extensions off",
        over=("reading", "enabled", "cpu"),
        under=("reading", "newsroom", "cpu"),
    ),
    Comparison(
        title="Reading posts with them: CPU time ÷ plain Sphinx, which takes them for text",
        over=("reading", "constructs", "cpu"),
        under=("reading", "plain-constructs", "cpu"),
        limits=1.30,
    ),
    Comparison(
        title="… ÷ plain Sphinx with the same in MyST's own syntax",
        over=("reading", "constructs", "cpu"),
        under=("reading", "myst-constructs", "cpu"),
        limits=1.30,
    ),
)


def save(folder: Path, result: Result) -> None:
    """Keep a result, in place of an earlier one of the same scenario and size.

    :param folder: where results are stored.
    :param result: the result.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / result.file_name).write_text(json.dumps(asdict(result), indent=1) + "\n", encoding="utf-8")


def load(folder: Path) -> Results:
    """Return all results that are stored, by scenario and number of posts.

    :param folder: where results are stored.
    """
    kept = [Result(**json.loads(file.read_text(encoding="utf-8"))) for file in sorted(folder.glob("*.json"))]
    return {(result.scenario, result.posts): result for result in kept}


def ratio(over: Iterable[float], under: Iterable[float]) -> Ratio:
    """Return the ratios of figures that were measured in the same rounds.

    :param over: one figure for each round.
    :param under: what they are divided by.
    """
    found = [above / below for above, below in zip(over, under, strict=False)]
    return Ratio(median=median(found), low=min(found), high=max(found))


def render(results: Results) -> str:
    """Return the tables as Markdown.

    :param results: what was measured.
    """
    parts = [_machines(results), _comparisons(results), _edits(results), _nested(results), _figures(results)]
    return "\n\n".join(filter(None, parts)) + "\n"


def _machines(results: Results) -> str:
    """Say on which machine it was measured, or on which if there were several."""
    by_machine: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for (scenario, posts), result in sorted(results.items()):
        by_machine.setdefault(tuple(result.machine.items()), []).append(f"{scenario} ({posts:,})")
    return "\n\n".join(
        ", ".join(f"{key} {value}" if key not in {"Processor", "System"} else value for key, value in machine)
        + (f": {', '.join(measured)}." if len(by_machine) > 1 else ".")
        for machine, measured in by_machine.items()
    )


def _comparisons(results: Results) -> str:
    rows = [
        (comparison.title, f"{posts:,}", str(found), *_judge(found.median, _limit(comparison.limits, posts)))
        for comparison in COMPARISONS
        for posts, found in _compare(comparison, results)
    ]
    return _table(("Newsroom", "Posts", "Ratio", "Aim", "Met"), rows)


def _compare(comparison: Comparison, results: Results) -> list[tuple[int, Ratio]]:
    """Return the ratios of a comparison at each size that both sides were measured at."""
    sizes = sorted(
        posts
        for scenario, posts in results
        if scenario == comparison.over[0] and (comparison.under[0], posts) in results
    )
    if comparison.per_post:
        smallest, sizes = sizes[:1], sizes[1:]
        pairs = [(posts, smallest[0]) for posts in sizes]
    else:
        pairs = [(posts, posts) for posts in sizes]
    found = []
    for posts, other in pairs:
        over = _column(results[comparison.over[0], posts], *comparison.over[1:])
        under = _column(results[comparison.under[0], other], *comparison.under[1:])
        if over and under:
            scale = other / posts  # of figures for each post
            found.append((posts, ratio([figure * scale for figure in over], under)))
    return found


def _column(result: Result, contestant: str, figure: str) -> list[float]:
    return [measured[contestant][figure] for measured in result.rounds if contestant in measured]


def _limit(limits: Limits, posts: int) -> float | None:
    return limits.get(posts) if isinstance(limits, Mapping) else limits


def _judge(value: float, limit: float | None) -> tuple[str, str]:
    if limit is None:
        return "", ""
    return f"≤ {limit:.2f}", "yes" if value <= limit else "**no**"


def _edits(results: Results) -> str:
    """Say what Newsroom wrote after an edit: files that show it, and others that plain Sphinx does not write."""
    rows = []
    for (scenario, posts), result in sorted(results.items()):
        last = result.rounds[-1]
        if scenario == "edited" and {"newsroom", "plain"} <= set(last):
            measured = last["newsroom"]
            needless = sorted(set(measured["others"]) - set(last["plain"]["others"]))
            met = "**no**" if needless else "yes"
            rows.append((f"{posts:,}", _files(measured["showing"]), _files(needless), "0", met))
    return _table(("Posts", "Files written that show the edit", "Others, beside plain Sphinx's", "Aim", "Met"), rows)


def _files(names: Sequence[str]) -> str:
    """Return how many files there are, and which."""
    return f"{len(names)}: {', '.join(f'`{name}`' for name in names)}" if names else "0"


def _nested(results: Results) -> str:
    rows = []
    for (scenario, lines), result in sorted(results.items()):
        if scenario != "nested":
            continue
        for title in result.rounds[0]:
            # The quickest of all rounds: what else the machine does can only add to it.
            once, twice, four = (min(_column(result, title, times)) for times in ("1", "2", "4"))
            growth = four / twice
            milliseconds = " / ".join(f"{seconds * 1000:.0f}" for seconds in (once, twice, four))
            rows.append((title, milliseconds, f"{growth:.2f}", *_judge(growth, NESTED_LIMIT)))
        head = (f"Nested input of {lines:,}, twice and four times as many lines", "ms", "Growth", "Aim", "Met")
        return _table(head, rows)
    return ""


def _figures(results: Results) -> str:
    """Show the medians of all builds."""
    rows = []
    for scenario in SCENARIOS.values():
        for result in (results[key] for key in sorted(results) if key[0] == scenario.name):
            for name, kind in CONTESTANTS.items():
                if not _column(result, name, "wall"):
                    continue
                wall, cpu, memory, pages = (
                    median(_column(result, name, figure)) for figure in ("wall", "cpu", "memory", "pages")
                )
                figures = (f"{wall:.1f}", f"{cpu:.1f}", f"{memory / _MEBIBYTE:.0f}", f"{pages:,.0f}")
                rows.append((scenario.title, f"{result.posts:,}", kind.title, *figures, str(len(result.rounds))))
    head = ("Build", "Posts", "Program", "Seconds", "CPU seconds", "MiB", "HTML pages written", "Rounds")
    return _table(head, rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table, or nothing if it has no rows."""
    if not rows:
        return ""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
