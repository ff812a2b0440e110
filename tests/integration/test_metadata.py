"""What programs read in the heads of pages, and in the sitemap."""

from __future__ import annotations

from typing import TYPE_CHECKING

import extruct
import mf2py
import pytest
from lxml import etree

from tests.conftest import post
from tests.samples import PNG

if TYPE_CHECKING:
    from tests.conftest import Site

pytestmark = pytest.mark.theme("basic")

AUTHORS = """
authors:
  training:
    name: Training team
    orcid: 0000-0002-1825-0097
    affiliation: The node
    socials: {github: node}
  diana:
    name: Diana
"""
SITE = {
    "blog/.authors.yml": AUTHORS,
    "blog/posts/a.md": post(
        "# A *fine* post\n\nFirst & last.\n\n<!-- more -->\n\nText.",
        date="{created: 2024-06-18, updated: 2024-07-01}",
        authors=["training", "diana"],
        categories=["News", "Courses"],
        tags=["x", "y"],
        description='"About \\"it\\"."',
        image="{src: cover.png, alt: A room}",
    ),
    "blog/posts/b.md": post("# B\n\nText.", date="2023-01-01"),
    "blog/posts/c.md": post("# C\n\nText.", date="2022-01-01"),
    "blog/posts/cover.png": PNG,
    "card.png": PNG,
}
A = "/blog/2024/06/18/a-fine-post/"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def properties(built: Site, url: str) -> list[tuple[str, str]]:
    """Return the properties for link previews of a page."""
    return [(str(tag["property"]), str(tag["content"])) for tag in built.soup(url).select("meta[property]")]


def named(built: Site, url: str, name: str) -> list[str]:
    return [str(tag["content"]) for tag in built.soup(url).select(f"meta[name='{name}']")]


def test_the_preview_of_a_post_shows_all_that_is_known(site):
    built = site(SITE, language="pt_BR").build()
    assert built.warnings == []
    found = properties(built, A)
    [image] = [value for name, value in found if name == "og:image"]
    assert image.startswith("https://node.example/_images/cover-")
    assert (built.out / image.removeprefix("https://node.example/")).read_bytes() == PNG
    assert found == [
        ("og:type", "article"),
        ("og:title", "A fine post"),
        ("og:description", 'About "it".'),
        ("og:url", f"https://node.example{A}"),
        ("og:site_name", "Node"),
        ("og:locale", "pt_BR"),
        ("og:image", image),
        ("og:image:alt", "A room"),
        ("og:image:width", "3"),
        ("og:image:height", "2"),
        ("article:published_time", "2024-06-18T00:00:00+00:00"),
        ("article:modified_time", "2024-07-01T00:00:00+00:00"),
        ("article:author", "https://node.example/blog/author/training/"),
        ("article:author", "https://node.example/blog/author/diana/"),
        ("article:section", "News"),
        ("article:tag", "x"),
        ("article:tag", "y"),
    ]
    assert named(built, A, "description") == ['About "it".']
    assert named(built, A, "author") == ["Training team", "Diana"]
    assert named(built, A, "twitter:card") == ["summary_large_image"]
    assert named(built, "/blog/2023/01/01/b/", "twitter:card") == ["summary"]


def test_a_picture_of_the_site_stands_in_for_a_cover(site):
    built = site(SITE, newsroom_social_image="card.png", newsroom_social_image_alt="Node").build()
    for url in ("/blog/", "/blog/category/", "/blog/category/news/", "/blog/2023/01/01/b/"):
        found = dict(properties(built, url))
        assert found["og:image"].startswith("https://node.example/_images/card-")
        assert (found["og:image:alt"], found["og:image:width"]) == ("Node", "3")
        assert named(built, url, "twitter:card") == ["summary_large_image"]
    assert "/cover-" in dict(properties(built, A))["og:image"]


@pytest.mark.parametrize(
    ("value", "warnings"),
    [
        ("https://cdn.example/card.png", []),
        ("missing.png", ["newsroom_social_image: 'missing.png' is not there"]),
        ("../card.png", ["newsroom_social_image: '../card.png' is not there"]),
    ],
)
def test_the_picture_of_the_site_can_be_elsewhere_but_has_to_be_there(site, value, warnings):
    built = site(SITE, newsroom_social_image=value).build()
    assert len(built.warnings) == len(warnings)
    assert all(part in line for part, line in zip(warnings, built.warnings, strict=True))
    found = dict(properties(built, "/blog/")).get("og:image", "")
    assert found == ("" if warnings else value)


