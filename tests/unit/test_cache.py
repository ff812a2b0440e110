from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from sphinxext.newsroom.utils.cache import load_cached, remove_leftovers, store_cached, write_atomically


def test_what_was_stored_comes_back(tmp_path):
    file = tmp_path / "folder" / "file.json"
    store_cached(file, b"content", version="1")
    assert load_cached(file, version="1") == b"content"
    assert [found.name for found in file.parent.iterdir()] == ["file.json"]


@pytest.mark.parametrize("damage", [b"", b"x", b"x" * 16, b"x" * 40])
def test_what_is_damaged_is_not_there(tmp_path, damage):
    file = tmp_path / "file"
    file.write_bytes(damage)
    assert load_cached(file, version="1") is None


def test_a_changed_byte_is_damage(tmp_path):
    file = tmp_path / "file"
    store_cached(file, b"content", version="1")
    for place in range(file.stat().st_size):
        content = bytearray(file.read_bytes())
        content[place] ^= 1
        (tmp_path / "changed").write_bytes(content)
        assert load_cached(tmp_path / "changed", version="1") is None


def test_what_another_version_stored_is_not_there(tmp_path):
    file = tmp_path / "file"
    store_cached(file, b"content", version="1")
    assert load_cached(file, version="2") is None
    assert load_cached(file, version="1") == b"content"


def test_a_missing_file_is_not_there(tmp_path):
    assert load_cached(tmp_path / "file", version="1") is None


def test_what_a_build_that_has_ended_left_unfinished_is_removed(tmp_path):
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    names = [f"a.{ended.stdout.decode().strip()}.new", "b.new", f"c.{10**30}.new", f"d.{os.getpid()}.new", "e.json"]
    (tmp_path / "folder").mkdir()
    for name in names:
        (tmp_path / "folder" / name).write_text("half")
    remove_leftovers(tmp_path)
    assert sorted(file.name for file in (tmp_path / "folder").iterdir()) == sorted(names[3:])


def test_a_file_is_written_although_its_folder_is_removed_meanwhile(tmp_path, monkeypatch):
    folder = tmp_path / "folder"
    replace = type(folder).replace
    removed: list[object] = []

    def remove_first(file, target):
        if not removed:
            shutil.rmtree(folder)
            removed.append(folder)
        return replace(file, target)

    monkeypatch.setattr(type(folder), "replace", remove_first)
    write_atomically(folder / "file", b"content")
    assert [file.read_bytes() for file in folder.iterdir()] == [b"content"]
