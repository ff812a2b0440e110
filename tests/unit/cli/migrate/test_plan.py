"""A plan writes nothing outside of its folder, and nothing over what is there."""

from __future__ import annotations

import pytest

from sphinxext.newsroom.cli.migrate.plan import Plan, PlannedFile, Status, unsafe_path
from sphinxext.newsroom.cli.migrate.report import plan_text, report_text


def planned(path, content=b"new\n", **more):
    return PlannedFile(path=path, content=content, purpose="a file", **more)


@pytest.fixture
def plan(tmp_path):
    return Plan(generator="Other", source=tmp_path, target=tmp_path / "target")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "../up.md",
        "a/../../up.md",
        "a//b.md",
        "./a.md",
        "C:/a.md",
        "c:a.md",
        "a\\b.md",
        "a/nul.md",
        "COM1",
        "a\nb.md",
        "a /b.md",
        "b./c.md",
        'a".md',
    ],
)
def test_paths_that_are_not_safe_everywhere_are_left_out(plan, path):
    assert unsafe_path(path)
    assert not plan.add(planned(path))
    assert plan.files == {}
    assert len(plan.todos) == 1


def test_ordinary_paths_are_safe():
    assert not any(map(unsafe_path, ["a.md", "blog/posts/2024/été 1.md", ".github/workflows/x.yml", "console.md"]))


def test_files_that_are_there_stay_as_they_are(plan):
    plan.target.mkdir()
    (plan.target / "same.md").write_bytes(b"new\n")
    (plan.target / "other.md").write_bytes(b"other\n")
    for name in ("same.md", "other.md", "new/one.md"):
        plan.add(planned(name))
    assert [plan.status(file) for file in plan.files.values()] == [Status.SAME, Status.CONFLICT, Status.NEW]
    assert plan.conflicts == ["other.md"]
    assert plan.write() == []
    assert (plan.target / "other.md").read_bytes() == b"other\n"
    assert (plan.target / "new" / "one.md").read_bytes() == b"new\n"
    assert plan.write() == []


def test_a_link_to_a_folder_elsewhere_is_not_followed(plan, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    plan.target.mkdir()
    (plan.target / "posts").symlink_to(tmp_path / "elsewhere")
    (plan.target / "link.md").symlink_to(tmp_path / "nowhere")
    plan.add(planned("posts/a.md"))
    plan.add(planned("link.md"))
    assert plan.conflicts == ["link.md"]
    assert plan.write() == ["posts/a.md"]
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_file_in_place_of_a_folder_is_a_file_that_cannot_be_written(plan):
    plan.target.mkdir()
    (plan.target / "a").write_text("")
    plan.add(planned("a/b.md"))
    assert plan.write() == ["a/b.md"]


def test_two_files_for_one_path_are_reported(plan):
    plan.add(planned("a.md", b"one", source="x.md"))
    plan.add(planned("a.md", b"one", source="y.md"))
    assert plan.todos == []
    plan.add(planned("a.md", b"two", source="z.md"))
    assert [(todo.place, todo.what) for todo in plan.todos] == [
        ("z.md", "`a.md` is left out: it is also made from x.md")
    ]


def test_the_plan_and_its_differences(plan):
    plan.add(planned("new.md"))
    plan.add(planned("changed.md", b"a\nb\n", before=b"a\n", source="old.md"))
    plan.add(planned("binary.bin", b"\xff\xfe", before=b""))
    for number in range(12):
        plan.add(planned(f"copy{number:02}.md", b"x\n", before=b"x\n"))
    text = plan_text(plan)
    assert text.startswith("new  new.md  (a file)\n")
    assert "copy09.md  (as it is)" in text
    assert text.endswith("… and 2 more files as they are\n")
    diff = "".join(plan.diff())
    assert diff.startswith("--- a/new.md\n+++ b/new.md\n@@ -0,0 +1 @@\n+new\n--- a/changed.md\n")
    assert " a\n+b\n" in diff
    assert "copy" not in diff
    assert "binary" not in diff


def test_the_report_escapes_what_comes_from_the_old_site(plan):
    plan.todo("a | b <script> `c|d`", "do *it*", path="x.md", line=3)
    plan.todo("a | b <script> `c|d`", "do *it*", path="x.md", line=3)
    plan.urls |= {"a/": "a page", "b/": "a page"}
    plan.lost["c/"] = "nothing makes it"
    report = report_text(plan, written=False)
    assert report.count(r"| `x.md:3` | a \| b \<script\> `c\|d` | do \*it\* |") == 1
    assert "The old site has 3 URLs; 2 stay." in report
    assert "| a page | 2 |" in report
    assert "- `/c/`: nothing makes it" in report
    assert "Nothing is written without `--write`." in report
