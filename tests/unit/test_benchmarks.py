"""The benchmarks: posts that are the same each time, and a table that says what was measured."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from benchmarks.contestants import ABlog, Material, Newsroom, NewsroomWithSpeedups, Plain, PlainWithSpeedups
from benchmarks.corpus import AUTHORS, CATEGORIES, TAGS, Corpus
from benchmarks.measure import Measurement
from benchmarks.report import TABLE, Result, load, ratio, render, save
from sphinxext.newsroom.front_matter.split import split

RESULTS = Path(__file__).parents[2] / "benchmarks" / "results"
CORPUS = Corpus(posts=48)


def measured(cpu: float, **figures: object) -> dict[str, object]:
    return asdict(Measurement(wall=cpu, cpu=cpu, memory=1, pages=1, environment=1)) | figures


def result(scenario: str, posts: int, *rounds: dict[str, Any], machine: str = "One") -> Result:
    return Result(scenario=scenario, posts=posts, machine={"Processor": machine}, rounds=rounds)


def table(*results: Result) -> list[list[str]]:
    """Return the cells of all rows of tables."""
    text = render({(one.scenario, one.posts): one for one in results})
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in text.splitlines() if line[:1] == "|"]


class TestCorpus:
    def test_posts_are_the_same_each_time(self):
        assert list(CORPUS) == list(Corpus(posts=48))
        assert list(CORPUS) != list(Corpus(posts=48, seed=1))

    def test_a_post_is_made_without_the_others(self):
        assert CORPUS.post(7) == list(CORPUS)[7]

    @pytest.mark.parametrize("post", list(CORPUS), ids=lambda post: post.name)
    def test_a_post_has_its_shape(self, post):
        assert 1 <= len(post.authors) <= 2
        assert 1 <= len(post.categories) <= 3
        assert len(post.tags) <= 3
        assert {*post.authors} <= {*AUTHORS}
        assert {*post.categories} <= {*CATEGORIES}
        assert {*post.tags} <= {*TAGS}
        assert post.text.count("\n## ") + post.text.startswith("## ") == 2
        assert post.text.count("\n- ") == 5
        assert post.text.count("```python") == 1
        assert post.text.count("](picture.svg)") == 1
        assert 280 <= len(f"{post.excerpt} {post.text}".split()) <= 340

    def test_labels_and_years_are_as_many_as_wanted(self):
        posts = list(Corpus(posts=400))
        assert {name for post in posts for name in post.authors} == {*AUTHORS}
        assert {name for post in posts for name in post.categories} == {*CATEGORIES}
        assert {name for post in posts for name in post.tags} == {*TAGS}
        assert {post.date.year for post in posts} == {*range(2014, 2026)}
        assert [post.date for post in posts] == sorted(post.date for post in posts)
        assert len({post.title for post in posts}) == 400

    def test_labels_can_grow_with_the_posts(self):
        tags = [tag for post in Corpus(posts=100, growing=True) for tag in post.tags]
        assert len(tags) == len({*tags}) == 150

    def test_an_edition_changes_nothing_but_a_word_of_the_excerpt(self):
        post, edited = CORPUS.post(3), CORPUS.post(3, edition="edition1")
        assert edited.excerpt == f"{post.excerpt} edition1"
        assert edited.text == post.text


class TestContestants:
    def test_all_have_the_same_text(self, tmp_path):
        post = CORPUS.post(5)
        texts = {
            split(kind(tmp_path, CORPUS).text(post)).body.replace("<!-- more -->\n\n", "").strip()
            for kind in (Newsroom, NewsroomWithSpeedups, Plain, PlainWithSpeedups, ABlog, Material)
        }
        assert texts == {f"# {post.title}\n\n{post.excerpt}\n\n{post.text}"}

    def test_newsroom_reads_the_files_of_material(self, tmp_path):
        newsroom, material = Newsroom(tmp_path / "n", Corpus(posts=3)), Material(tmp_path / "m", Corpus(posts=3))
        for contestant in (newsroom, material):
            contestant.write()
        ours, theirs = newsroom.source / "blog", material.source / "docs" / "blog"
        names = sorted(file.relative_to(ours) for file in ours.rglob("*") if file.is_file())
        assert len(names) == 5
        assert all((theirs / name).read_bytes() == (ours / name).read_bytes() for name in names)

    def test_sites_with_speedups_differ_in_nothing_else(self, tmp_path):
        for kind, plain in ((NewsroomWithSpeedups, Newsroom), (PlainWithSpeedups, Plain)):
            files, expected = (site(tmp_path, Corpus(posts=1)).settings() for site in (kind, plain))
            assert files["conf.py"].replace(", 'sphinxext.newsroom.speedups'", "") == expected["conf.py"]
            assert files["conf.py"] != expected["conf.py"]

    def test_an_edit_changes_one_file(self, tmp_path):
        site = Newsroom(tmp_path, Corpus(posts=3))
        site.write()
        before = {file: file.read_text() for file in site.source.rglob("*.md")}
        site.edit("edition1")
        assert [file.name for file, text in before.items() if file.read_text() != text] == ["post-00002.md"]


class TestTable:
    def test_ratios_are_those_of_rounds(self):
        found = ratio([2, 6, 3], [1, 2, 2])
        assert (found.median, found.low, found.high) == (2, 1.5, 3)
        assert str(found) == "2.00 (1.50–3.00)"

    def test_a_row_says_whether_the_aim_is_met(self):
        met = result("cold", 1000, {"newsroom": measured(10.5), "plain": measured(10)})
        missed = result("cold", 1000, {"newsroom": measured(13), "plain": measured(10)})
        title = "Cold build, `-j 1`: CPU time ÷ plain Sphinx"
        assert [title, "1,000", "1.05 (1.05–1.05)", "≤ 1.25", "yes"] in table(met)
        assert [title, "1,000", "1.30 (1.30–1.30)", "≤ 1.25", "**no**"] in table(missed)

    def test_sites_with_and_without_speedups_are_compared(self):
        cpu = {"newsroom": 12, "newsroom-speedups": 9, "plain": 10, "plain-speedups": 8}
        rows = table(result("cold", 1000, {name: measured(seconds) for name, seconds in cpu.items()}))
        assert [
            "Cold build with speedups, `-j 1`: CPU time ÷ plain Sphinx",
            "1,000",
            "0.90 (0.90–0.90)",
            "≤ 0.95",
            "yes",
        ] in rows
        assert ["… ÷ plain Sphinx with speedups", "1,000", "1.12 (1.12–1.12)", "", ""] in rows
        assert [
            "Cold build of plain Sphinx, `-j 1`: CPU time with speedups ÷ without",
            "1,000",
            "0.80 (0.80–0.80)",
            "",
            "",
        ] in rows
        assert [row[2] for row in rows if row[0] == "Cold build, `-j 1`"] == [
            "Newsroom",
            "Newsroom, with speedups",
            "plain Sphinx",
            "plain Sphinx, with speedups",
        ]

    def test_no_aim_where_none_was_set(self):
        rows = table(result("cold", 300, {"newsroom": measured(11), "plain": measured(10)}))
        assert ["Cold build, `-j 1`: CPU time ÷ plain Sphinx", "300", "1.10 (1.10–1.10)", "", ""] in rows

    def test_figures_for_each_post_are_compared_with_those_at_the_smallest_size(self):
        small, large = (
            result("cold", posts, {"newsroom": measured(cpu)}) for posts, cpu in ((1000, 20), (10_000, 240))
        )
        title = "… per post ÷ per post at the smallest size"
        assert [title, "10,000", "1.20 (1.20–1.20)", "≤ 1.10", "**no**"] in table(small, large)

    def test_figures_of_two_scenarios_are_compared(self):
        parallel = result("parallel", 1000, {"newsroom": measured(6)})
        cold = result("cold", 1000, {"plain": measured(10)})
        assert ["… ÷ plain Sphinx with `-j 1`", "1,000", "0.60 (0.60–0.60)", "≤ 1.00", "yes"] in table(parallel, cold)

    def test_files_that_only_newsroom_writes_are_named(self):
        plain = measured(1, others=("search/index.html",))
        fine = measured(1, showing=("blog/index.html",), others=("search/index.html",))
        more = measured(1, showing=("blog/index.html",), others=("search/index.html", "blog/2014/index.html"))
        row = ["1,000", "1: `blog/index.html`"]
        assert [*row, "0", "0", "yes"] in table(result("edited", 1000, {"newsroom": fine, "plain": plain}))
        assert [*row, "1: `blog/2014/index.html`", "0", "**no**"] in table(
            result("edited", 1000, {"newsroom": more, "plain": plain})
        )

    def test_nested_input_is_judged_by_the_quickest_rounds(self):
        rounds = [{"Tabs": {"1": 0.1, "2": 0.2, "4": four}} for four in (0.9, 0.4)]
        assert ["Tabs", "100 / 200 / 400", "2.00", "≤ 2.80", "yes"] in table(result("nested", 100, *rounds))

    def test_several_machines_are_told_apart(self):
        one, two = (result("cold", posts, {}, machine=name) for posts, name in ((300, "One"), (1000, "Two")))
        assert render({("cold", 300): one}) == "One.\n"
        assert "Two: cold (1,000)." in render({("cold", 300): one, ("cold", 1000): two})

    def test_results_are_kept(self, tmp_path):
        kept = result("cold", 300, {"newsroom": measured(1)})
        save(tmp_path, kept)
        assert render(load(tmp_path)) == render({("cold", 300): kept})

    def test_the_table_in_the_documentation_is_that_of_the_results(self):
        assert (RESULTS / TABLE).read_text(encoding="utf-8") == render(load(RESULTS))
