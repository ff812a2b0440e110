"""References and files of citable posts, whatever is in their titles and names."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from sphinxext.newsroom.citation_models import Funding, Institution, Reference
from sphinxext.newsroom.citations import styles
from sphinxext.newsroom.citations.csl import author_name, is_guessed, post_item
from sphinxext.newsroom.citations.formats import FILES, bibtex, citation_key, csl_json, ris, write
from sphinxext.newsroom.citations.styles import ReferenceFormatter, UnusableStyleError, apa, reference_html
from sphinxext.newsroom.feeds.feed import CitedWork
from sphinxext.newsroom.feeds.json_feed import JsonWriter
from sphinxext.newsroom.metadata.citable_json_ld import citable_posting
from sphinxext.newsroom.metadata.citation import citation_tags
from sphinxext.newsroom.metadata.json_ld import person
from sphinxext.newsroom.models import Author
from sphinxext.newsroom.pages.citations import has_references
from tests.conftest import examples
from tests.unit.samples import post
from tests.unit.test_feeds import entry, feed

CARBERRY = Author(
    id="j", name="Josiah Carberry", given="Josiah", family="Carberry", orcid="https://orcid.org/0000-0002-1825-0097"
)
TEAM = Author(id="t", name="Training team", is_organization=True)
HOSTILE = 'x}, @misc{evil, title={y}}\r\nER  - \nTY  - JOUR\\ "<script>alert(1)</script> &amp; 100% #_$~^ \x00\u2028 {'


def item(title: str = "A title", authors: tuple[Author, ...] = (CARBERRY, TEAM), **changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "url": "https://node.example/a/",
        "blog": "News",
        "language": "en",
        "keywords": ["a", "b"],
        "abstract": "About it.",
        "publisher": "Node",
    }
    return post_item(post(authors=authors, doi="10.1234/abc"), title=title, **{**values, **changes})


# -- Files


def test_a_key_is_ascii_and_says_who_when_and_what():
    assert citation_key(item("The Äpfel & more")) == "carberry2024apfel"
    assert citation_key(item("的 “…”", authors=())) == "news2024"
    assert citation_key({}) == "post"


def test_names_are_written_as_bibtex_reads_them():
    authors = tuple(
        Author(id=name, name=name) for name in ("Ludwig van Beethoven", "Support desk", "Sand and Sons, Ann", "毛泽东")
    )
    [line] = [line for line in bibtex(item(authors=authors)).splitlines() if line.startswith("  author")]
    assert line == "  author = {{van Beethoven}, Ludwig and {Support desk} and {Sand and Sons}, Ann and {毛泽东}},"


@pytest.mark.parametrize("title", ["{a} {b}", "a { b", "} {", "\\", "\\{", "50 % & co. #1 $x_1^2$ ~", '"quoted"'])
def test_bibtex_stays_one_entry(title):
    library = parse_string(bibtex(item(title)))
    assert (len(library.entries), library.failed_blocks) == (1, [])


@examples(80)
@given(st.text() | st.just(HOSTILE), st.text(min_size=1) | st.just(HOSTILE))
def test_nothing_in_a_post_breaks_a_file(text, name):
    made = item(text, authors=(Author(id="x", name=name),), blog=text, abstract=text, keywords=[text])
    library = parse_string(bibtex(made))
    assert (len(library.entries), library.failed_blocks) == (1, [])
    assert set(library.entries[0].fields_dict) <= {
        "author", "title", "year", "month", "date", "howpublished", "publisher", "doi", "url", "langid", "keywords", "abstract",
    }  # fmt: skip
    lines = ris(made).split("\r\n")
    assert all(len(line) >= 6 and line[2:6] == "  - " for line in lines[:-1])
    assert [line[:2] for line in lines].count("ER") == [line[:2] for line in lines].count("TY") == 1
    assert len(rispy.loads(ris(made))) == 1
    assert json.loads(csl_json(made)) == [made]
    assert len(FILES) == len({write(made, suffix) for _name, suffix, _type in FILES})


# -- Formatted references


@pytest.mark.parametrize(
    ("work", "expected"),
    [
        (
            item("Why?"),
            "Carberry, J., &amp; Training team. (2024, January 31). Why? <i>News</i>. https://doi.org/10.1234/abc",
        ),
        (item(authors=()), "A title. (2024, January 31). <i>News</i>. https://doi.org/10.1234/abc"),
        (
            {"title": "T", "author": [{"family": "S", "given": "Ann-Marie B"}], "publisher": "P", "URL": "https://e.org/"},
            "S, A.-M. B. (n.d.). <i>T</i>. P. https://e.org/",
        ),
        (
            {"title": "T", "author": [{"literal": "WHO"}], "container-title": "J", "volume": "3", "issue": "1", "page": "5",
             "issued": {"date-parts": [[2020]]}},
            "WHO. (2020). T. <i>J</i>, <i>3(1)</i>, 5.",
        ),
    ],
)  # fmt: skip
def test_without_the_packages_references_have_the_form_of_apa(work, expected, monkeypatch):
    assert apa(work) == expected
    monkeypatch.setattr(styles, "is_installed", lambda: False)
    assert "<a" in ReferenceFormatter("apa", language="et").format({**work, "URL": "https://e.org/"})


def test_a_style_formats_references_in_the_language_of_the_site():
    german = ReferenceFormatter("apa", language="de").format(item())
    assert german.startswith("Carberry, J., &amp; Training team. (2024, Januar 31). A title.")
    assert '<a class="reference external" href="https://doi.org/10.1234/abc">' in german
    # Styles with numbers are for lists.
    assert ReferenceFormatter("ieee", language="en").format(item()).startswith("J. Carberry")
    assert ReferenceFormatter("apa", language="xx").format(item()).startswith("Carberry")


def test_a_style_that_cannot_be_read_gives_way_to_apa(tmp_path):
    file = tmp_path / "own.csl"
    file.write_text("<style>", encoding="utf-8")
    formatter = ReferenceFormatter(file, language="en")
    with pytest.raises(UnusableStyleError):
        formatter.check()
    assert formatter.format(item()).startswith("Carberry, J., &amp; Training team. (2024, January 31)")
    ReferenceFormatter("apa", language="en").check()


@examples(30)
@given(st.text(max_size=40) | st.just(HOSTILE))
def test_nothing_in_a_reference_becomes_markup(text):
    for made in (
        ReferenceFormatter("apa", language="en").format(item(text, url=f"https://e.org/{text}")),
        apa(item(text)),
        reference_html(ReferenceFormatter("apa", language="en"), text=text, link="https://e.org/?a=1&b=\"'<", item={}),
    ):
        tags = BeautifulSoup(made, "html5lib").body.find_all()
        assert {tag.name for tag in tags} <= {"a", "i", "b", "span", "sup", "sub"}
        assert all(set(tag.attrs) <= {"href", "class", "style"} for tag in tags)


def test_a_url_at_the_end_of_a_sentence_is_a_link_without_the_full_stop():
    made = reference_html(ReferenceFormatter("apa", language="en"), text="See https://e.org/a_(b).", link="", item={})
    assert 'href="https://e.org/a_(b' in made
    assert made.endswith(".")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<h2>References<a class="headerlink" href="#r">¶</a></h2><ul></ul>', True),
        ("<h3>5. Bibliography:</h3>", True),
        ("<h2>Literatur</h2>", True),
        ('<div class="csl-bib-body"></div>', True),
        ('<div role="list" class="docutils citation-list">', True),
        ("<h2>References to functions</h2><p>References</p>", False),
    ],
)
def test_a_list_of_references_in_the_text_is_found(body, expected):
    assert has_references(body) is expected


# -- Metadata


def test_names_are_taken_from_the_authors_file_or_guessed():
    assert author_name(CARBERRY) == {"family": "Carberry", "given": "Josiah"}
    assert author_name(replace(TEAM, name="Ada Lovelace")) == {"literal": "Ada Lovelace"}
    assert [is_guessed(author) for author in (CARBERRY, TEAM, Author(id="a", name="Ada Lovelace"))] == [
        False,
        False,
        True,
    ]


def test_a_person_has_a_name_in_parts_and_institutions_with_ids():
    institution = Institution(name="Tartu", ror="https://ror.org/03z77qz90")
    node = person(replace(CARBERRY, institutions=(institution,), affiliation="Tartu"), page_url="")
    assert node["affiliation"] == {"@type": "Organization", "@id": "https://ror.org/03z77qz90", "name": "Tartu"}
    assert (node["givenName"], node["familyName"]) == ("Josiah", "Carberry")
    assert person(TEAM, page_url="https://n/t/") == {
        "@type": "Organization",
        "@id": "https://n/t/#organization",
        "name": "Training team",
        "url": "https://n/t/",
    }


def test_a_post_without_doi_is_known_by_its_uuid():
    made = citable_posting({"@type": "BlogPosting"}, post(), urn="urn:uuid:x", references=[], publisher="")
    assert made == {"@context": "https://schema.org/", "@type": "BlogPosting", "identifier": "urn:uuid:x"}
    tags = dict(citation_tags(post(), title="T", url="", blog="B", language="en", urn="urn:uuid:x"))
    assert (tags["DC.identifier"], "citation_doi" in tags) == ("urn:uuid:x", False)


def test_a_name_with_a_semicolon_stays_one_author():
    tags = citation_tags(post(authors=(Author(id="a", name="A; B"),)), title="T", url="", blog="B", language="en")
    assert [value for name, value in tags if name == "citation_author"] == ["A, B"]


def test_cited_works_are_fields_in_one_tag():
    work = Reference(
        doi="10.1038/x",
        item={"title": "T; U", "author": [{"family": "S", "given": "A"}], "issued": {"date-parts": [[2020]]}},
    )
    tags = citation_tags(post(references=(work,)), title="T", url="", blog="B", language="en")
    assert [value for name, value in tags if name == "citation_reference"] == [
        "citation_title=T, U; citation_doi=10.1038/x; citation_author=A S; citation_publication_date=2020"
    ]


def test_a_json_feed_says_what_archives_of_blogs_read():
    funding = Funding(funder="NSF", crossref="https://doi.org/10.13039/100000001", award="5")
    works = (
        CitedWork(url="https://doi.org/10.1038/x", text="S. (2020). T.", cito=("cites",)),
        CitedWork(url="", text="U."),
    )
    made = entry(doi="10.1234/abc", version="2", references=works, funding=(funding,))
    [found] = json.loads(JsonWriter().write(feed(made)))["items"]
    assert found["id"] == "https://node.example/blog/a/"
    assert (found["_doi"], found["_version"]) == ("10.1234/abc", "2")
    assert found["_references"] == [
        {"key": "ref1", "url": "https://doi.org/10.1038/x", "reference": "S. (2020). T.", "cito": ["cites"]},
        {"key": "ref2", "reference": "U."},
    ]
    assert found["_funding"] == [
        {"funder": {"name": "NSF", "id": "https://doi.org/10.13039/100000001"}, "award": {"number": "5"}}
    ]