def test_a_changed_picture_changes_the_pages_that_name_it(built_site):
    built = built_site(SITE)
    wider = PNG[:16] + (6).to_bytes(4, "big") + PNG[20:]
    built.write({"blog/posts/cover.png": wider}).build()
    assert dict(properties(built, A))["og:image:width"] == "6"
    assert built.snapshot() == built.build(fresh=True).snapshot()


def test_what_somebody_wrote_by_hand_is_not_written_again(site):
    by_hand = '---\ndate: 2024-06-18\nmyst:\n  html_meta:\n    "property=og:title": Mine\n    description: Mine\n    "twitter:card": app\n---\n# A\n\nText.\n'
    built = site({"blog/posts/a.md": by_hand}).build()
    url = "/blog/2024/06/18/a/"
    assert [value for name, value in properties(built, url) if name == "og:title"] == ["Mine"]
    assert named(built, url, "description") == ["Mine"]
    assert named(built, url, "twitter:card") == ["app"]


def test_a_site_without_an_address_names_none(site):
    built = site(SITE, html_baseurl="").build()
    names = [name for name, _value in properties(built, A)]
    assert not {"og:url", "og:image", "og:image:alt", "og:image:width"} & set(names)
    assert "@id" not in built.graph(A)["BlogPosting"]
    assert built.soup("/blog/").select("script[type='application/ld+json']") == []


# -- Other extensions


@pytest.mark.parametrize(
    "conf",
    [{}, {"ogp_image": "https://cdn.example/site.png"}, {"ogp_use_first_image": True}, {"ogp_site_name": "Other"}],
    ids=["plain", "image", "first image", "name"],
)
def test_sphinxext_opengraph_and_this_extension_write_each_property_once(site, conf):
    extensions = ["myst_parser", "sphinxext.newsroom", "sphinxext.opengraph"]
    og = {"ogp_site_url": "https://node.example/", "ogp_social_cards": {"enable": False}, **conf}
    built = site(SITE, extensions=extensions, **og).build()
    assert built.warnings == []
    several = {"article:author", "article:tag"}
    for url in (A, "/blog/2023/01/01/b/", "/blog/", "/blog/category/news/", "/"):
        found = [name for name, _value in properties(built, url) if name not in several]
        assert len(found) == len(set(found)), url
        assert len(named(built, url, "description")) <= 1
        assert len(named(built, url, "twitter:card")) <= 1
    of_post = dict(properties(built, A))
    assert (of_post["og:type"], of_post["og:title"]) == ("article", "A fine post")
    assert of_post["og:description"] == 'About "it".'
    assert "/cover-" in of_post["og:image"]
    assert (of_post["og:image:alt"], of_post["og:image:width"]) == ("A room", "3")
    assert of_post["article:section"] == "News"
    assert of_post["og:site_name"] == conf.get("ogp_site_name", "Node")
    assert dict(properties(built, "/"))["og:type"] == "website"
    # Its own picture, for a post without cover.
    assert dict(properties(built, "/blog/2023/01/01/b/")).get("og:image") == conf.get("ogp_image")
    assert built.snapshot() == built.build(fresh=True).snapshot()


def test_a_page_that_wants_no_preview_gets_none(site):
    files = {"blog/posts/a.md": post(ogp_disable="true"), "blog/posts/b.md": post(date="2023-01-01")}
    built = site(files, extensions=["myst_parser", "sphinxext.newsroom", "sphinxext.opengraph"]).build()
    assert properties(built, "/blog/2024/06/18/a-post/") == []
    assert properties(built, "/blog/2023/01/01/a-post/") != []


# -- Structured data


