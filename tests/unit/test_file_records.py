"""Records of files, and the restored times of those that have not changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sphinxext.newsroom.utils.file_records import (
    FileRecord,
    digest_of_files,
    is_same_content,
    record_files,
    restore_times,
    walk_files,
)

OLD, NEW = 1_600_000_000_000_000_000, 1_700_000_000_000_000_000


@pytest.fixture
def files(tmp_path):
    """Return three files and their records."""
    made = [tmp_path / name for name in ("same.md", "edited.md", "resized.md")]
    for file in made:
        file.write_text("before")
        os.utime(file, ns=(OLD, OLD))
    return made, record_files(made, {})


def test_unchanged_files_get_their_time_back_and_changed_ones_keep_theirs(files):
    (same, edited, resized), records = files
    edited.write_text("behind")  # as long as before
    resized.write_text("longer than before")
    for file in (same, edited, resized):
        os.utime(file, ns=(NEW, NEW))
    assert restore_times(records) == 1
    assert [file.stat().st_mtime_ns for file in (same, edited, resized)] == [OLD, NEW, NEW]


def test_missing_files_folders_and_links_are_never_the_same(files, tmp_path):
    (same, edited, resized), records = files
    same.unlink()
    edited.unlink()
    edited.mkdir()
    resized.rename(tmp_path / "other.md")
    resized.symlink_to(tmp_path / "other.md")
    assert restore_times(records) == 0
    assert record_files([same, edited, resized], {}) == {}


def test_files_with_the_recorded_time_and_size_are_not_read_again(files):
    (same, *_), records = files
    known = {str(same): FileRecord(OLD, 6, "known")}
    assert record_files([same], known)[str(same)].digest == "known"
    os.utime(same, ns=(NEW, NEW))
    assert record_files([same], known) == {str(same): FileRecord(NEW, 6, records[str(same)].digest)}
    assert not is_same_content(str(same), FileRecord(OLD, 6, "other"))


def test_folders_of_programs_outputs_and_excluded_paths_are_skipped(tmp_path):
    for name in ("a.md", ".meta.yml", "in/b.md", "in/skip/c.md", "_build/d.html", ".git/e", "in/node_modules/f.js"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    found = walk_files(tmp_path, without=[tmp_path / "_build"], excludes=lambda path: path == "in/skip")
    assert {file.relative_to(tmp_path).as_posix() for file in found} == {"a.md", ".meta.yml", "in/b.md"}


def test_the_digest_of_a_folder_depends_on_names_and_contents_but_not_on_times(tmp_path):
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "page.html").write_text("a")
    first = digest_of_files([folder], suffix=".html")
    os.utime(folder / "page.html", ns=(OLD, OLD))
    (folder / "style.css").write_text("b")
    assert digest_of_files([folder, Path("missing")], suffix=".html") != first  # another list of folders
    assert digest_of_files([folder], suffix=".html") == first
    assert digest_of_files([folder]) != first
    (folder / "page.html").rename(folder / "other.html")
    assert digest_of_files([folder], suffix=".html") != first
