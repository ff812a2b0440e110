"""Citable posts in whole sites: pages, files, heads and feeds, as readers, reference managers and archives see them."""

from __future__ import annotations

import json
import re
from urllib.parse import urljoin

import pytest
import rdflib
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware

from tests.conftest import post
from tests.rogue_scholar import import_atom, import_json, import_rss, relative_urls
from tests.samples import PNG

pytestmark = pytest.mark.theme("basic")

WIDE = PNG[:16] + (600).to_bytes(4, "big") + (400).to_bytes(4, "big") + PNG[24:]
AUTHORS = """
authors:
  josiah:
    name: Josiah Carberry
    given: Josiah
    family: Carberry
    orcid: 0000-0002-1825-0097
    affiliation: {name: University of Example, ror: https://ror.org/03z77qz90}
  training: {name: Training team, type: organization}
"""
BIB = "@article{wilkinson2016, title={The {FAIR} Guiding Principles}, author={Wilkinson, Mark D.}, journal={Scientific Data}, year=2016, doi={10.1038/sdata.2016.18}}\n"
CITABLE = """---
date: 2026-03-10
slug: citable
authors: [{id: josiah, roles: [software]}, training]
categories: [Practice]
tags: [FAIR, a, b, c, d]
image: {src: cover.png, alt: A room}
doi: 10.59350/abcde-12345
version: "1.1"
references: [wilkinson2016, https://example.org/report, "Smith, A. (2020). A book & more."]
funding:
- {funder: European Commission, ror: https://ror.org/00k4n6c32, award: "101017567", url: 10.3030/101017567}
---
# Braces {x}, 100% & @misc{evil}

How posts are cited, in one paragraph.

## A part

[A page](../../index.md) and ![a picture](cover.png).
"""
SITE = {
    "blog/.authors.yml": AUTHORS,
    "blog/references.bib": BIB,
    "blog/posts/citable.md": CITABLE,
    "blog/posts/own.md": post(
        "# With a list of its own\n\nText.\n\n## References\n\n1. [Own](https://example.org/own)",
        date="2026-03-11",
        authors=["josiah"],
        references=["10.1038/sdata.2016.18"],
    ),
    "blog/posts/plain.md": post("# Plain\n\nText.", date="2026-03-12", authors=["training"], license="MIT"),
    "blog/posts/cover.png": WIDE,
}
CONF = {
    "newsroom_title": "News of the node",
    "newsroom_license": "CC-BY-4.0",
    "newsroom_issn": "2049-3630",
    "newsroom_feed_files": {"atom": "atom.xml", "rss": "rss.xml", "json": "feed.json"},
}
URL, PAGE = "/blog/2026/03/10/citable/", "https://node.example/blog/2026/03/10/citable/"
OWN, PLAIN = "/blog/2026/03/11/with-a-list-of-its-own/", "/blog/2026/03/12/plain/"
TITLE = "Braces {x}, 100% & @misc{evil}"
DOI = "https://doi.org/10.59350/abcde-12345"
WILKINSON = "https://doi.org/10.1038/sdata.2016.18"


@pytest.fixture
def built(built_site):
    return built_site(SITE, **CONF)


def named(built, url, name):
    return [str(tag["content"]) for tag in built.soup(url).find_all("meta", attrs={"name": name})]


def document(built, url):
    """Return the first document of structured data in a page."""
    return json.loads(str(built.soup(url).select_one("script[type='application/ld+json']").string))


