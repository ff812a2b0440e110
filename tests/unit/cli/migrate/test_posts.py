"""Posts of other generators: dates, authors, tags, excerpts, images, URLs; what changes in them, and nothing else."""

from __future__ import annotations

import pytest
import yaml

from sphinxext.newsroom.cli.errors import CommandError
from sphinxext.newsroom.cli.migrate.docusaurus import read_docusaurus
from sphinxext.newsroom.cli.migrate.fields import date_of_name, names
from sphinxext.newsroom.cli.migrate.front_matter_text import FrontMatterError, changed_text, read_text
from sphinxext.newsroom.cli.migrate.hugo import read_hugo
from sphinxext.newsroom.cli.migrate.jekyll import read_jekyll
from sphinxext.newsroom.cli.migrate.pelican import read_pelican
from sphinxext.newsroom.cli.migrate.posts import plan_posts


@pytest.fixture
def migrate(tmp_path, monkeypatch):
    """Return a function that plans the move of a site."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")  # 2026-01-01

    def plan(read, files, new=()):
        for folder, written in (("old", files), ("new", dict(new))):
            for name, text in written.items():
                file = tmp_path / folder / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(text if isinstance(text, bytes) else text.encode())
        (tmp_path / "new").mkdir(exist_ok=True)
        return plan_posts(read(tmp_path / "old"), tmp_path / "new")

    return plan


def text(plan, path):
    return plan.files[path].content.decode()


def head(plan, path):
    return yaml.safe_load(text(plan, path).replace("\r", "").split("---\n")[1])


def todos(plan):
    return [(todo.place, todo.what) for todo in plan.todos]


JEKYLL = {
    "_config.yml": "title: Old\nurl: https://old.example\npermalink: /:year/:month/:day/:title.html\n"
    "excerpt_separator: <!--more-->\n",
    "_posts/2024-01-03-hello.md": "---\nlayout: post  # kept\ntitle: A longer title\ntags: a b\ncategories: News\n---\r\nText\n\n"
    "{% highlight python %}\nprint(1)\n{% endhighlight %}\n\n"
    "[next]({{ site.baseurl }}{% post_url 2024-02-04-second %}) {% include x.html %} `{{ code }}`\n"
    "![a]({{ '/assets/a.png' | relative_url }})\n\n```\n{{ code }}\n```\n",
    "_posts/2024-02-04-second.markdown": "---\ntitle: Second\ndate: 2024-02-04 10:00:00 +0000\npermalink: /special/\n"
    "author: training\nimage: {path: /assets/a.png, alt: A}\n---\n\nHi\n",
    "_posts/2024-02-05-same.md": "---\ntitle: Same\ndate: 2024-02-05\n---\n\nHi\n",
    "talks/_posts/2024-02-06-talk.md": "---\ntitle: Talk\nredirect_from: /old/talk/\npublished: false\nexcerpt: In short.\n---\nx\n",
    "_posts/2024-02-07-broken.md": "---\ntitle: [\n---\nx\n",
    "_posts/2024-02-08-text.textile": "x",
    "_posts/undated.md": "---\n---\nx",
    "_drafts/soon.md": "---\ntitle: Soon\n---\nx\n",
    "_data/authors.yml": "training:\n  name: Training team\n  web: https://t.example\n",
    "assets/a.png": b"\x89PNG",
    "assets/style.scss": "x",
}


def test_jekyll(migrate):
    plan = migrate(read_jekyll, JEKYLL)
    posts = "docs/posts"
    assert text(plan, f"{posts}/2024-01-03-hello.md") == (
        "---\nlayout: post  # kept\ntitle: A longer title\ntags:\n  - a\n  - b\ncategories:\n  - News\n"
        "date: 2024-01-03\nslug: hello\n---\nText\n\n```python\nprint(1)\n```\n\n"
        "[next](2024-02-04-second.md) {% include x.html %} `{{ code }}`\n![a](/assets/a.png)\n\n```\n{{ code }}\n```\n"
    ).replace("\n", "\r\n")
    second = head(plan, f"{posts}/2024-02-04-second.md")
    assert second["redirects"] == ["special"]
    assert second["image"] == {"src": "/assets/a.png", "alt": "A"}
    assert plan.files[f"{posts}/2024-02-05-same.md"].is_copy
    talk = head(plan, f"{posts}/2024-02-06-talk.md")
    assert (talk["draft"], talk["categories"], talk["description"], talk["redirects"]) == (
        True,
        ["talks"],
        "In short.",
        ["old/talk"],
    )
    assert head(plan, f"{posts}/soon.md")["draft"] is True
    assert yaml.safe_load(text(plan, "docs/.authors.yml")) == {
        "authors": {"training": {"name": "Training team", "url": "https://t.example"}}
    }
    assert {"static/assets/a.png", "docs/assets/a.png"} <= plan.files.keys()
    assert not any("scss" in path for path in plan.files)
    assert plan.urls == {
        "2024/01/03/hello.html": "the permalink of the post",
        "special/": "a redirect in the front matter",
        "2024/02/05/same.html": "the permalink of the post",
        "assets/a.png": "the file in `static`",
    }
    assert todos(plan) == [
        ("_posts/2024-01-03-hello.md:13", "`{% include x.html %}`"),
        ("_posts/2024-02-07-broken.md", "the post is left out"),
        ("_posts/2024-02-08-text.textile", "the file is left out"),
        ("_posts/undated.md", "the post is left out"),
    ]
    assert "-b html docs" in "".join(plan.steps)


@pytest.mark.parametrize(
    ("permalink", "url"),
    [
        ("date", "news/2024/01/03/a-b.html"),
        ("pretty", "news/2024/01/03/a-b/"),
        ("ordinal", "news/2024/003/a-b.html"),
        ("none", "news/a-b.html"),
        ("/b/:i_month-:i_day/:slug/", "b/1-3/a-b/"),
        ("/:year-:short_month:output_ext", "2024-Jan.html"),
    ],
)
def test_permalinks_of_jekyll(migrate, permalink, url):
    files = {
        "_config.yml": f"permalink: {permalink}\n",
        "_posts/2024-01-03-a-b.md": "---\ntitle: T\ncategory: News\n---\nx\n",
    }
    assert list(migrate(read_jekyll, files).urls) == [url]


HUGO = {
    "hugo.toml": "title='H'\nbaseURL='https://h.example/'\n[permalinks]\nposts='/:year/:month/:slug/'\n",
    "content/posts/one.md": "+++\ntitle = 'One'\ndate = 2024-01-03T10:00:00Z\ntags = ['a']\n[cover]\nimage='c.png'\n+++\n\n"
    'Hi {{< figure src="x.png" alt="X" >}} {{< youtube abc >}} [r]({{< ref "two#part" >}})\n\n<!--more-->\n',
    "content/posts/two/index.md": "---\ntitle: Two\ndate: 2024-02-03\nslug: zwei\naliases: [/old/two/]\n---\n\nHi\n",
    "content/posts/two/pic.png": b"p",
    "content/posts/three.md": '{\n "title": "Three", "date": "2024-03-03", "url": "/drei.html", "aliases": ["/3/"]}\n\nText\n',
    "content/posts/2024-04-04-named.md": "---\ntitle: Named\ndraft: true\n---\nx\n",
    "content/posts/_index.md": "Intro\n",
    "content/posts/other.adoc": "x",
    "content/posts/bad.md": "+++\ntitle = \n+++\nx\n",
    "static/img/s.png": b"x",
}


def test_hugo(migrate):
    plan = migrate(read_hugo, HUGO)
    assert text(plan, "docs/posts/one.md") == (
        "---\ntitle: One\ndate: 2024-01-03 10:00:00+00:00\ntags:\n  - a\ncover:\n  image: c.png\nimage:\n  src: c.png\n---\n\n"
        "Hi ![X](x.png) {{< youtube abc >}} [r](two/index.md#part)\n\n<!--more-->\n"
    )
    assert plan.files["docs/posts/two/index.md"].is_copy
    assert plan.files["docs/posts/two/pic.png"].is_copy
    three = head(plan, "docs/posts/three.md")
    assert str(three["date"]) == "2024-03-03"
    assert three["aliases"] == ["/3/", "drei.html"]
    assert str(head(plan, "docs/posts/2024-04-04-named.md")["date"]) == "2024-04-04"
    assert plan.urls == {
        "2024/01/one/": "the permalink of the post",
        "2024/02/zwei/": "the permalink of the post",
        "drei.html": "a redirect in the front matter",
        "img/s.png": "the file in `static`",
    }
    assert 'newsroom_post_url_date_format = "yyyy/MM"' in text(plan, "conf.py")
    assert [place for place, _what in todos(plan)] == [
        "content/posts/_index.md",
        "content/posts/bad.md",
        "content/posts/one.md:9",
        "content/posts/other.adoc",
    ]


def test_settings_and_authors_that_cannot_be_read_are_named_with_their_folder(migrate):
    hugo = {"config/_default/hugo.toml": "a = ", "content/posts/a.md": "---\ndate: 2024-01-03\n---\nx\n"}
    assert todos(migrate(read_hugo, hugo)) == [("config/_default/hugo.toml", "the file cannot be read")]
    docusaurus = {"blog/authors.yml": "[", "blog/2024-01-03-a.md": "x\n"}
    assert ("blog/authors.yml", "the authors cannot be read") in todos(migrate(read_docusaurus, docusaurus))


def test_urls_of_hugo_without_permalinks(migrate):
    plan = migrate(read_hugo, {"content/blog/My Post.md": "---\ntitle: T\ndate: 2024-01-03\n---\nx\n"})
    assert plan.urls == {"blog/my-post/": "the permalink of the post"}
    assert 'newsroom_post_url_format = "{slug}"' in text(plan, "conf.py")
    assert head(plan, "docs/blog/posts/My Post.md")["slug"] == "my-post"


DOCUSAURUS = {
    "docusaurus.config.js": "module.exports = { title: 'D', url: 'https://d.example', baseUrl: '/', "
    "presets: [['classic', {blog: {routeBasePath: 'news'}}]] }; process.exit(1)",
    "blog/2024-01-03-hello.md": "---\ntitle: Hello\nauthors: [training]\ntags: [{label: A, permalink: /a}]\n---\n\nHi\n\n"
    "<!-- truncate -->\n\n:::tip[My tip]\nx\n:::\n\n:::info\ny\n:::\n",
    "blog/2024-02-03-x/index.mdx": "---\ntitle: X\nslug: special\nauthors:\n  - name: Somebody\n    title: Dev\n---\n"
    "import Foo from './foo'\n\n<Foo bar={1}/>\n\n{/* truncate */}\n\nUse `{x}`.\n",
    "blog/2024-02-03-x/a.png": b"x",
    "blog/2024/03/04/nested.md": "---\ntitle: Nested\n---\nx\n",
    "blog/2024-05-05-same.md": "---\ntitle: Same\ndate: 2024-05-05\n---\n\nx\n\n<!-- truncate -->\n",
    "blog/authors.yml": "training:\n  name: Training team\n  title: Trainers\n  image_url: https://x.example/a.png\n"
    "  socials: {github: node}\n",
    "static/img/logo.svg": "<svg/>",
}


def test_docusaurus(migrate):
    plan = migrate(read_docusaurus, DOCUSAURUS)
    hello = text(plan, "docs/news/posts/2024-01-03-hello.md")
    assert hello == (
        "---\ntitle: Hello\nauthors: [training]\ntags:\n  - A\ndate: 2024-01-03\n---\n\nHi\n\n<!-- truncate -->\n\n"
        ":::{admonition} My tip\n:class: tip\nx\n:::\n\n:::{note}\ny\n:::\n"
    )
    special = head(plan, "docs/news/posts/2024-02-03-x/index.md")
    assert special["redirects"] == ["news/special"]
    assert special["authors"] == [{"name": "Somebody", "description": "Dev"}]
    assert "<!-- truncate -->" in text(plan, "docs/news/posts/2024-02-03-x/index.md")
    assert plan.files["docs/news/posts/2024-05-05-same.md"].is_copy
    assert yaml.safe_load(text(plan, "docs/news/.authors.yml"))["authors"]["training"] == {
        "name": "Training team",
        "description": "Trainers",
        "avatar": "https://x.example/a.png",
        "socials": {"github": "node"},
    }
    conf = text(plan, "conf.py")
    assert 'newsroom_blog_dir = "news"' in conf
    assert 'newsroom_post_excerpt_separator = "<!-- truncate -->"' in conf
    assert "news/index" in text(plan, "docs/index.md")
    assert plan.urls.keys() == {
        "news/2024/01/03/hello", "news/special", "news/2024/03/04/nested", "news/2024/05/05/same", "img/logo.svg"
    }  # fmt: skip
    assert todos(plan) == [
        ("blog/2024-02-03-x/index.mdx:8", "`import Foo from './foo'`"),
        ("blog/2024-02-03-x/index.mdx:10", "`<Foo bar={1}/>`"),
    ]


PELICAN = {
    "pelicanconf.py": "SITENAME='P'\nARTICLE_URL='{date:%Y}/{date:%m}/{slug}/'\nPATH='content'\nX = open('/nope')\n",
    "content/a.md": "Title: First one\nDate: 2024-01-03 10:20\nTags: a, b\nCategory: News\nAuthors: Lena, Max\nSummary: In\n  short\n"
    "\nText ![x]({static}/images/x.png) [b]({filename}b.rst) {tag}foo\n",
    "content/b.rst": "Second\n######\n\n:date: 2024-02-03\n:category: News\n:slug: zweiter\n\nText\n",
    "content/c.rst": "Third\n#####\n\n:date: 2024-03-03\n:category: News\n:status: draft\n\nText\n",
    "content/d.rst": "Moved\n#####\n\n:date: 2024-04-03\n:category: News\n:url: far/away.html\n\nText\n",
    "content/images/x.png": b"x",
    "content/pages/about.md": "Title: About\n\nx",
}


def test_pelican(migrate):
    plan = migrate(read_pelican, PELICAN)
    assert head(plan, "docs/posts/a.md") == {
        "title": "First one",
        "date": yaml.safe_load("2024-01-03 10:20:00"),
        "tags": ["a", "b"],
        "authors": [{"name": "Lena"}, {"name": "Max"}],
        "categories": ["News"],
        "summary": "In short",
        "description": "In short",
    }
    assert "Text ![x](/images/x.png) [b](b.rst) {tag}foo\n" in text(plan, "docs/posts/a.md")
    assert plan.files["docs/posts/b.rst"].is_copy
    assert "Third\n#####\n\n:draft: true\n:date: 2024-03-03\n" in text(plan, "docs/posts/c.rst")
    assert ":redirects: far/away.html\n" in text(plan, "docs/posts/d.rst")
    assert plan.urls.keys() == {"2024/01/first-one/", "2024/02/zweiter/", "far/away.html", "images/x.png"}
    assert todos(plan) == [
        ("content/a.md:9", "`{tag}foo`"),
        ("content/pages/about.md", "the page is left out"),
    ]


def test_an_existing_site_keeps_its_settings_and_gets_redirects(migrate):
    conf = 'extensions = ["myst_parser", "sphinxext.newsroom"]\nnewsroom_blog_dir = "news"\n'
    new = {"docs/conf.py": conf, "docs/index.md": "# Home\n", "docs/news/posts/2024-02-05-same.md": "other\n"}
    plan = migrate(read_jekyll, JEKYLL, new)
    assert "conf.py" not in plan.files
    assert head(plan, "docs/news/posts/2024-01-03-hello.md")["redirects"] == ["2024/01/03/hello.html"]
    assert plan.conflicts == ["docs/news/posts/2024-02-05-same.md"]
    assert ("conf.py", "the files in `static`") in todos(plan)


@pytest.mark.parametrize("folder", ["doc", "source", "docs/source"])
def test_an_existing_site_is_found_in_every_folder_where_commands_find_it(migrate, folder):
    new = {
        f"{folder}/conf.py": 'extensions = ["myst_parser", "sphinxext.newsroom"]\n',
        f"{folder}/index.md": "# Home\n",
    }
    plan = migrate(read_jekyll, {"_posts/2024-01-03-a.md": "---\ntitle: A\n---\nx\n"}, new)
    assert plan.files.keys() == {f"{folder}/blog/posts/2024-01-03-a.md"}


def test_slugs_and_names_from_outside_lead_nowhere_else(migrate):
    files = {
        "_posts/2024-01-03-a.md": "---\ntitle: A\npermalink: /../../etc/passwd\nslug: ../../x\n---\nx\n",
        "_posts/2024-01-04-nul.md": "---\ntitle: B\npermalink: '/a\"b<script>/'\n---\nx\n",
        "assets/../secret.txt": "x",
    }
    plan = migrate(read_jekyll, files)
    assert all(path.startswith(("docs/", "conf.py", "static/")) and ".." not in path for path in plan.files)
    assert plan.lost.keys() == {"../../etc/passwd", 'a"b<script>/'}


def test_a_link_out_of_the_old_site_is_not_copied(migrate, tmp_path):
    (tmp_path / "old" / "assets").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "old" / "assets" / "s.txt").symlink_to(tmp_path / "secret.txt")
    plan = migrate(read_jekyll, {"_posts/2024-01-03-a.md": "---\ntitle: A\n---\nx\n"})
    assert not any(path.endswith("s.txt") for path in plan.files)


@pytest.mark.parametrize("read", [read_jekyll, read_hugo, read_docusaurus, read_pelican])
def test_a_folder_without_posts_is_an_error(migrate, read):
    with pytest.raises(CommandError, match="there are no posts of"):
        migrate(read, {"readme.txt": "x"})


def test_only_the_changed_keys_of_front_matter_change():
    raw = "---\n# about\ntitle: 'x'   # why\ntags:\n  - a\n\n# next\ndate: 2024-01-03\n---\nbody\n"
    source = read_text(raw)
    assert changed_text(source, {}) == raw
    assert changed_text(source, {"tags": ["b"], "slug": "s"}) == (
        "---\n# about\ntitle: 'x'   # why\ntags:\n  - b\n\n# next\ndate: 2024-01-03\nslug: s\n---\nbody\n"
    )
    assert changed_text(source, {"tags": None}, "new\n").endswith("# why\n\n# next\ndate: 2024-01-03\n---\nnew\n")
    assert changed_text(read_text("---\n{a: 1}\n---\nx"), {"b": 2}) == "---\na: 1\nb: 2\n---\nx"
    assert changed_text(read_text("text\n"), {"a": 1}) == "---\na: 1\n---\n\ntext\n"
    assert changed_text(read_text("---\r\na: 1\r\n---\r\nx\r\n"), {"b": 2}) == "---\r\na: 1\r\nb: 2\r\n---\r\nx\r\n"


@pytest.mark.parametrize(
    "raw", ["---\na: [\n---\n", "+++\na = \n+++\n", "---\n- a\n---\n", "---\na: !!python/name:os.system x\n---\n"]
)
def test_front_matter_that_cannot_be_read_says_why(raw):
    with pytest.raises(FrontMatterError, match="front matter"):
        read_text(raw)


def test_a_shortcode_at_the_beginning_is_no_json():
    assert read_text("{{< figure >}}\n").body == "{{< figure >}}\n"


def test_values():
    assert names("a, b") == ["a", "b"]
    assert names("a b", separator=None) == ["a", "b"]
    assert names(["a", None, 3]) == ["a", "3"]
    assert names(None) == []
    assert date_of_name("2024-1-3-x-y") == ("2024-01-03", "x-y")
    assert date_of_name("x") == ("", "x")
