"""Cards for link previews: which pages have one, and that the files are those of a clean build."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import fontpkg
import pytest
from PIL import Image

from tests.conftest import post
from tests.samples import PNG

pytestmark = pytest.mark.theme("basic")

if TYPE_CHECKING:
    from tests.conftest import Site

SITE = {
    "blog/.authors.yml": "authors:\n  training:\n    name: Training team\n",
    "blog/posts/a.md": post("# A *fine* post\n\nText.", authors=["training"]),
    "blog/posts/b.md": post("# B\n\nText.", date="2023-01-01", image="{src: cover.png, alt: A room}"),
    "blog/posts/cover.png": PNG,
    "other.md": "---\norphan: true\n---\n# Other\n\nText.\n",
}
A, B = "/blog/2024/06/18/a-fine-post/", "/blog/2023/01/01/b/"
LISTS = ("/blog/", "/blog/archive/", "/blog/archive/2024/", "/blog/author/training/")
BASE = "https://node.example/"


def preview(built: Site, url: str) -> dict[str, str]:
    """Return what a page says of its picture."""
    tags = [tag for tag in built.soup(url).select("meta") if "image" in str(tag.get("property"))]
    assert len({str(tag["property"]) for tag in tags}) == len(tags), "each is said once"
    return {str(tag["property"]).removeprefix("og:"): str(tag["content"]) for tag in tags}


def card_files(built: Site) -> list[str]:
    return sorted(path.relative_to(built.out).as_posix() for path in built.out.glob("_images/newsroom-card-*"))


def card_of(built: Site, url: str) -> str:
    """Return the file of the card that a page shows."""
    return preview(built, url)["image"].removeprefix(BASE)


def unchanged_when_built_afresh(built: Site) -> bool:
    snapshot = built.snapshot()
    return snapshot == built.build(fresh=True).snapshot()


def test_without_the_option_there_are_none(site):
    built = site(SITE).build()
    assert card_files(built) == []
    assert preview(built, A) == {}


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_post_without_cover_and_the_blog_have_a_card(site, jobs):
    others = {f"other{number}.md": f"---\norphan: true\n---\n# Other {number}\n" for number in range(6)}
    built = site({**SITE, **others}, newsroom_social_cards=True).build(jobs=jobs)
    assert built.warnings == []
    shown = preview(built, A)
    assert (shown["image:width"], shown["image:height"], shown["image:alt"]) == ("1200", "630", "A fine post")
    assert built.soup(A).select_one("meta[name='twitter:card']")["content"] == "summary_large_image"
    image = built.graph(A)["BlogPosting"]["image"]
    assert (image["url"], image["width"], image["caption"]) == (shown["image"], 1200, "A fine post")
    with Image.open(built.out / card_of(built, A)) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert "/cover-" in preview(built, B)["image"]
    [of_lists] = {card_of(built, url) for url in LISTS}
    assert preview(built, "/blog/")["image:alt"] == "Blog"
    assert card_files(built) == sorted({of_lists, card_of(built, A)})
    assert preview(built, "/other/") == {}
    # Readers of feeds see the title anyway.
    assert "newsroom-card" not in built.text("/blog/atom.xml")


def test_lists_show_the_picture_of_the_site_where_it_has_one(site):
    built = site({**SITE, "card.png": PNG}, newsroom_social_cards=True, newsroom_social_image="card.png").build()
    assert "/card-" in preview(built, "/blog/")["image"]
    assert card_files(built) == [card_of(built, A)]


def test_without_an_address_there_are_none(site):
    built = site(SITE, newsroom_social_cards=True, html_baseurl="").build()
    assert built.warnings == []
    assert card_files(built) == []


def test_only_what_a_card_shows_draws_it_anew(built_site):
    built = built_site(SITE, newsroom_social_cards=True)
    before, of_blog = card_of(built, A), card_of(built, "/blog/")
    drawn = (built.out / before).stat().st_mtime_ns
    built.write({"blog/posts/a.md": post("# A *fine* post\n\nOther text.", authors=["training"])}).build()
    assert (built.out / before).stat().st_mtime_ns == drawn
    assert card_of(built, A) == before

    built.write({"blog/posts/a.md": post("# A new title\n\nOther text.", authors=["training"])}).build()
    renamed = card_of(built, "/blog/2024/06/18/a-new-title/")
    assert card_files(built) == sorted({of_blog, renamed})
    built.write({"blog/.authors.yml": "authors:\n  training:\n    name: The trainers\n"}).build()
    assert card_files(built) == sorted({of_blog, card_of(built, "/blog/2024/06/18/a-new-title/")})
    assert renamed not in card_files(built)
    assert unchanged_when_built_afresh(built)


def test_a_card_goes_with_its_post_with_the_title_of_the_index_and_with_the_option(site):
    files = {**SITE, "blog/index.md": "---\ndescription: What is new.\n---\n# News\n"}
    del files["other.md"]  # Sphinx leaves the title in its navigation as it was.
    built = site(files, newsroom_social_cards=True).build()
    of_post, of_blog = card_of(built, A), card_of(built, "/blog/")
    built.write({"blog/index.md": "# Novelties\n"}).build()
    assert preview(built, "/blog/archive/2024/")["image:alt"] == "Novelties"
    assert of_blog not in card_files(built)
    built.write({"blog/posts/a.md": None}).build()
    assert card_files(built) == [card_of(built, "/blog/")]
    assert of_post not in card_files(built)
    assert unchanged_when_built_afresh(built)
    built.conf["newsroom_social_cards"] = False
    assert card_files(built.build()) == []


def test_a_post_that_gets_a_cover_loses_its_card(built_site):
    built = built_site(SITE, newsroom_social_cards=True)
    covered = post("# A *fine* post\n\nText.", authors=["training"], image="{src: cover.png, alt: A room}")
    built.write({"blog/posts/a.md": covered}).build()
    assert card_files(built) == [card_of(built, "/blog/")]
    assert unchanged_when_built_afresh(built)


def test_a_card_that_somebody_deleted_is_drawn_again(built_site):
    built = built_site(SITE, newsroom_social_cards=True)
    snapshot = built.snapshot()
    (built.out / card_of(built, A)).unlink()
    assert built.build().snapshot() == snapshot


def test_another_pillow_draws_all_cards_again(built_site, monkeypatch):
    built = built_site(SITE, newsroom_social_cards=True)
    for name in card_files(built):
        (built.out / name).write_bytes(b"of another version")
    snapshot = built.snapshot()
    assert built.build().snapshot() == snapshot
    monkeypatch.setattr("PIL.__version__", "99.0")
    assert all((built.build().out / name).read_bytes().startswith(b"\x89PNG") for name in card_files(built))


def test_titles_can_be_anything(site):
    title = '\'<b>\u202e & "q" ' + "word " * 5000 + "'"
    files = {"blog/posts/a.md": post("Text.", title=title, slug="a"), "blog/posts/b.md": post("# 🎉", slug="b")}
    built = site(files, newsroom_social_cards=True).build()
    assert len(card_files(built)) == 3
    assert preview(built, "/blog/2024/06/18/a/")["image:alt"].startswith("<b> & “q” word")
    assert built.warnings == []


# -- Fonts


def test_letters_that_the_font_lacks_are_reported_once(site):
    files = {
        "blog/posts/a.md": post("# 研修\n\nText.", slug="a"),
        "blog/posts/b.md": post("# 研修会\n\nText.", slug="b"),
    }
    built = site(files, newsroom_social_cards=True).build()
    expected = "WARNING: newsroom_social_cards: the font of the cards lacks '会', '修', '研'; name one that has them in newsroom_social_cards_font. [newsroom.config]"
    assert built.warnings == [expected]
    assert built.build().warnings == [expected]


def test_a_site_can_bring_its_font(site):
    font = Path(fontpkg.path("Inter")).read_bytes()
    built = site({**SITE, "fonts/my.ttf": font}, newsroom_social_cards=True)
    of_inter = card_of(built.build(), A)
    built.conf["newsroom_social_cards_font"] = "fonts/my.ttf"
    assert card_of(built.build(), A) == of_inter
    assert built.warnings == []
    # The same font with a byte more is another.
    built.write({"fonts/my.ttf": font + b"\0"})
    os.utime(built.folder / "src/fonts/my.ttf", ns=(1, 1))
    assert card_of(built.build(), A) != of_inter
    assert of_inter not in card_files(built)
    assert unchanged_when_built_afresh(built)


@pytest.mark.parametrize(
    ("font", "reason"),
    [
        ("fonts/missing.ttf", "is not there; expected the path of a font file below the source folder"),
        ("../outside.ttf", "is not there"),
        ("other.md", "cannot be read; expected a TrueType or OpenType font"),
    ],
)
def test_a_font_that_cannot_be_used_is_reported(site, font, reason):
    built = site(SITE, newsroom_social_cards=True, newsroom_social_cards_font=font)
    (built.folder / "outside.ttf").write_bytes(Path(fontpkg.path("Inter")).read_bytes())
    built.build()
    [warning] = built.warnings
    assert warning.startswith(f"WARNING: newsroom_social_cards_font: '{font}' {reason}")
    assert len(card_files(built)) == 2


def test_without_pillow_there_are_none_and_a_warning_says_what_to_install(built_site, monkeypatch):
    built = built_site(SITE, newsroom_social_cards=True)
    assert len(card_files(built)) == 2
    monkeypatch.setattr("sphinxext.newsroom.pages.social_cards.pillow_version", lambda: "")
    built.build()
    [warning] = built.warnings
    assert "pip install 'sphinxext-newsroom[cards]'" in warning
    assert warning.endswith("[newsroom.config]")
    assert card_files(built) == []
    assert preview(built, A) == {}
    assert unchanged_when_built_afresh(built)


# -- Next to sphinxext-opengraph

WITH_OPENGRAPH = {
    "extensions": ["myst_parser", "sphinxext.newsroom", "sphinxext.opengraph"],
    "ogp_site_url": BASE,
    "newsroom_social_cards": True,
}


def test_pages_of_the_blog_have_our_card_alone(site, monkeypatch):
    drawn = []

    def create_social_card(*arguments, **keywords):
        drawn.append(arguments[5])
        return Path("_images/social_previews/theirs.png")

    monkeypatch.setattr("sphinxext.opengraph.create_social_card", create_social_card)
    built = site({**SITE, "blog/index.md": "# News\n"}, **WITH_OPENGRAPH).build()
    assert built.warnings == []
    assert sorted(drawn) == ["index", "other"]
    assert preview(built, "/other/")["image"] == f"{BASE}_images/social_previews/theirs.png"
    assert card_of(built, A).startswith("_images/newsroom-card-")
    assert preview(built, A)["image:width"] == "1200"
    assert {card_of(built, url) for url in LISTS} < set(card_files(built))


@pytest.mark.parametrize("other", [{}, WITH_OPENGRAPH])
def test_a_picture_that_somebody_wrote_by_hand_comes_first(site, other):
    own = (
        "og:image: https://cdn.example/mine.png" if other else "myst:\n  html_meta:\n    'property=og:image': mine.png"
    )
    text = f"---\ndate: 2024-06-18\n{own}\n---\n\n# A\n\nText.\n"
    built = site({"blog/posts/a.md": text}, **{"newsroom_social_cards": True, **other}).build()
    shown = preview(built, "/blog/2024/06/18/a/")
    assert shown["image"].endswith("mine.png")
    assert "image:width" not in shown
    assert shown.get("image:alt", "Node") == "Node"
