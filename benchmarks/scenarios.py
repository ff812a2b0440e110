"""What is measured: which build of which programs, at which sizes, and in which order."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.contestants import (
    CONTESTANTS,
    Material,
    NewsroomComparingContent,
    NewsroomWithMentions,
    NewsroomWithObjects,
)
from benchmarks.corpus import Corpus
from benchmarks.measure import build

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.contestants import Contestant
    from benchmarks.measure import Measurement

FEW = ("newsroom", "newsroom-speedups", "plain", "plain-speedups")
LARGE = 5000
"""From this number of posts on, only Newsroom and plain Sphinx are run, with and without speedups, unless others are asked for."""
_TRIAL = 20
_CONTENT = NewsroomComparingContent.name
_OBJECTS = (NewsroomWithObjects.name, NewsroomWithMentions.name)


@dataclass(frozen=True, kw_only=True, slots=True)
class Scenario:
    """A kind of build."""

    name: str
    title: str
    sizes: tuple[int, ...]
    """How many posts the whole table has it for."""
    jobs: str = "1"
    fresh: bool = False
    """Whether nothing is left of an earlier build."""
    edited: bool = False
    """Whether the text of the newest post has changed since the build before."""
    growing: bool = False
    checkout: bool = False
    """Whether all source files are new, as in a fresh checkout."""
    contestants: tuple[str, ...] = tuple(name for name in CONTESTANTS if name not in {_CONTENT, *_OBJECTS})


# In this order: each begins with what the one before has left.
SCENARIOS = {
    scenario.name: scenario
    for scenario in (
        Scenario(name="parallel", title="Cold build, `-j auto`", sizes=(1000, 3000), jobs="auto", fresh=True),
        Scenario(name="cold", title="Cold build, `-j 1`", sizes=(1000, 3000, 10_000), fresh=True),
        Scenario(name="unchanged", title="Nothing changed", sizes=(1000, 10_000)),
        Scenario(name="edited", title="The text of one post edited", sizes=(1000, 10_000), edited=True),
        Scenario(
            name="checkout",
            title="A fresh checkout with the cache of the last build, the text of one post edited",
            sizes=(1000,),
            edited=True,
            checkout=True,
            contestants=(_CONTENT,),
        ),
        Scenario(
            name="mentions",
            title="Cold build with as many documented functions as posts, `-j 1`",
            sizes=(1000,),
            fresh=True,
            contestants=_OBJECTS,
        ),
        Scenario(
            name="growing",
            title="Cold build, 1.5 new tags a post, `-j 1`",
            sizes=(1000, 3000),
            fresh=True,
            growing=True,
            contestants=(*FEW, "ablog"),  # Material has no pages of tags
        ),
    )
}


class Race:
    """Some contestants with the same posts, run by turns."""

    def __init__(self, folder: Path, corpus: Corpus, names: list[str], *, material: str) -> None:
        """Write the sites.

        :param folder: the folder for them; what is in it is removed.
        :param corpus: the posts.
        :param names: who takes part.
        :param material: the Python that has Material for MkDocs.
        """
        shutil.rmtree(folder, ignore_errors=True)
        self.contestants = [make(name, folder / name, corpus, material=material) for name in names]
        for contestant in self.contestants:
            contestant.write()

    def run(self, scenarios: list[Scenario], number: int) -> Iterator[tuple[Scenario, dict[str, Measurement]]]:
        """Run scenarios one after the other, and in each the contestants by turns, another one first each round.

        :param scenarios: those to run.
        :param number: the number of the round.
        """
        first = number % len(self.contestants)
        for scenario in scenarios:
            order = self.contestants[first:] + self.contestants[:first]
            taking_part = [contestant for contestant in order if contestant.name in scenario.contestants]
            yield scenario, {contestant.name: measure(contestant, scenario, number) for contestant in taking_part}


def make(name: str, folder: Path, corpus: Corpus, *, material: str) -> Contestant:
    """Return a contestant.

    :param name: which.
    :param folder: its folder.
    :param corpus: its posts.
    :param material: the Python that has Material for MkDocs.
    """
    if name == Material.name:
        return Material(folder, corpus, python=material)
    return CONTESTANTS[name](folder, corpus)


def measure(contestant: Contestant, scenario: Scenario, number: int) -> Measurement:
    """Build a site as a scenario wants it.

    :param contestant: the site.
    :param scenario: the scenario.
    :param number: the number of the round.
    """
    if not scenario.fresh and not contestant.output.exists():
        build(contestant, jobs=scenario.jobs)
    edition = f"edition{number + 1}" if scenario.edited else ""
    if edition:
        contestant.edit(edition)
    if scenario.checkout:
        for file in contestant.source.rglob("*"):
            os.utime(file)
    return build(contestant, jobs=scenario.jobs, fresh=scenario.fresh, edition=edition)


def warm_up(folder: Path, names: list[str], *, material: str) -> None:
    """Build a few posts with each contestant, so that Python has compiled what they import.

    :param folder: a folder for it.
    :param names: the contestants.
    :param material: the Python that has Material for MkDocs.
    """
    race = Race(folder, Corpus(posts=_TRIAL), names, material=material)
    for contestant in race.contestants:
        build(contestant, jobs="1")
