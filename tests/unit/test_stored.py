from __future__ import annotations

import pytest

from sphinxext.newsroom.core.stored import store, stored


def test_what_was_stored_comes_back(tmp_path):
    file = tmp_path / "folder" / "file.json"
    store(file, b"content", version="1")
    assert stored(file, version="1") == b"content"
    assert [found.name for found in file.parent.iterdir()] == ["file.json"]


@pytest.mark.parametrize("damage", [b"", b"x", b"x" * 16, b"x" * 40])
def test_what_is_damaged_is_not_there(tmp_path, damage):
    file = tmp_path / "file"
    file.write_bytes(damage)
    assert stored(file, version="1") is None


def test_a_changed_byte_is_damage(tmp_path):
    file = tmp_path / "file"
    store(file, b"content", version="1")
    for place in range(file.stat().st_size):
        content = bytearray(file.read_bytes())
        content[place] ^= 1
        (tmp_path / "changed").write_bytes(content)
        assert stored(tmp_path / "changed", version="1") is None


def test_what_another_version_stored_is_not_there(tmp_path):
    file = tmp_path / "file"
    store(file, b"content", version="1")
    assert stored(file, version="2") is None
    assert stored(file, version="1") == b"content"


def test_a_missing_file_is_not_there(tmp_path):
    assert stored(tmp_path / "file", version="1") is None
