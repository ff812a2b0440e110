"""Build the same posts with Newsroom, plain Sphinx, ABlog and Material for MkDocs, by turns, and compare.

Results are stored as JSON, one file for each scenario and size, and the table is made of all of them: rows can be measured
one at a time.
"""

from __future__ import annotations

import argparse
import pstats
import shutil
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import machine, measure, reading
from benchmarks.contestants import CONTESTANTS, Material
from benchmarks.corpus import Corpus
from benchmarks.report import TABLE, Result, load, render, save
from benchmarks.scenarios import FEW, LARGE, SCENARIOS, Race, make, warm_up

if TYPE_CHECKING:
    from benchmarks.report import Round
    from benchmarks.scenarios import Scenario

WORK = Path("_build/benchmarks").resolve()
PUBLISHED = Path("benchmarks/results")
READING, NESTED = "reading", "nested"
READING_POSTS = 300
_PROFILED = 30


def main() -> None:
    """Measure what is asked for, and write the table."""
    arguments = _arguments()
    if arguments.profile:
        _profile(arguments.profile, arguments.posts[0] if arguments.posts else 1000, material=arguments.material)
        return
    folder = PUBLISHED if arguments.publish else WORK / "results"
    bench = _Bench(
        folder,
        rounds=arguments.rounds,
        cold_rounds=arguments.cold_rounds or arguments.rounds,
        names=arguments.contestant,
        material=arguments.material,
    )
    wanted = [] if arguments.table_only else arguments.scenario or [*SCENARIOS, READING, NESTED]
    if NESTED in wanted:
        bench.read_nested()
    if READING in wanted:
        bench.read_posts(arguments.posts or [READING_POSTS])
    bench.build([scenario for scenario in SCENARIOS.values() if scenario.name in wanted], arguments.posts)
    table = render(load(folder))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / TABLE).write_text(table, encoding="utf-8")
    sys.stdout.write(table)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="nox -s bench --", description=__doc__)
    add = parser.add_argument
    add("--posts", type=int, action="append", help="number of posts, instead of those of the whole table; repeatable")
    add("--rounds", type=int, default=3, help="how often each build is run (default: 3)")
    add("--cold-rounds", type=int, help="how often builds from nothing are run, if less often")
    add("--scenario", action="append", choices=[*SCENARIOS, READING, NESTED], help="default: all; repeatable")
    add("--contestant", action="append", choices=list(CONTESTANTS), help=f"default: all; {FEW} from {LARGE} posts on")
    add("--material", default="", metavar="PYTHON", help="a Python that has mkdocs-material; it is left out without")
    add("--publish", action="store_true", help=f"keep the results in {PUBLISHED}, which the documentation shows")
    add("--table-only", action="store_true", help="make the table of what is kept, and measure nothing")
    add("--profile", choices=list(CONTESTANTS), help="show where one program spends the time of a cold build instead")
    return parser.parse_args()


class _Bench:
    """Measures, and keeps the results after each round."""

    def __init__(self, folder: Path, *, rounds: int, cold_rounds: int, names: list[str] | None, material: str) -> None:
        self.folder = folder
        self.rounds, self.cold_rounds = rounds, cold_rounds
        self.names = names
        self.material = material
        self.machine = machine.describe(material)
        self.kept: dict[tuple[str, int], list[Round]] = {}

    def build(self, scenarios: list[Scenario], sizes: list[int] | None) -> None:
        """Run the scenarios at each size."""
        if scenarios:
            warm_up(WORK / "sites", self._names(0), material=self.material)
        for posts in sizes or sorted({size for scenario in scenarios for size in scenario.sizes}):
            due = [scenario for scenario in scenarios if sizes or posts in scenario.sizes]
            for growing in (False, True):
                group = [scenario for scenario in due if scenario.growing is growing]
                if group:
                    self._race(group, Corpus(posts=posts, growing=growing))
        shutil.rmtree(WORK / "sites", ignore_errors=True)

    def read_posts(self, sizes: list[int]) -> None:
        """Time the reading of posts."""
        for posts in sizes:
            for number in range(self.rounds):
                seconds = reading.read_posts(WORK / "sites", posts, number)
                self._keep(READING, posts, {name: {"cpu": taken} for name, taken in seconds.items()})

    def read_nested(self) -> None:
        """Time the reading of nested input."""
        for _ in range(self.rounds):
            found = reading.read_nested(WORK / "sites")
            self._keep(
                NESTED,
                reading.LINES,
                {title: dict(zip("124", seconds, strict=True)) for title, seconds in found.items()},
            )

    def _race(self, scenarios: list[Scenario], corpus: Corpus) -> None:
        race = Race(WORK / "sites", corpus, self._names(corpus.posts), material=self.material)
        for number in range(self.rounds):
            due = [scenario for scenario in scenarios if not scenario.fresh or number < self.cold_rounds]
            for scenario, measured in race.run(due, number):
                self._keep(scenario.name, corpus.posts, {name: asdict(value) for name, value in measured.items()})

    def _names(self, posts: int) -> list[str]:
        available = [name for name in CONTESTANTS if name != Material.name or self.material]
        return [name for name in available if name in (self.names or (FEW if posts >= LARGE else available))]

    def _keep(self, scenario: str, posts: int, measured: Round) -> None:
        rounds = self.kept.setdefault((scenario, posts), [])
        rounds.append(measured)
        save(self.folder, Result(scenario=scenario, posts=posts, machine=self.machine, rounds=rounds))
        figures = ", ".join(f"{name} {values['cpu']:.1f}" for name, values in measured.items() if "cpu" in values)
        sys.stderr.write(f"{scenario} {posts:,}, round {len(rounds)}{figures and ': CPU seconds ' + figures}\n")


def _profile(name: str, posts: int, *, material: str) -> None:
    """Build one site under a profiler, and show the functions that take most, by themselves and with all they call."""
    contestant = make(name, WORK / "sites" / name, Corpus(posts=posts), material=material)
    contestant.write()
    measure.clean(contestant)
    stats = WORK / f"{name}.prof"
    python, *arguments = contestant.command("1")
    measure.run([python, "-m", "cProfile", "-o", str(stats), *arguments], log=WORK / "profile.log")
    for order in ("tottime", "cumulative"):
        pstats.Stats(str(stats), stream=sys.stdout).strip_dirs().sort_stats(order).print_stats(_PROFILED)


if __name__ == "__main__":
    main()