def test_the_page_says_how_to_cite_it_and_what_it_cites(built):
    assert built.warnings == []
    soup = built.soup(URL)
    text = soup.select_one("#newsroom-citation-text")
    assert text.get_text() == f"Carberry, J., & Training team. (2026, March 10). {TITLE}. News of the Node. {DOI}"
    assert [str(link["href"]) for link in text.select("a")] == [DOI]
    assert str(soup.select_one(".newsroom-citation a.u-uid")["href"]) == DOI
    # Without scripts, nothing is shown that does not work.
    assert [button.has_attr("hidden") for button in soup.select(".newsroom-citation button")] == [True, True]
    for button in soup.select("[data-newsroom-copy]"):
        assert soup.find(id=button["data-newsroom-copy"])
    files = {
        str(link["type"]): urljoin(URL, str(link["href"])) for link in soup.select(".newsroom-citation a[download]")
    }
    assert sorted(files.values()) == [f"{URL.rstrip('/')}{suffix}" for suffix in (".bib", ".csl.json", ".ris")]
    assert all((built.out / path.lstrip("/")).is_file() for path in files.values())
    assert (built.out / "_static" / "newsroom-citation.js").is_file()
    works = [work.get_text() for work in soup.select(".newsroom-references .csl-entry")]
    assert works == [
        f"Wilkinson, M. D. (2016). The FAIR Guiding Principles. Scientific Data. {WILKINSON}",
        "https://example.org/report",
        "Smith, A. (2020). A book & more.",
    ]
    assert "European Commission" in soup.select_one(".newsroom-funding").get_text()
    assert soup.select_one(".newsroom-roles").get_text().split() == [
        "Contributions:",
        "Josiah",
        "Carberry:",
        "Software",
    ]
    # A list of references in the text stays the only one; a post without a DOI has no files.
    assert built.soup(OWN).select(".newsroom-references, .newsroom-citation") == []
    assert [file.name for file in built.out.rglob("*.bib")] == ["citable.bib"]


def test_files_for_reference_managers_are_read_back(built):
    stem = built.out / URL.strip("/")
    library = parse_string(
        stem.with_suffix(".bib").read_text(encoding="utf-8"), append_middleware=[LatexDecodingMiddleware()]
    )
    [entry] = library.entries
    assert library.failed_blocks == []
    fields = {name: found.value for name, found in entry.fields_dict.items()}
    assert (entry.entry_type, entry.key) == ("misc", "carberry2026braces")
    assert fields["title"].removeprefix("{") == TITLE
    assert fields["author"] == "Carberry, Josiah and Training team"
    assert (fields["doi"], fields["url"], fields["date"]) == ("10.59350/abcde-12345", PAGE, "2026-03-10")
    [read] = rispy.loads(stem.with_suffix(".ris").read_text(encoding="utf-8"))
    assert (read["type_of_reference"], read["title"], read["doi"]) == ("BLOG", TITLE, "10.59350/abcde-12345")
    assert read["authors"] == ["Carberry, Josiah", "Training team"]
    assert (read["date"], read["urls"]) == ("2026/03/10", [PAGE])
    [item] = json.loads(stem.with_suffix(".csl.json").read_bytes())
    assert item["type"] == "post-weblog"
    assert item["author"] == [{"family": "Carberry", "given": "Josiah"}, {"literal": "Training team"}]
    assert (item["container-title"], item["ISSN"], item["DOI"]) == (
        "News of the node",
        "2049-3630",
        "10.59350/abcde-12345",
    )
    assert item["abstract"] == "How posts are cited, in one paragraph."


