"""What axe-core finds on whole pages, the theme's parts as well as ours: nothing."""

from __future__ import annotations

from tests.browser.conftest import SCHEMES, WIDTHS

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async rules => {
    const {violations} = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
    return violations.flatMap(({id, nodes}) => nodes.map(({target, html}) => [id, target.join(" "), html]));
}"""


def test_axe_finds_nothing(visit, name):
    from axe_playwright_python.sync_playwright import Axe

    found = []
    for width in WIDTHS:
        page = visit(name, width=width)
        page.evaluate(Axe().axe_script)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found += [[width, scheme, *violation] for violation in page.evaluate(RUN, RULES)]
    assert found == []
