"""Files and names that no program should trip over: a message for each, and the rest of the site is built."""

from __future__ import annotations

import os

import pytest

from tests.conftest import post
from tests.samples import PNG

pytestmark = pytest.mark.theme("basic")

LONG = "a" * 300
NAMES = {
    "image": f"image: {LONG}.png",
    "dark": f"image: {{src: cover.png, alt: x, dark: {LONG}.png}}",
    "nul": 'image: {src: "a\\0b.png", alt: x}',
    "loop": "image: {src: loop.png, alt: x}",
    "links": f"links: [{LONG}.md, {'x/' * 3000}a.md]",
    "slug": f"slug: {LONG}",
    "categories": f"categories: [{LONG}]",
    "tags": f"tags: [{LONG}]",
    "series": f"series: {LONG}",
    "redirects": f"redirects: [{LONG}, {'x/' * 3000}a]",
    "template": f"template: {LONG}.html",
    "avatar": f"authors: [{{name: A, avatar: {LONG}.png}}]",
    "author": f"authors: [{{name: {LONG}}}]",
    "icon": f"icon: {LONG}",
}
BODIES = {
    "picture": f"![x]({LONG}.png)",
    "percent": "![x](a%00b.png)",
    "html": f'<img src="{LONG}.png">\n\n<img src="a%00b.png">',
    "link": f"[x]({LONG}.md) [y](a%00b.md)",
    "snippet": f'--8<-- "{LONG}.md"\n\n--8<-- "loop.md"\n\n--8<-- "pipe"',
    "download": f"{{download}}`{LONG}.txt`",
    "pipe": "![x](pipe.png)",
    "shortcode": f":{LONG}:",
    "circle": "![words](loop.png)\n\n{download}`x <loop.png>` [y](loop.png)\n\n```{figure} loop.png\n```",
    "heading": "## See [x](cover.png)\n\n### [x](cover.png)",
}


@pytest.fixture
def hostile(site):
    def make(**conf):
        files = {"blog/posts/good.md": post("# Good\n\nText.", slug="good"), "blog/posts/cover.png": PNG}
        files |= {
            f"blog/posts/of-{name}.md": f"---\ndate: 2024-06-18\n{line}\n---\n\n# {name}\n\nText.\n"
            for name, line in NAMES.items()
        }
        files |= {f"blog/posts/in-{name}.md": post(f"# {name}\n\n{body}") for name, body in BODIES.items()}
        made = site(files, newsroom_markdown_extensions=["pymdownx.snippets", "attr_list", "pymdownx.emoji"], **conf)
        source = made.folder / "src"
        posts = source / "blog" / "posts"
        for name in ("pipe.png", "pipe.md", ".meta.yml"):
            os.mkfifo(posts / name)
        os.mkfifo(source / "pipe")
        os.mkfifo(source / "blog" / ".authors.yml")
        os.mkfifo(source / "page.md")
        (posts / "folder.md").mkdir()
        (posts / "loop.png").symlink_to("loop.png")
        (posts / "dangling.pdf").symlink_to("nowhere")
        (source / "loop.md").symlink_to("loop.md")
        (posts / os.fsdecode(b"odd\xff.md")).write_text(post())
        (posts / os.fsdecode(b"odd\xff.png")).write_bytes(PNG)
        return made

    return make


def test_odd_files_and_names_cost_nothing_but_themselves(hostile):
    built = hostile().build()
    said = "\n".join(built.warnings)
    assert "Text." in built.text("blog/2024/06/18/good")
    assert (built.out / "objects.inv").is_file()
    assert (built.out / "blog" / "cover.png").is_file() or (built.out / "blog" / "posts" / "cover.png").is_file()
    for line in (
        "blog/posts/pipe.md:1: WARNING: the file cannot be read (it is a named pipe)",
        "page.md:1: WARNING: the file cannot be read (it is a named pipe)",
        "blog/posts/.meta.yml:1: WARNING: the file cannot be read (it is a named pipe)",
        "blog/.authors.yml:1: WARNING: the file cannot be read (it is a named pipe)",
        r"blog/posts/odd\xff.md:1: WARNING: the name of the file is not UTF-8",
        r"blog/posts/odd\xff.png:1: WARNING: the name of the file is not UTF-8",
        "blog/posts/dangling.pdf:1: WARNING: the file 'blog/posts/dangling.pdf' is left out: it is a symbolic link to a file",
        "blog/posts/loop.png:1: WARNING: the file 'blog/posts/loop.png' is left out: it is a symbolic link to a file",
    ):
        assert line in said
    assert "its source is shown" not in said
    assert "words" in built.text("blog/2024/06/18/circle")
    # Each odd name is reported in its post, without other effects.
    pages = {url.rstrip("/").rpartition("/")[2] for url in built.urls() if url.startswith("blog/2024/06/18/")}
    for name in NAMES:
        assert f"blog/posts/of-{name}.md" in said or name in {"icon", "author"}, name
    for name in BODIES:
        assert f"blog/posts/in-{name}.md" in said or name in {"shortcode", "html", "pipe", "heading"}, name
    assert {*NAMES, *BODIES} - {"slug"} - pages == set()
    assert "of-slug" in pages
    assert "`blog/posts/pipe.png` is a named pipe" in said or "pipe.png' is left out" in said
    assert not list(built.out.rglob("pipe*.png"))