def test_programs_that_cite_find_everything_in_the_head(built):
    tags = {
        "citation_title": [TITLE],
        "citation_author": ["Josiah Carberry", "Training team"],
        "citation_author_institution": ["University of Example"],
        "citation_author_orcid": ["https://orcid.org/0000-0002-1825-0097"],
        "citation_publication_date": ["2026/03/10"],
        "citation_journal_title": ["News of the node"],
        "citation_issn": ["2049-3630"],
        "citation_doi": ["10.59350/abcde-12345"],
        "citation_keywords": ["Practice; FAIR; a; b; c; d"],
        "citation_abstract": ["How posts are cited, in one paragraph."],
        "citation_public_url": [PAGE],
        # Otherwise Zotero files a post as an article of a journal.
        "z:itemType": ["blogPost"],
        "DC.type": ["blogPost"],
        "DC.identifier": [DOI],
        "DC.rights": ["https://creativecommons.org/licenses/by/4.0/"],
    }
    assert {name: named(built, URL, name) for name in tags} == tags
    links = [
        (str(link["rel"][0]), urljoin(PAGE, str(link["href"])), link.get("type", ""))
        for link in built.soup(URL).select("head link[rel]")
        if link["rel"][0] in {"cite-as", "type", "author", "license", "describedby", "linkset"}
    ]
    stem = PAGE.rstrip("/")
    signposts = [
        ("cite-as", DOI, ""),
        ("type", "https://schema.org/AboutPage", ""),
        ("type", "https://schema.org/BlogPosting", ""),
        ("author", "https://orcid.org/0000-0002-1825-0097", ""),
        ("license", "https://creativecommons.org/licenses/by/4.0/", ""),
        ("describedby", f"{stem}.bib", "application/x-bibtex"),
        ("describedby", f"{stem}.ris", "application/x-research-info-systems"),
        ("describedby", f"{stem}.csl.json", "application/vnd.citationstyles.csl+json"),
    ]
    assert links == [*signposts, ("linkset", f"{stem}.linkset.json", "application/linkset+json")]
    [described, *_] = json.loads((built.out / f"{URL.strip('/')}.linkset.json").read_bytes())["linkset"]
    assert described.pop("anchor") == PAGE
    found = [(rel, link["href"], link.get("type", "")) for rel, targets in described.items() for link in targets]
    assert found == signposts


# November 2026: rdflib 7.6 reads JSON-LD into a class that it deprecates; can go when it does not.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_structured_data_are_a_document_with_identifiers_citations_and_funding(built):
    found = document(built, URL)
    assert (found["@type"], found["@id"], found["sameAs"]) == ("BlogPosting", PAGE, DOI)
    assert found["identifier"][0] == {"@type": "PropertyValue", "propertyID": "DOI", "value": DOI[16:], "url": DOI}
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{14}5[0-9a-f-]{21}", found["identifier"][1])
    carberry, team = found["author"]
    assert carberry["affiliation"] == {
        "@type": "Organization",
        "@id": "https://ror.org/03z77qz90",
        "name": "University of Example",
    }
    assert (carberry["@id"], carberry["familyName"], team["@type"]) == (
        "https://orcid.org/0000-0002-1825-0097",
        "Carberry",
        "Organization",
    )
    assert [(work.get("@id"), work["name"][:9]) for work in found["citation"]] == [
        (WILKINSON, "Wilkinson"),
        ("https://example.org/report", "https://e"),
        (None, "Smith, A."),
    ]
    assert (found["funder"][0]["@id"], found["funding"][0]["identifier"]) == ("https://ror.org/00k4n6c32", "101017567")
    # As programs read it: what has to be a URL is one, wherever the page is.
    context = {"@vocab": "https://schema.org/", **{name: {"@type": "@id"} for name in ("url", "license", "sameAs")}}
    triples = rdflib.Graph().parse(
        data=json.dumps({**found, "@context": context}), format="json-ld", base="https://x.test/"
    )
    uris = {str(term) for triple in triples for term in triple if isinstance(term, rdflib.URIRef)}
    assert uris >= {PAGE, DOI, "https://creativecommons.org/licenses/by/4.0/"}
    assert not [uri for uri in uris if uri.startswith("https://x.test/")]
    # A post that is not citable has the data that it always had.
    assert built.graph(PLAIN)["BlogPosting"]["license"] == "https://spdx.org/licenses/MIT.html"


# What the archive needs of each entry, and which kinds of feed can say it.
ARCHIVED = [
    ("id", PAGE, ("json", "atom", "rss")),
    ("url", PAGE, ("json", "atom", "rss")),
    ("title", TITLE, ("json", "atom", "rss")),
    ("summary", "How posts are cited, in one paragraph.", ("json", "atom")),
    ("tags", ["Practice", "FAIR", "a", "b", "c"], ("json", "atom", "rss")),
    ("references", [WILKINSON, "https://example.org/report", "Smith, A. (2020). A book & more."], ("json", "atom", "rss")),
    ("authors", [("Josiah Carberry", "https://orcid.org/0000-0002-1825-0097"), ("Training team", "")], ("json", "atom")),
    ("authors", [("Josiah Carberry", ""), ("Training team", "")], ("rss",)),
    (
        "funding",
        [
            {
                "funder": {"name": "European Commission", "ror": "https://ror.org/00k4n6c32"},
                "award": {"number": "101017567", "uri": "https://doi.org/10.3030/101017567"},
            }
        ],
        ("json",),
    ),
]  # fmt: skip
IMPORTERS = {"json": ("feed.json", import_json), "atom": ("atom.xml", import_atom), "rss": ("rss.xml", import_rss)}


