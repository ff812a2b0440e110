"""The page of a post and the page of an author: header and footer."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.conftest import INDEX, Site, post

pytestmark = pytest.mark.theme("basic")

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}"/>'
AUTHORS = """\
authors:
  training:
    name: Training team
    description: Courses
    avatar: img/team.svg
    url: https://training.example/
    orcid: 0000-0002-1825-0097
    socials: {mastodon: "@training@example.org", github: example}
    bio: |
      We plan *courses*. See the [guide](/guide.md#install), the [old one](gone.md), <b>and</b>
      ![a picture](https://elsewhere.example/x.png) and [this](javascript:alert(1)).

      # No heading
  remote: {name: Ada Lovelace, avatar: https://elsewhere.example/ada.png}
  own: {name: Own Picture, avatar: https://node.example/me.png}
"""
SHARED = {"categories": ["News"], "tags": ["sphinx"]}
FILES = {
    "index.md": INDEX.replace("blog/index", "guide\nblog/index"),
    "guide.md": "# Guide\n\n(install)=\n\n## Install\n\nText.\n",
    "img/team.svg": SVG.format(40, 40),
    "img/cover.svg": SVG.format(1200, 500),
    "img/dark.svg": SVG.format(1200, 500),
    "blog/.authors.yml": AUTHORS,
    "blog/posts/one.md": post(
        "# One\n\nText.", date="2024-01-01", series="A course", authors=["training", "remote", "own"], **SHARED
    ),
    "blog/posts/two.md": post(
        "# Two\n\nSee the [guide](/guide.md).",
        date="2024-01-02",
        series="A course",
        image="{src: /img/cover.svg, dark: /img/dark.svg, alt: A calendar}",
        **SHARED,
    ),
    "blog/posts/three.md": post("# Three\n\nText.", date="2024-01-03", links=["blog/posts/four.md"], **SHARED),
    "blog/posts/four.md": post("# Four\n\nThe [guide](/guide.md).", date="2024-01-04"),
    "blog/posts/five.md": post("# Five\n\nText.", date="2024-01-05", image="https://pictures.example/five.png"),
    "blog/posts/six.md": post("# Six\n\nText.", date="2024-01-06", hide=["related", "tags"], **SHARED),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1790000000")
        made = Site(folder=tmp_path_factory.mktemp("site"))
        yield made.write({"conf.py": "", **FILES}).build()


def page(built, name, day):
    return built.soup(f"/blog/2024/01/0{day}/{name}/")


def related(soup):
    return [a.get_text() for a in soup.select("nav.newsroom-related a")]


def test_a_part_of_a_series_says_which_one_it_is_and_leads_to_the_others(built):
    soup = page(built, "one", 1)
    assert soup.select_one(".newsroom-series-part").get_text() == "Part 1 of 2 · A course"
    box = soup.select_one(".newsroom-series")
    assert box.h2.a["href"] == "../../../../series/a-course/"
    assert [li.get_text() for li in box.select("li")] == ["One", "Two"]
    assert box.select_one("[aria-current=page]").get_text() == "One"
    assert [a["href"] for a in box.select("li a")] == ["../../02/two/"]
    assert built.titles("/blog/series/a-course/") == ["One", "Two"]
    assert [a.get_text() for a in built.soup("/blog/series/").select(".newsroom-term a")] == ["A course"]
    assert page(built, "three", 3).select_one(".newsroom-series-part, .newsroom-series") is None


def test_related_posts_share_labels_or_refer_to_the_same_and_are_named_once(built):
    assert related(page(built, "one", 1)) == ["Three", "Six"], "the other part stands in the box of the series"
    assert related(page(built, "two", 2))[-1] == "Four", "both refer to the guide"
    three = page(built, "three", 3)
    assert [a.get_text() for a in three.select(".newsroom-links a")] == ["Four"], "links by hand come first"
    assert related(three) == ["Two", "One", "Six"]
    assert related(page(built, "six", 6)) == []


def test_a_cover_has_its_size_its_text_and_its_pair(built):
    light, dark = page(built, "two", 2).select(".newsroom-figure img")
    assert (light["width"], light["height"], light["alt"], light.get("loading")) == ("1200", "500", "A calendar", None)
    assert (dark["alt"], dark["loading"]) == ("A calendar", "lazy")
    assert "only-dark" in dark["class"]
    [warning] = [line for line in built.warnings if "five.md" in line]
    assert warning.startswith(
        "blog/posts/five.md:3: WARNING: the image 'https://pictures.example/five.png' has no 'alt'"
    )
    assert warning.endswith("[newsroom.image]")


def test_the_path_of_an_image_can_start_at_the_source_folder(site):
    files = {
        "blog/posts/a.md": post("# A\n\nText.", image="{src: img/c.svg, alt: C}"),
        "blog/posts/b.md": post("# B\n\nText.", image="{src: img/d.svg, alt: D}"),
        "img/c.svg": SVG.format(3, 2),
        "img/d.svg": SVG.format(4, 2),
        "blog/posts/img/d.svg": SVG.format(5, 2),
        "index.md": INDEX,
    }
    built = site(files).build()
    assert built.warnings == []
    covers = {url: built.soup(f"blog/2024/06/18/{url}/").select_one(".newsroom-figure img") for url in "ab"}
    # The one next to the post is nearer.
    assert {url: cover["width"] for url, cover in covers.items()} == {"a": "3", "b": "5"}
    built.write({"blog/posts/img/c.svg": SVG.format(6, 2)}).build()
    assert built.soup("blog/2024/06/18/a/").select_one(".newsroom-figure img")["width"] == "6"


def test_an_image_that_only_decorates_needs_no_text(site):
    files = {"blog/posts/a.md": post(image="{src: /c.svg, alt: ''}"), "c.svg": SVG.format(3, 2)}
    built = site(files).build()
    assert built.warnings == []
    assert built.soup("/blog/2024/06/18/a-post/").select_one(".newsroom-figure img")["alt"] == ""


def test_pictures_of_people_come_from_no_other_site(built):
    people = {
        li.select_one(".p-name").get_text(): li.select_one(".newsroom-avatar")
        for li in page(built, "one", 1).select(".newsroom-authors li")
    }
    assert people["Training team"]["src"].startswith("../../../../../_images/team-")
    assert people["Ada Lovelace"].get_text() == "AL"
    assert people["Own Picture"]["src"] == "https://node.example/me.png"
    for url in ("/blog/", "/blog/2024/01/01/one/", "/blog/author/", "/blog/author/training/", "/blog/author/remote/"):
        assert built.soup(url).select("img[src*='elsewhere.example']") == []


def test_an_option_lets_them_come(site):
    files = {"blog/.authors.yml": AUTHORS.partition("    bio:")[0] + "  remote:" + AUTHORS.partition("  remote:")[2]}
    files |= {"blog/posts/a.md": post(authors=["remote"]), "img/team.svg": SVG.format(1, 1)}
    built = site(files, newsroom_authors_remote_avatars=True).build()
    avatar = built.soup("/blog/2024/06/18/a-post/").select_one("img.newsroom-avatar")
    assert avatar["src"] == "https://elsewhere.example/ada.png"


@pytest.mark.parametrize(
    ("url", "root"), [("/blog/2024/01/01/one/", "../../../../../"), ("/blog/author/training/", "../../../")]
)
def test_what_authors_say_about_themselves_is_markdown_without_html(built, url, root):
    [bio] = built.soup(url).select(".newsroom-bio-text")
    assert bio.em.get_text() == "courses"
    assert [a["href"] for a in bio.select("a")] == [f"{root}guide/#install", "https://elsewhere.example/x.png"]
    assert bio.select("b, img, h1, script") == []
    assert "the old one" in bio.get_text(), "what leads nowhere is not a link"
    assert "<b>and</b>" in bio.get_text()
    assert "# No heading" in bio.get_text()


def test_a_link_in_a_bio_that_leads_nowhere_is_reported(built):
    [warning] = [line for line in built.warnings if "bio" in line]
    assert warning.startswith(
        "blog/.authors.yml:2: WARNING: the link 'gone.md' in the bio of 'training' leads nowhere;"
    )


def test_the_page_of_an_author_is_of_the_same_person_as_the_pages_it_links_to(built):
    profile = built.soup("/blog/author/training/").select_one(".newsroom-profile")
    assert {a["href"] for a in profile.select("a[rel=me]")} == {
        "https://training.example/",
        "https://orcid.org/0000-0002-1825-0097",
        "https://example.org/@training",
        "https://github.com/example",
    }
    assert page(built, "one", 1).select("a[rel=me]") == [], "a post is nobody's page"


@pytest.mark.theme("pydata_sphinx_theme")
def test_a_page_that_somebody_wrote_stands_below_the_picture_of_the_author(site):
    files = {
        "blog/.authors.yml": "authors:\n  me: {name: Me, description: Writes}\n",
        "blog/author/me.md": "# All about me\n\nA *long* story.\n\n## Early years\n\nText.\n",
        "blog/posts/a.md": post(authors=["me"]),
    }
    soup = site(files).build().soup("/blog/author/me/")
    assert [h.get_text(strip=True).rstrip("#") for h in soup.select("article h1, article h2")] == [
        "All about me",
        "Early years",
        "A post",
    ]
    assert "Writes" in soup.select_one(".newsroom-profile").get_text()
    assert soup.select_one(".newsroom-intro em").get_text() == "long"


@pytest.mark.theme("pydata_sphinx_theme")
def test_headings_of_a_post_go_down_one_level_at_a_time(built):
    for name, day in (("one", 1), ("two", 2), ("three", 3)):
        headings = page(built, name, day).select("article :is(h1, h2, h3, h4)")
        levels = [int(heading.name[1]) for heading in headings]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize(("look", "selector"), [("list", "p"), ("cards", "p"), ("table", "span")])
def test_the_page_of_a_series_says_which_part_each_post_is(site, look, selector):
    def parts(built: Site, url: str) -> list[str]:
        found = built.soup(url).select(f".newsroom-entry p, .newsroom-card p, .newsroom-table {selector}")
        return [text for tag in found if (text := tag.get_text(strip=True)).startswith("Part ")]

    def part(number: int, series: str) -> str:
        return post(f"# P{number}\n\nText.", date=f"2024-0{number}-01", series=series)

    files = {f"blog/posts/{number}.md": part(number, "[A, B]") for number in range(1, 4)}
    files["blog/posts/4.md"] = part(4, "B")
    built = site(files, newsroom_series_view=look, newsroom_pagination_per_page=2, newsroom_sidebars=[]).build()
    assert built.warnings == []
    assert parts(built, "/blog/series/a/") == ["Part 1 of 3", "Part 2 of 3"]
    assert parts(built, "/blog/series/a/page/2/") == ["Part 3 of 3"]
    assert parts(built, "/blog/series/b/page/2/") == ["Part 3 of 4", "Part 4 of 4"]
    assert parts(built, "/blog/") == []
    before = built.file("/blog/series/b/").stat().st_mtime_ns
    built.write({"blog/posts/5.md": part(5, "A")}).build()
    assert parts(built, "/blog/series/a/") == ["Part 1 of 4", "Part 2 of 4"]
    assert built.file("/blog/series/b/").stat().st_mtime_ns == before
    snapshot = built.snapshot()
    assert snapshot == built.build(fresh=True).snapshot()
