"""Front matter inherited from folders."""

from __future__ import annotations

import pytest

from sphinxext.newsroom.front_matter.cascade import read_folder_defaults


@pytest.fixture
def root(tmp_path):
    (tmp_path / "blog/posts/2024").mkdir(parents=True)
    (tmp_path / "blog/posts-old").mkdir()
    return tmp_path


def test_the_nearest_folder_wins_and_lists_are_joined(root):
    (root / ".meta.yml").write_text("authors: [docs]\nhide: [toc]\ndraft: false\n")
    (root / "blog/posts/2024/.meta.yml").write_text("authors: [training]\ndraft: true\n")
    found, problems = read_folder_defaults(root, ["blog/posts/a.md", "blog/posts/2024/b.md"])
    assert problems == ()
    assert found == {
        "blog/posts/a.md": {"authors": ["docs"], "hide": ["toc"], "draft": False},
        "blog/posts/2024/b.md": {"authors": ["docs", "training"], "hide": ["toc"], "draft": True},
    }


def test_a_folder_with_a_longer_name_does_not_inherit(root):
    (root / "blog/posts/.meta.yml").write_text("draft: true\n")
    found, _ = read_folder_defaults(root, ["blog/posts-old/x.md", "blog/posts/a.md"])
    assert list(found) == ["blog/posts/a.md"]


def test_a_mistake_is_reported_once_at_its_place(root):
    (root / "blog/.meta.yml").write_text("draft: maybe\n")
    found, [problem] = read_folder_defaults(root, ["blog/posts/a.md", "blog/posts/2024/b.md"])
    assert (problem.path, problem.line) == ("blog/.meta.yml", 1)
    assert len(found) == 2


@pytest.mark.parametrize(("target", "reason"), [("../outside.yml", "outside"), ("gone.yml", "not there")])
def test_posts_are_drafts_where_the_file_is_a_link_that_is_not_followed(root, target, reason):
    source = root / "src"
    source.mkdir()
    (root / "outside.yml").write_text("tags: [outside]\n")
    (source / ".meta.yml").symlink_to(target)
    found, [problem] = read_folder_defaults(source, ["a.md"])
    assert found == {"a.md": {"draft": True}}
    assert (problem.path, problem.subtype) == (".meta.yml", "front_matter")
    assert reason in problem.message


def test_a_link_within_the_source_folder_is_followed(root):
    (root / "common.yml").write_text("draft: true\n")
    (root / "blog/.meta.yml").symlink_to("../common.yml")
    assert read_folder_defaults(root, ["blog/a.md"]) == ({"blog/a.md": {"draft": True}}, ())