@pytest.mark.parametrize("kind", list(IMPORTERS))
def test_rogue_scholar_imports_every_entry_of_each_kind_of_feed(built, kind):
    file, read = IMPORTERS[kind]
    plain, own, citable = read(built.text(f"/blog/{file}"))
    for name, value, kinds in ARCHIVED:
        if kind in kinds:
            assert getattr(citable, name) == value, name
    assert citable.picture.startswith("https://node.example/_images/cover")
    assert own.references == [WILKINSON] if kind == "json" else ["https://example.org/own"]
    assert plain.authors == [("Training team", "")]
    for entry in (plain, own, citable):
        assert relative_urls(entry.text) == []
        assert "headerlink" not in entry.text
        assert re.search(r"\+00:00|\+0000", entry.published)
    assert re.search(r"<h2>A part</h2>", citable.text)
    assert json.loads(built.text("/blog/feed.json"))["language"] == "en"


def test_only_what_has_changed_is_written_again(built):
    page, other = built.file(URL), built.file(PLAIN)
    before = [file.stat().st_mtime_ns for file in (page, other)]
    # A work in the bibliography file, and a style.
    built.write(
        {"blog/references.bib": BIB.replace("2016,", "2017,", 2).replace("wilkinson2017", "wilkinson2016")}
    ).build()
    assert "(2017). The FAIR" in built.text(URL)
    assert [file.stat().st_mtime_ns == old for file, old in zip((page, other), before, strict=True)] == [False, True]
    built.conf["newsroom_citation_style"] = "ieee"
    built.build()
    assert "“The FAIR Guiding Principles”," in built.text(URL)
    assert "“The FAIR Guiding Principles”," in built.text("/blog/feed.json").replace("\\u201c", "“")
    # A DOI that is gone takes its files along, and changes no id.
    ids = [entry.id for entry in import_json(built.text("/blog/feed.json"))]
    built.write({"blog/posts/citable.md": CITABLE.replace("doi: 10.59350/abcde-12345\n", "")}).build()
    assert [entry.id for entry in import_json(built.text("/blog/feed.json"))] == ids
    assert not [
        file for suffix in (".bib", ".ris", ".csl.json", ".linkset.json") for file in built.out.rglob(f"*{suffix}")
    ]
    assert not (built.out / "_static" / "newsroom-citation.js").exists()
    assert built.soup(URL).select(".newsroom-citation") == []
    assert built.snapshot() == built.build(fresh=True).snapshot()


def test_a_style_that_is_not_there_is_reported_and_all_posts_can_be_citable(site):
    files = {**SITE, "blog/references.bib": BIB.replace("wilkinson2016", "wilkinson2015")}
    conf = {**CONF, "newsroom_citation": True, "newsroom_citation_style": "iee", "newsroom_feed_ids": "uuid"}
    built = site(files, **conf).build()
    style, key = sorted(built.warnings, key=lambda line: "blog/posts" in line)
    assert "newsroom_citation_style is 'iee'; there is no such style. APA is used. Did you mean 'ieee'?" in style
    assert key.startswith("blog/posts/citable.md:10: ")
    assert "reference 'wilkinson2016' is not in blog/references.bib. Did you mean 'wilkinson2015'?" in key
    urn = named(built, PLAIN, "DC.identifier")[0]
    assert document(built, PLAIN)["identifier"] == urn
    assert import_json(built.text("/blog/feed.json"))[0].id == urn
    assert (
        built.soup(PLAIN)
        .select_one("#newsroom-citation-text")
        .get_text()
        .startswith("Training team. (2026, March 12).")
    )
