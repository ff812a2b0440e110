"""Whatever ends a build too early, or damages what it kept: the next build gives what a clean build gives."""

from __future__ import annotations

import errno
import os
import pickle
import signal
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings
from sphinx.errors import SphinxError

import sphinxext.newsroom
from tests.conftest import post
from tests.edited_site import State

IS_LONG = settings.get_current_profile_name() == "exactness"
POINTS = range(1, 90) if IS_LONG else range(2, 62, 12)
"""Which of the writes of a build is its last."""
OPTIONS = {"html_theme": "basic", "newsroom_pagination_per_page": 1, "newsroom_pagination_keep_content": True}
FILES = {
    "conf.py": "",
    "index.md": "# Home\n\n```{toctree}\nblog/index\nguide\n```\n",
    "guide.md": "# Guide\n\nSee [](blog/posts/a.md).\n",
    "blog/index.md": "# Journal\n\nAbout it.\n",
    "blog/posts/a.md": post("# A\n\nFirst of a.\n\n<!-- more -->\n\nRest.", date="2024-01-01", categories=["News"]),
    "blog/posts/b.md": post("# B\n\nFirst of b.\n\n<!-- more -->\n\nRest.", date="2024-02-01", authors=["docs"]),
    "blog/posts/data.csv": "1\n",
    "blog/.authors.yml": "authors:\n  docs:\n    name: Docs team\n    description: Writes\n    avatar: ''\n",
}
EDITED = {
    "guide.md": "# Handbook\n\nSee [](blog/posts/a.md).\n",
    "blog/posts/a.md": post("# Alpha\n\nOther words.\n\n<!-- more -->\n\nOther rest.", date="2024-01-01", slug="a"),
    "blog/posts/c.md": post("# C\n\nFirst of c.", date="2024-03-01", tags=["fresh"], authors=["docs"]),
    "blog/posts/data.csv": "1\n2\n",
    "blog/posts/more.csv": "3\n",
}
ONE, TWO = State(files=FILES, conf=OPTIONS), State(files={**FILES, **EDITED}, conf=OPTIONS)


def built_twice(site):
    """Return the site, built, and what it serves before and after the edits."""
    built = site(TWO.files, **OPTIONS)
    built.shares_work = False  # those of the site are damaged, too
    two = built.build().snapshot()
    ONE.write(built)
    return built, (built.build(fresh=True).snapshot(), two)


