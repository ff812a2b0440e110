"""Stubs of autosummary are found next to the files that ask for them."""

from __future__ import annotations

import pytest

from sphinxext.newsroom.utils.stubs import StubFolder, find_stub_folders, find_stubs

DIRECTIVE = ".. autosummary::\n   :toctree: generated\n\n   mod.f\n   ~mod.Class\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (DIRECTIVE, [StubFolder(path="blog/posts/generated", names=("mod.f", "mod.Class"))]),
        (
            f"Text\n\n  - item\n\n{DIRECTIVE.replace('generated', '../api')}\nText\n",
            [("blog/api", ("mod.f", "mod.Class"))],
        ),
        (".. autosummary::\n   :toctree:\n   :recursive:\n\n   mod\n\nText\n", [("blog/posts", ("mod",))]),
        (".. autosummary::\n\n   mod.f\n", []),
        ("```{eval-rst}\n.. autosummary::\n   :toctree: a\n\n   mod.f\n```\n", [("blog/posts/a", ("mod.f",))]),
        ("Text about ``autosummary::``.\n", []),
    ],
)
def test_the_folders_of_stubs_are_found(text, found):
    expected = [
        entry if isinstance(entry, StubFolder) else StubFolder(path=entry[0], names=entry[1]) for entry in found
    ]
    assert list(find_stub_folders(text, path="blog/posts/a.rst")) == expected


def test_only_files_about_the_objects_are_stubs():
    folders = [StubFolder(path="posts", names=("mod", "Class"))]
    paths = ["posts/mod.rst", "posts/mod.f.rst", "posts/pkg.Class.rst", "posts/model.rst", "posts/a.md", "api/mod.rst"]
    assert find_stubs(paths, folders) == {"posts/mod.rst", "posts/mod.f.rst", "posts/pkg.Class.rst"}