def test_a_post_is_part_of_a_graph(site):
    built = site(
        {
            **SITE,
            "index.md": "# Home\n\n```{toctree}\nchapter\n```\n",
            "chapter.md": "# Chapter\n\n```{toctree}\nblog/index\n```\n",
        }
    ).build()
    graph = built.graph(A)
    assert list(graph) == ["BlogPosting", "BreadcrumbList"]
    posting = graph["BlogPosting"]
    assert posting["@id"] == posting["url"] == f"https://node.example{A}"
    assert posting["author"][0] == {
        "@type": "Person",
        "@id": "https://orcid.org/0000-0002-1825-0097",
        "name": "Training team",
        "url": "https://node.example/blog/author/training/",
        "sameAs": ["https://orcid.org/0000-0002-1825-0097", "https://github.com/node"],
        "affiliation": {"@type": "Organization", "name": "The node"},
    }
    assert posting["isPartOf"]["@id"] == "https://node.example/blog/#blog"
    assert (posting["image"]["caption"], posting["image"]["width"]) == ("A room", 3)
    assert [(item["name"], item["item"]) for item in graph["BreadcrumbList"]["itemListElement"]] == [
        ("Home", "https://node.example/"),
        ("Chapter", "https://node.example/chapter/"),
        ("Blog", "https://node.example/blog/"),
        ("A fine post", f"https://node.example{A}"),
    ]


def test_the_title_of_a_chapter_is_kept_up_to_date_on_the_pages_below_it(site):
    files = {
        **SITE,
        "index.md": "# Home\n\n```{toctree}\nchapter\n```\n",
        "chapter.md": "# Chapter\n\n```{toctree}\nblog/index\n```\n",
    }
    built = site(files).build()
    built.write({"chapter.md": "# Another\n\n```{toctree}\nblog/index\n```\n"}).build()
    assert built.graph(A)["BreadcrumbList"]["itemListElement"][1]["name"] == "Another"


def test_lists_say_what_they_list(site):
    built = site(SITE, newsroom_pagination_per_page=2).build()
    first, second = built.graph("/blog/"), built.graph("/blog/page/2/")
    assert list(first) == ["CollectionPage", "ItemList", "Blog", "BreadcrumbList"]
    assert first["Blog"]["@id"] == first["CollectionPage"]["isPartOf"]["@id"] == "https://node.example/blog/#blog"
    assert first["CollectionPage"]["mainEntity"] == {"@id": first["ItemList"]["@id"]}
    assert [item["name"] for item in first["ItemList"]["itemListElement"]] == ["A fine post", "B"]
    assert [(item["position"], item["url"]) for item in second["ItemList"]["itemListElement"]] == [
        (3, "https://node.example/blog/2022/01/01/c/")
    ]
    assert second["ItemList"]["numberOfItems"] == 3
    assert [item["name"] for item in built.graph("/blog/category/")["ItemList"]["itemListElement"]] == [
        "Courses",
        "News",
    ]
    crumbs = built.graph("/blog/category/news/")["BreadcrumbList"]["itemListElement"]
    assert [item["name"] for item in crumbs] == ["Home", "Blog", "Categories", "News"]


def test_the_page_of_an_author_is_a_profile(built_site):
    built = built_site(SITE)
    page = built.graph("/blog/author/training/")["ProfilePage"]
    assert page["mainEntity"] == built.graph(A)["BlogPosting"]["author"][0]
    assert dict(properties(built, "/blog/author/training/"))["og:type"] == "profile"


def test_other_programs_read_back_what_was_written(built_site):
    built = built_site(SITE)
    for url in (A, "/blog/", "/blog/category/", "/blog/author/training/"):
        page_url = f"https://node.example{url}"
        found = extruct.extract(
            built.text(url), base_url=page_url, syntaxes=["json-ld", "opengraph", "microformat"], uniform=True
        )
        [data] = found["json-ld"]
        assert {node["@type"]: node for node in data["@graph"]} == built.graph(url)
        [preview] = found["opengraph"]
        assert preview["og:url"] == page_url
        parsed = mf2py.parse(built.text(url), url=page_url, html_parser="html5lib")["items"]
        assert [item["@type"] for item in found["microformat"]] == [item["type"] for item in parsed]
    [entry] = mf2py.parse(built.text(A), url=f"https://node.example{A}", html_parser="html5lib")["items"]
    posting = built.graph(A)["BlogPosting"]
    assert entry["properties"]["name"] == [posting["headline"]]
    assert entry["properties"]["url"] == [posting["url"]]
    assert entry["properties"]["category"] == [*posting["articleSection"], *posting["keywords"]]


