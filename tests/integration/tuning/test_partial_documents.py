"""Titles that were rendered are as they were before."""

from __future__ import annotations

import pytest
from docutils import nodes
from docutils.utils import new_document

from sphinxext.newsroom import tuning
from sphinxext.newsroom.tuning.partial_documents import release_partial_documents
from tests.conftest import post

FILES = {
    "guide.md": "# The *guide*\n\n## Part\n\nText.\n",
    "index.md": "# Home\n\n```{toctree}\nguide\nblog/index\n```\n",
    **{f"blog/posts/{name}.md": post(f"# Post {name}\n\n## Part\n\nText.") for name in "abc"},
}


def test_pages_are_the_same_and_titles_stand_alone(site, monkeypatch):
    built = site(FILES).build()
    ours = built.snapshot()
    assert all(title.parent is None and title.document is None for title in built.app.env.titles.values())
    monkeypatch.setattr(tuning, "release_partial_documents", lambda _builder: None)
    assert built.build(fresh=True).snapshot() == ours
    assert any(title.document is not None for title in built.app.env.titles.values())


class Builder:
    def render_partial(self, node):
        if node is None:
            return {"fragment": ""}
        document = new_document("part")
        document.append(node)
        if not node.children:
            raise ValueError("nothing to show")
        return {"fragment": document.astext()}


@pytest.fixture
def builder():
    made = Builder()
    release_partial_documents(made)  # type: ignore[arg-type] # all of one that is asked for
    return made


def test_a_node_of_a_document_stays_in_it(builder):
    document = new_document("whole")
    part = nodes.paragraph("", nodes.Text("text"))
    document.append(part)
    assert builder.render_partial(part) == {"fragment": "text"}
    assert (part.parent, part.document) == (document, document)


def test_no_node_and_one_that_fails(builder):
    assert builder.render_partial(None) == {"fragment": ""}
    alone = nodes.paragraph()
    with pytest.raises(ValueError, match="nothing to show"):
        builder.render_partial(alone)
    assert (alone.parent, alone.document) == (None, None)
