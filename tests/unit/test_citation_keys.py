"""Front matter and authors of citable posts: references, funding, licenses, institutions and roles, and every mistake with its line."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sphinxext.newsroom.citation_models import Funding, Institution, Reference
from sphinxext.newsroom.citations.bibliography import parse_bibliography
from sphinxext.newsroom.citations.credit import ROLES, find_role, role_url
from sphinxext.newsroom.citations.csl import csl_date, csl_names, split_name
from sphinxext.newsroom.cli.json_schemas import authors_schema, front_matter_schema
from sphinxext.newsroom.content.authors import parse_authors
from sphinxext.newsroom.content.citations import Bibliography, resolve_references
from sphinxext.newsroom.front_matter.parse import parse, parse_defaults
from sphinxext.newsroom.utils.identifiers import IdentifierError, bare_doi, crossref_funder_url, issn
from tests.conftest import examples


def read(yaml: str, **kwargs):
    front_matter, _, problems = parse(f"---\ndate: 2024-01-31\n{yaml}\n---\n# A\n", path="a.md", **kwargs)
    return front_matter, [(problem.line, problem.message) for problem in problems]


# -- References

REFERENCES = [
    ("10.1038/sdata.2016.18", Reference(doi="10.1038/sdata.2016.18")),
    ("https://doi.org/10.1038/sdata.2016.18", Reference(doi="10.1038/sdata.2016.18")),
    ("'doi: 10.1038/sdata.2016.18'", Reference(doi="10.1038/sdata.2016.18")),
    ("https://example.org/report", Reference(url="https://example.org/report")),
    ("wilkinson2016", Reference(key="wilkinson2016")),
    ("'@wilkinson2016'", Reference(key="wilkinson2016")),
    ("Smith (2020). A book.", Reference(text="Smith (2020). A book.")),
    ("{DOI: 10.1038/x, text: 'Smith.', cito: citesAsAuthority}", Reference(doi="10.1038/x", text="Smith.", cito=("citesAsAuthority",))),
    ("{key: x, cito: [cites, usesMethodIn]}", Reference(key="x", cito=("cites", "usesMethodIn"))),
    (
        "{type: book, title: A book, author: [{family: Smith, given: Ann}, Bo van Dyk], year: 2020, publisher: P, ISBN: 978}",
        Reference(
            item={
                "type": "book",
                "title": "A book",
                "author": [{"family": "Smith", "given": "Ann"}, {"family": "van Dyk", "given": "Bo"}],
                "issued": {"date-parts": [[2020]]},
                "publisher": "P",
                "ISBN": "978",
            }
        ),
    ),
    (
        "{title: T, issued: 2020-05-01, url: https://e.org/}",
        Reference(
            url="https://e.org/",
            item={"type": "document", "title": "T", "issued": {"date-parts": [[2020, 5, 1]]}, "URL": "https://e.org/"},
        ),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("item", "expected"), REFERENCES)
def test_a_reference_can_be_an_identifier_a_text_or_a_work(item, expected):
    front_matter, problems = read(f"references:\n  - {item}")
    assert (front_matter.references, problems) == ((expected,), [])


def test_a_single_reference_needs_no_list_and_none_is_listed_twice():
    assert read("references: 10.1038/x")[0].references == (Reference(doi="10.1038/x"),)
    assert read("references: {doi: 10.1038/x}")[0].references == (Reference(doi="10.1038/x"),)
    assert read("references: [10.1038/x, https://doi.org/10.1038/x]")[0].references == (Reference(doi="10.1038/x"),)


def test_the_references_of_myst_to_other_sites_pass_as_they_are():
    front_matter, problems = read("references:\n  python: {url: https://docs.python.org/3/}")
    assert (front_matter.references, problems) == ((), [])


def test_all_mistakes_of_citations_come_at_once_with_their_lines():
    _, problems = read(
        "doi: 10.12\n"
        "license: CC-BY-5.0\n"
        "references:\n"
        "  - 10.12\n"
        "  - {doi: nothing, url: ftp://x, text: A}\n"
        "  - [7]\n"
        "  - {type: article-jornal, title: T, issued: soon}\n"
        "  - {text: T, titel: U}\n"
        "  - {note: x}\n"
        "funding:\n"
        "  - {funder: EC, ror: https://ror.org/00k4n6c33, url: x}\n"
        "  - {award: 5}\n"
        "  - {funder: [a]}\n"
        "  - {funder: {name: NSF, id: 10.13039/x}, award: {number: 5, ulr: https://e.org}}\n"
        "  - ''"
    )
    expected = [
        (3, "'doi' is 10.12; expected a DOI such as"),
        (4, "'license' is 'CC-BY-5.0'; expected an SPDX id such as CC-BY-4.0"),
        (6, "'references' has '10.12' in it; expected a DOI such as 10.1234/abcd."),
        (7, "'references.1.doi' is 'nothing'; expected a DOI"),
        (7, "'references.1.url' is 'ftp://x'; expected a URL that starts with https:// or http://."),
        (8, "'references' has [7] in it"),
        (9, "Did you mean 'article-journal'?"),
        (9, "'references.3.issued' is 'soon'; expected a year"),
        (10, "'titel' is not a known key and is ignored. Did you mean 'title'?"),
        (11, "'references' has {'note': 'x'} in it; expected"),
        (13, "'funding.0.ror' is 'https://ror.org/00k4n6c33', which is not a ROR id: its last two digits"),
        (13, "'funding.0.url' is 'x'; expected a URL"),
        (14, "'funding.1' names no funder; expected a mapping with 'funder', 'ror' and 'award'."),
        (15, "'funding.2.funder' is ['a']; expected the name of an organization"),
        (16, "'funding.3.crossref' is '10.13039/x', which is not a Crossref funder id"),
        (16, "'ulr' is not a known key and is ignored. Did you mean 'url'?"),
        (17, "'funding' has '' in it"),
    ]
    for line, message in expected:
        assert any(found == line and message in said for found, said in problems), (line, message, problems)


# -- Funding

FUNDING = [
    ("European Commission", Funding(funder="European Commission")),
    (
        "{funder: European Commission, ror: 00k4n6c32, award: 101017567, title: CONVERGE, url: 10.3030/101017567}",
        Funding(
            funder="European Commission",
            ror="https://ror.org/00k4n6c32",
            award="101017567",
            title="CONVERGE",
            url="https://doi.org/10.3030/101017567",
        ),
    ),
    (
        "{funder: {name: NSF, crossref: 10.13039/100000001}, award: {number: '0012', title: T, uri: https://e.org/}}",
        Funding(
            funder="NSF", crossref="https://doi.org/10.13039/100000001", award="0012", title="T", url="https://e.org/"
        ),
    ),
    ("{name: NSF, crossref: 100000001}", Funding(funder="NSF", crossref="https://doi.org/10.13039/100000001")),
    ("{funder: {name: EC, id: https://ror.org/00k4n6c32}}", Funding(funder="EC", ror="https://ror.org/00k4n6c32")),
]


@pytest.mark.parametrize(("item", "expected"), FUNDING)
def test_funding_names_the_funder_and_the_grant(item, expected):
    front_matter, problems = read(f"funding:\n  - {item}\nversion: 1.10")
    assert (front_matter.funding, problems) == ((expected,), [])
    assert front_matter.version == "1.10"


def test_a_folder_adds_funding_and_mistakes_keep_their_lines():
    defaults, problems = parse_defaults("funding: [{funder: EC, ror: x}]\nlicense: CC-BY-4.0", path=".meta.yml")
    assert [(problem.path, problem.line) for problem in problems] == [(".meta.yml", 1)]
    front_matter, found = read("funding:\n  - {funder: NSF}\n  - {funder: NIH, ror: y}", defaults=defaults)
    assert [funding.funder for funding in front_matter.funding] == ["EC", "NSF", "NIH"]
    assert front_matter.license == "CC-BY-4.0"
    assert [line for line, _ in found] == [5]


def test_templates_of_the_site_still_see_what_the_post_says():
    front_matter, _ = read("references: [10.1038/x]\nversion: 2\nfunding: EC")
    assert front_matter.extra == {"references": ["10.1038/x"], "version": "2", "funding": ["EC"]}


@pytest.mark.parametrize(
    "text", ["CC-BY-4.0", "cc by 4.0", "MIT", "mit", "GPL-3.0-or-later", "Our own terms", "OGL", "5"]
)
def test_a_license_that_is_no_misspelled_id_passes(text):
    assert read(f"license: {text}")[1] == []


# -- Authors


def authors(yaml: str):
    found, problems = parse_authors(f"josiah:\n  name: Josiah Carberry\n{yaml}", path="blog/.authors.yml")
    return found["josiah"], [(problem.line, problem.message) for problem in problems]


def test_an_author_has_a_name_in_parts_institutions_and_roles():
    author, problems = authors(
        "  given: Josiah\n  family: Carberry\n  type: person\n"
        "  affiliation:\n    - {name: University of Tartu, ror: 03z77qz90}\n    - The node\n"
        "  roles: [software, Writing - review and editing]\n"
    )
    assert problems == []
    assert (author.given, author.family, author.is_organization) == ("Josiah", "Carberry", False)
    assert author.institutions == (
        Institution(name="University of Tartu", ror="https://ror.org/03z77qz90"),
        Institution(name="The node"),
    )
    assert author.affiliation == "University of Tartu; The node"
    assert author.roles == ("Software", "Writing – review & editing")


def test_mistakes_about_an_author_have_their_lines():
    _, problems = authors(
        "  type: grup\n  affiliation:\n    name: Tartu\n    ror: 03z77qz91\n  roles:\n    - Softwear\n    - Software\n"
        "  orcid: 0000-0002-1825-0098\n"
    )
    assert sorted((line, said[:30]) for line, said in problems) == [
        (3, "'josiah.type' is 'grup'; expec"),
        (6, "'03z77qz91' is not a ROR id: i"),
        (8, "'Softwear' is not a role of CR"),
        (10, "'0000-0002-1825-0098' is not a"),
    ]


def test_a_post_gives_roles_to_its_authors_and_orders_them():
    front_matter, problems = read("authors:\n  - {id: b, roles: [Software]}\n  - a\n  - {id: c, roles: [Softwear]}")
    assert front_matter.authors == ("b", "a", "c")
    assert front_matter.author_roles == {"b": ("Software",)}
    assert [(line, "Did you mean 'Software'?" in said) for line, said in problems] == [(6, True)]


# -- Values


def test_roles_are_found_in_any_spelling_and_have_urls():
    assert {find_role(role.upper().replace("&", "and").replace("–", "-")) for role in ROLES} == {*ROLES}
    assert role_url("Writing – review & editing") == "https://credit.niso.org/contributor-roles/writing-review-editing/"
    assert find_role("Cooking") == ""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Josiah Carberry", ("Carberry", "Josiah")),
        ("Ludwig van Beethoven", ("van Beethoven", "Ludwig")),
        ("María de la Cruz", ("de la Cruz", "María")),
        ("Carberry, Josiah", ("Carberry", "Josiah")),
        ("Training team", None),
        ("Support Desk", None),
        ("ELIXIR", None),
        ("毛泽东", None),
        ("毛 泽东", None),
    ],
)
def test_a_name_is_divided_unless_it_is_of_a_group(name, expected):
    parts = split_name(name)
    assert parts == ({"literal": name} if expected is None else {"family": expected[0], "given": expected[1]})


def test_names_and_dates_of_works_are_read_in_any_notation():
    assert csl_names({"name": "Ann Smith"}) == [{"family": "Smith", "given": "Ann"}]
    assert csl_names([{"literal": "WHO"}, {}, 5]) == [{"literal": "WHO"}]
    assert csl_date({"date-parts": [[2020, "5"]]}) == {"date-parts": [[2020, 5]]}
    assert csl_date("2020-05") == {"date-parts": [[2020, 5]]}
    for wrong in (True, "soon", {"date-parts": [["x"]]}, {"date-parts": 5}, None):
        assert csl_date(wrong) is None


def test_identifiers_are_checked_by_form_and_checksum():
    assert bare_doi("https://dx.doi.org/10.1038/a(b)c") == "10.1038/a(b)c"
    assert bare_doi("10.12/x") == ""
    assert crossref_funder_url("https://doi.org/10.13039/501100000780") == "https://doi.org/10.13039/501100000780"
    assert issn("20493630") == "2049-3630"
    for wrong in ("2049-3631", "2049", "x"):
        with pytest.raises(IdentifierError):
            issn(wrong)
    with pytest.raises(IdentifierError):
        crossref_funder_url("10.1234/5")


def test_the_schemas_have_the_keys():
    properties = front_matter_schema()["properties"]
    assert {"doi", "license", "references", "funding", "version"} <= properties.keys()
    author = authors_schema()["$defs"]["author"]["properties"]
    assert {"given", "family", "type", "roles", "affiliation"} <= author.keys()


YAML = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["doi", "url", "title", "author", "issued", "funder", "award", "ror", "x"]), inner
        )
    ),
    max_leaves=8,
)


@examples(60)
@given(YAML, YAML)
def test_nothing_in_references_and_funding_raises_an_error(references, funding):
    _, problems = parse_defaults("", path="x")
    assert problems == ()
    text = yaml.safe_dump({"references": references, "funding": funding}, allow_unicode=True)
    front_matter, _, _ = parse(f"---\ndate: 2024-01-31\n{text}---\n# A\n", path="a.md")
    assert all(
        reference.link or reference.text or reference.key or reference.item for reference in front_matter.references
    )


# -- Bibliography file

BIB = r"""
@string{sd = "Scientific Data"}
@article{wilkinson2016,
  title = {The {FAIR} Guiding Principles f{\"u}r \& all},
  author = {Wilkinson, Mark D. and Ludwig van der Berg and {Data Alliance} and Training team},
  journal = sd, year = 2016, month = mar, doi = {https://doi.org/10.1038/sdata.2016.18}, pages = {1--9}, volume = 3
}
@techreport{node, title = {Report}, institution = {The node}, number = 7, date = {2020-05}, url = {https://e.org/a_b}}
@book{open, title = {x
@misc{node, title = {Again}}
@misc{twice, title = {A}, title = {B}}
"""


def test_a_bibliography_file_is_read_as_csl_and_its_mistakes_have_lines():
    works, problems = parse_bibliography(BIB, path="blog/references.bib")
    assert works == {
        "wilkinson2016": {
            "id": "wilkinson2016",
            "type": "article-journal",
            "title": "The FAIR Guiding Principles für & all",
            "author": [
                {"family": "Wilkinson", "given": "Mark D."},
                {"family": "van der Berg", "given": "Ludwig"},
                {"literal": "Data Alliance"},
                {"literal": "Training team"},
            ],
            "container-title": "Scientific Data",
            "issued": {"date-parts": [[2016, 3]]},
            "DOI": "10.1038/sdata.2016.18",
            "page": "1–9",
            "volume": "3",
        },
        "node": {
            "id": "node",
            "type": "report",
            "title": "Report",
            "publisher": "The node",
            "number": "7",
            "issued": {"date-parts": [[2020, 5]]},
            "URL": "https://e.org/a_b",
        },
    }
    assert [(problem.line, problem.message.partition(";")[0]) for problem in problems] == [
        (9, "the entry '@book{open, title = {x' cannot be read"),
        (10, "the key 'node' is in the file already"),
        (11, "an entry has the same field twice (title)"),
    ]


def test_references_find_their_works_and_unknown_keys_are_reported():
    works, _ = parse_bibliography(BIB, path="blog/references.bib")
    bibliography = Bibliography(path="blog/references.bib", works=works)
    front_matter, _ = read("references: [wilkinson2016, wilkinson2015, {key: node, url: https://e.org/other}]")
    found, problems = resolve_references(front_matter.references, bibliography, path="a.md", locate=lambda *_: 3)
    assert [(reference.link, reference.item["title"]) for reference in found] == [
        ("https://doi.org/10.1038/sdata.2016.18", "The FAIR Guiding Principles für & all"),
        ("https://e.org/other", "Report"),
    ]
    [problem] = problems
    assert (problem.line, problem.message) == (
        3,
        "reference 'wilkinson2015' is not in blog/references.bib. Did you mean 'wilkinson2016'?",
    )
    _, problems = resolve_references(
        front_matter.references, Bibliography(path="x.bib"), path="a.md", locate=lambda *_: 3
    )
    assert problems[0].message == "reference 'wilkinson2016' is not in x.bib. There is no such file."
    # That the package is missing is said once.
    missing = Bibliography(path="x.bib", is_readable=False)
    assert resolve_references(front_matter.references, missing, path="a.md", locate=lambda *_: 3)[1] == ()


@examples(60)
@given(st.text(alphabet='@{}(),=" \n\\abc%#~_&', max_size=60))
def test_nothing_in_a_bibliography_file_raises_an_error(text):
    parse_bibliography(f"@book{{a, title={{x}}}}\n{text}", path="x.bib")