# -- Search engines


@pytest.mark.parametrize("theme", ["pydata_sphinx_theme", "alabaster", "basic"])
def test_pages_say_where_they_are_and_what_is_before_and_after(site, theme):
    built = site(SITE, newsroom_pagination_per_page=1, html_theme=theme).build()
    pages = {
        "/blog/": (None, "page/2/"),
        "/blog/page/2/": ("../../", "../3/"),
        "/blog/page/3/": ("../2/", None),
        "/blog/category/news/": (None, None),
        "/blog/2023/01/01/b/": ("../../../../2022/01/01/c/", "../../../../2024/06/18/a-fine-post/"),
    }
    for url, expected in pages.items():
        soup = built.soup(url)
        assert [link["href"] for link in soup.select("link[rel=canonical]")] == [f"https://node.example{url}"], url
        for rel, target in zip(("prev", "next"), expected, strict=True):
            assert [link["href"] for link in soup.select(f"link[rel={rel}]")] == ([target] if target else []), url
        assert soup.select("meta[name=robots]") == []


def test_what_is_not_published_is_not_indexed(site):
    files = {**SITE, "blog/posts/draft.md": post("# Draft\n\nText.", date="2022-06-01", draft=True, tags=["x", "z"])}
    built = site(files, newsroom_pagination_per_page=1).build(tags=("drafts",))
    for url in ("/blog/2022/06/01/draft/", "/blog/tag/z/", "/blog/page/3/", "/blog/tag/x/page/2/"):
        assert named(built, url, "robots") == ["noindex"], url
    for url in (A, "/blog/", "/blog/page/2/", "/blog/tag/x/", "/blog/tag/"):
        assert named(built, url, "robots") == [], url


def sitemap(built: Site) -> dict[str, str | None]:
    """Return the URLs in the sitemap, each with its date."""
    root = etree.fromstring(built.text("/sitemap.xml").encode())
    return {str(url.findtext(f"{SITEMAP}loc")): url.findtext(f"{SITEMAP}lastmod") for url in root}


# November 2026: sphinx-sitemap 2.9 asks the builder for its application (Sphinx 9); can go when it does not.
@pytest.mark.filterwarnings("ignore:'sphinx.environment.BuildEnvironment.app' is deprecated")
@pytest.mark.parametrize("jobs", [1, 2])
def test_the_sitemap_is_whole_and_has_the_dates_of_posts(site, jobs):
    others = {f"other{number}.md": f"---\norphan: true\n---\n# Other {number}\n" for number in range(6)}
    copied = post("# Copy\n\nText.", date="2021-01-01", canonical_link="https://elsewhere.example/")
    files = {
        **SITE,
        **others,
        "blog/posts/copy.md": copied,
        "blog/posts/d.md": post("# D", date="2021-02-01", draft=True),
    }
    built = site(
        files,
        extensions=["myst_parser", "sphinxext.newsroom", "sphinx_sitemap"],
        sitemap_url_scheme="{link}",
        sitemap_excludes=["search/", "genindex/", "other5/"],
        newsroom_pagination_per_page=2,
    ).build(jobs=jobs, tags=("drafts",))
    found = sitemap(built)
    base = "https://node.example/"
    assert found[f"{base}blog/2024/06/18/a-fine-post/"] == "2024-07-01T00:00:00+00:00"
    assert found[f"{base}blog/2023/01/01/b/"] == "2023-01-01T00:00:00+00:00"
    assert {
        f"{base}{path}" for path in ("", "blog/", "blog/page/3/", "blog/category/", "blog/tag/x/", "other1/")
    } <= set(found)
    absent = ("blog/2021/01/01/copy/", "blog/2021/02/01/d/", "blog/page/2/", "search/", "other5/")
    assert not {f"{base}{path}" for path in absent} & set(found)
    assert len(built.text("/sitemap.xml").split("<url>")) - 1 == len(found)

    built.write({"blog/posts/b.md": post("# B\n\nMore.", date="2023-01-01", updated="2023-05-05")})
    built.build(jobs=jobs, tags=("drafts",))
    assert sitemap(built) == {**found, f"{base}blog/2023/01/01/b/": "2023-05-05T00:00:00+00:00"}
    unchanged = built.text("/sitemap.xml")
    assert built.build(jobs=jobs, tags=("drafts",)).text("/sitemap.xml") == unchanged
    assert built.build(fresh=True, tags=("drafts",)).text("/sitemap.xml") == unchanged


