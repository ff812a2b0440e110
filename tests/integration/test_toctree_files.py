"""Toctrees from separate files: pages keep their text, and the site has its navigation."""

from __future__ import annotations

FILES = {
    "../toctrees/index.md": "```{toctree}\n:hidden:\n/guide/index\n/blog/index\n```\n",
    "../toctrees/guide/index.md": "# Guide\n\n```{toctree}\nFirst </guide/one>\n/guide/two\n```\n",
    "../toctrees/guide/two.md": "",
    "index.md": "# Home\n\nText.",
    "guide/one.md": "# One\n",
    "guide/two.md": "# Two\n",
    "blog/posts/a.md": "---\ndate: 2024-01-03\n---\n\n# A\n",
}


def test_toctrees_are_added_to_pages_and_make_pages_of_sections(site):
    made = site(FILES, newsroom_toctrees="../toctrees").build()
    assert made.warnings == []
    assert made.app.env.toctree_includes["index"] == ["guide/index", "blog/index"]
    assert made.app.env.toctree_includes["guide/index"] == ["guide/one", "guide/two"]
    assert made.soup("guide").h1.get_text(strip=True).startswith("Guide")
    assert made.soup("").select_one("article").get_text(" ", strip=True).startswith("Home")
    # What is in the folder decides about pages whose own files are the same.
    made.write(
        {
            "../toctrees/index.md": "```{toctree}\n:hidden:\n/blog/index\n/guide/index\n```\n",
            "../toctrees/guide/two.md": "```{toctree}\nElsewhere <https://example.org/>\n```\n",
        }
    ).build()
    assert made.app.env.toctree_includes["index"] == ["blog/index", "guide/index"]
    assert "https://example.org/" in made.text("guide/two")
    made.write({"guide/index.md": "# Written\n", "../toctrees/guide/two.md": None}).build()
    assert made.soup("guide").h1.get_text(strip=True).startswith("Written")
    assert made.app.env.toctree_includes["guide/index"] == ["guide/one", "guide/two"]
    # Sphinx itself does not write pages again whose navigation names another title, so only that page is compared.
    after, includes = made.text("guide"), dict(made.app.env.toctree_includes)
    made.build(fresh=True)
    assert made.text("guide") == after
    assert made.app.env.toctree_includes == includes


def test_toctrees_that_cannot_be_added_are_reported(site):
    files = {
        "../toctrees/index.rst": ".. toctree::\n   :hidden:\n\n   /guide/one\n",
        "../toctrees/guide/one.md": b"\xff",
    }
    made = site(FILES | files, newsroom_toctrees="../toctrees")
    (made.folder / "toctrees" / "index.md").unlink()
    told = "\n".join(made.build().warnings)
    assert "'index.rst' cannot be added to 'index.md'; expected a file of the same format" in told
    assert "'one.md' cannot be read" in told
    assert "there is no folder 'nowhere'" in "\n".join(site(FILES, newsroom_toctrees="nowhere").build().warnings)