@contextmanager
def ends_at(point, end):
    """Have the write with a number stop in the middle, and do what ends the build."""
    count = 0

    def breaking(write):
        def write_half(file, content, *args, **kwargs):
            nonlocal count
            count += 1
            if count >= point:
                write(file, content[: len(content) // 2], *args, **kwargs)
                end()
            return write(file, content, *args, **kwargs)

        return write_half

    def dump(value, file, *args, **kwargs):
        breaking(lambda _file, content: file.write(content))(None, pickle.dumps(value, *args, **kwargs))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "write_text", breaking(Path.write_text))
        patch.setattr(Path, "write_bytes", breaking(Path.write_bytes))
        patch.setattr(pickle, "dump", dump)
        yield


def interrupt():
    raise KeyboardInterrupt


def fill_up():
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def kill():
    os.kill(os.getpid(), signal.SIGKILL)


def build_and_end(built, point, end):
    """Build until a write; return whether it came to that."""
    if end is not kill:
        with ends_at(point, end):
            try:
                built.build()
            except (KeyboardInterrupt, OSError, SphinxError):
                return True
        return False
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    with ends_at(point, end):
        built.build()
    os._exit(0)


@pytest.mark.parametrize("end", [interrupt, kill, fill_up])
def test_after_an_interrupted_build_the_next_gives_the_clean_result(site, end):
    built, clean = built_twice(site)
    now, then = ONE, TWO
    ended = []
    for number, point in enumerate(POINTS):
        then.write(built)
        ended.append(build_and_end(built, point, end))
        if number % 2:
            # Half of the times the edits stay, half of the times they are taken back.
            now, then = then, now
        now.write(built)
        assert built.build().snapshot() == clean[now is TWO], point
    assert sum(ended) > len(ended) / 2


def test_a_page_is_never_half_written(site):
    built = site(FILES, **OPTIONS).build()
    pages = {name: content for name, content in built.snapshot().items() if name.endswith((".html", ".xml"))}
    built.write({"blog/posts/b.md": post("# B\n\nOther words.", date="2024-02-01")})
    seen = []

    def look():
        seen.append({name: content for name, content in built.snapshot().items() if name in pages})
        raise KeyboardInterrupt

    for point in range(4, 16, 3):
        with ends_at(point, look), pytest.raises(KeyboardInterrupt):
            built.build()
    assert seen
    for found in seen:
        assert all(content.rstrip().endswith((b"</html>", b"</feed>")) for content in found.values())


def test_a_full_disk_fails_the_build(site):
    built = site(FILES, **OPTIONS).build()
    TWO.write(built)
    writes = Path.write_text

    def write_text(file, content, *args, **kwargs):
        if built.out in file.parents:
            writes(file, content[:10], *args, **kwargs)
            fill_up()
        return writes(file, content, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "write_text", write_text)
        with pytest.raises(SphinxError, match="No space left"):
            built.build()
    assert not [name for name in built.snapshot() if name.startswith(".newsroom")]


DAMAGES = {
    "empty": lambda content: content[:0],
    "half": lambda content: content[: len(content) // 2],
    "changed": lambda content: content.replace(b"First", b"Worst").replace(b"About", b"Abort"),
    "nonsense": lambda content: content[::-1],
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_is_made_again(site, damage):
    built, (one, two) = built_twice(site)
    state = built.folder / "_build" / "doctrees" / "newsroom"
    names = ("scan.pickle", "records.json", "names.json", "posts/*.head")
    kept = [*(next(state.rglob(name)) for name in names), *sorted(state.rglob("posts/*.json"))[:2]]
    if damage != "changed":
        kept += [next(file for file in (state / "templates").rglob("*") if file.is_file())]
        kept += [built.folder / "_build" / "doctrees" / "environment.pickle"]
    for file in kept:
        file.write_bytes(DAMAGES[damage](file.read_bytes()))
        # Other posts cause lists to be rendered again, from the cache.
        TWO.write(built)
        assert built.build().snapshot() == two, file
        if file.is_file():
            file.write_bytes(DAMAGES[damage](file.read_bytes()))
        ONE.write(built)
        assert built.build().snapshot() == one, file


def test_another_version_reads_and_writes_everything_anew(site, monkeypatch):
    built = site(FILES, **OPTIONS).build()
    monkeypatch.setattr(sphinxext.newsroom, "__version__", "99")
    for file in built.out.rglob("*.html"):
        file.write_text("old")
    built.build()
    assert "5 added, 0 changed, 0 removed" in built.status
    assert built.snapshot() == built.build(fresh=True).snapshot()


def test_an_unreadable_post_is_left_out_until_it_can_be_read(site):
    built = site(FILES, **OPTIONS).build()
    source = built.folder / "src/blog/posts"
    one = built.snapshot()

    (source / "folder.md").mkdir()
    (source / "nowhere.md").symlink_to("nothing.md")
    (source / "c.md").write_bytes(b"---\ndate: 2024-03-01\n---\n\n# C\xff\n\nText.\n")
    built.build()
    assert len(built.warnings) == 2
    assert built.snapshot() == one
    assert built.build(fresh=True).snapshot() == one

    (source / "nowhere.md").unlink()
    (source / "folder.md").rmdir()
    added = {f"blog/posts/{name}.md": post(f"# {name}\n\nText.") for name in ("folder", "nowhere", "c")}
    found = built.write(added).build().snapshot()
    assert found == built.build(fresh=True).snapshot()