def cited(built: Site, url: str) -> list[tuple[str, str]]:
    return [(str(tag["name"])[9:], str(tag["content"])) for tag in built.soup(url).select("meta[name^=citation_]")]


def test_posts_with_a_doi_say_how_to_cite_them(site):
    files = {
        **SITE,
        "blog/posts/b.md": post("# B & *C*", doi="10.1234/b", date="2023-01-01", authors=["diana", "training"]),
    }
    built = site(files, language="et").build()
    assert built.warnings == []
    assert cited(built, A) == []
    found = cited(built, "/blog/2023/01/01/b--c/")
    assert found == [
        ("title", "B & C"),
        ("author", "Diana"),
        ("author", "Training team"),
        ("author_institution", "The node"),
        ("author_orcid", "https://orcid.org/0000-0002-1825-0097"),
        ("publication_date", "2023/01/01"),
        ("journal_title", "Blogi"),
        ("publisher", "Node"),
        ("doi", "10.1234/b"),
        ("language", "et"),
        *(
            (name, "https://node.example/blog/2023/01/01/b--c/")
            for name in ("public_url", "abstract_html_url", "fulltext_html_url")
        ),
    ]
    built.conf["newsroom_citation"] = True
    assert ("title", "A fine post") in cited(built.build(), A)
    snapshot = built.snapshot()
    assert snapshot == built.build(fresh=True).snapshot()


def test_a_page_with_tags_of_its_own_for_citing_keeps_them(site):
    own = "doi: 10.1234/b\nmyst:\n  html_meta:\n    citation_title: Mine"
    text = f"---\ndate: 2023-01-01\n{own}\n---\n\n# B\n"
    built = site({"blog/posts/b.md": text}).build()
    assert cited(built, "/blog/2023/01/01/b/") == [("title", "Mine")]


def test_the_license_of_a_post_stands_wherever_it_is_read(site):
    def licenses(url: str) -> tuple[list[str], object]:
        links = [str(link["href"]) for link in built.soup(url).select(".newsroom-footer [rel=license]")]
        return links, built.graph(url)["BlogPosting"].get("license")

    files = {**SITE, "blog/posts/b.md": post("# B", date="2023-01-01", license="CC0-1.0")}
    built = site(files).build()
    assert built.warnings == []
    zero = "https://creativecommons.org/publicdomain/zero/1.0/"
    assert licenses("/blog/2023/01/01/b/") == ([zero], zero)
    assert licenses(A) == ([], None)
    assert built.text("/blog/atom.xml").count("<rights>CC0 1.0</rights>") == 1
    # A folder says it for its posts, and only their pages are written again.
    before = built.file(A).stat().st_mtime_ns
    built.write({"blog/posts/old/c.md": files["blog/posts/c.md"], "blog/posts/c.md": None}).build()
    assert built.file(A).stat().st_mtime_ns == before
    built.write({"blog/posts/old/.meta.yml": "license: MIT\n"}).build()
    mit = "https://spdx.org/licenses/MIT.html"
    assert licenses("/blog/2022/01/01/c/") == ([mit], mit)
    built.write({"blog/posts/old/.meta.yml": "license: Our terms\n"}).build()
    # As a text, it would be a path below the page.
    assert licenses("/blog/2022/01/01/c/") == ([], {"@type": "CreativeWork", "name": "Our terms"})
    assert built.file(A).stat().st_mtime_ns == before
    built.conf["newsroom_license"] = "CC-BY-4.0"
    by = "https://creativecommons.org/licenses/by/4.0/"
    built.build()
    assert licenses(A) == ([by], by)
    assert licenses("/blog/2023/01/01/b/") == ([zero], zero)
    snapshot = built.snapshot()
    assert snapshot == built.build(fresh=True).snapshot()
