"""Only regular files are opened, and any name may be asked for."""

from __future__ import annotations

import os
import socket

import pytest

from sphinxext.newsroom.config.mkdocs import read_mkdocs
from sphinxext.newsroom.content.scanner import Candidate, Scanner
from sphinxext.newsroom.front_matter.cascade import read_folder_defaults
from sphinxext.newsroom.front_matter.sphinx_rst_outline import read_outline
from sphinxext.newsroom.utils.files import (
    exists,
    find_regular,
    has_encodable_name,
    is_folder,
    is_regular,
    printable,
    read_bytes,
    resolved,
    unusable,
)

IMPOSSIBLE = ("a" * 300, "a/" * 3000, "a\0b", "\ud800", "loop", "missing")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "file").write_text("text")
    (tmp_path / "directory").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "dangling").symlink_to("nowhere")
    (tmp_path / "device").symlink_to("/dev/zero")
    (tmp_path / "outside").symlink_to(tmp_path.parent)
    return tmp_path


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_a_name_that_no_file_can_have_is_that_of_a_missing_file(folder, name):
    file = folder / name
    assert not is_regular(file)
    assert not is_folder(file)
    assert find_regular(file, inside=[folder]) is None
    assert unusable(file)
    with pytest.raises(OSError, match=r"\w"):
        read_bytes(file)
    resolved(file)
    exists(file)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("directory", "a directory"),
        ("pipe", "a named pipe"),
        ("device", "a device"),
        ("dangling", "No such file"),
        ("socket", "a socket"),
    ],
)
def test_what_is_no_regular_file_is_never_opened(folder, monkeypatch, name, reason):
    monkeypatch.chdir(folder)  # the path of a socket has to be short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
    assert not is_regular(folder / name)
    assert find_regular(folder / name, inside=[folder]) is None
    assert reason in unusable(folder / name)
    assert exists(folder / name)
    with pytest.raises(OSError, match=reason):
        read_bytes(folder / name)


def test_a_link_may_not_lead_out_of_the_folder(folder):
    (folder.parent / "secret").write_text("secret")
    assert find_regular(folder / "outside" / "secret", inside=[folder]) is None
    assert find_regular(folder / ".." / "secret", inside=[folder]) is None
    assert find_regular(folder / "file", inside=[folder]) == (folder / "file").resolve()
    assert read_bytes(folder / "file") == b"text"
    assert unusable(folder / "file") == ""


def test_names_that_are_not_utf_8_can_be_printed():
    name = os.fsdecode(b"odd\xff.md")
    assert not has_encodable_name(name)
    assert has_encodable_name("dé.md")
    assert printable(name) == r"odd\xff.md"
    assert printable("dé.md") == "dé.md"


def test_the_scanner_reports_and_leaves_out_what_it_cannot_open(folder):
    os.mkfifo(folder / "post.md")
    (folder / "folder.md").mkdir()
    (folder / "loop.md").symlink_to("loop.md")
    names = ["post.md", "folder.md", "loop.md", os.fsdecode(b"odd\xff.md")]
    scanner = Scanner(folder, read_rst=read_outline)
    assert scanner.scan([Candidate(path=name, declared=False) for name in names]) == {}
    assert scanner.unreadable == set(names)
    said = {problem.path: problem.message for problem in scanner.problems}
    assert "a named pipe" in said["post.md"]
    assert "a directory" in said["folder.md"]
    assert "Too many levels" in said["loop.md"]
    assert "not UTF-8" in said[r"odd\xff.md"]


def test_settings_of_folders_and_of_mkdocs_are_not_read_from_a_pipe(folder):
    os.mkfifo(folder / ".meta.yml")
    os.mkfifo(folder / "mkdocs.yml")
    found, [problem] = read_folder_defaults(folder, ["a.md"])
    assert (found, problem.path) == ({}, ".meta.yml")
    assert "a named pipe" in problem.message
    settings, [problem] = read_mkdocs(folder / "mkdocs.yml")
    assert settings.values == {}
    assert "a named pipe" in problem.message
