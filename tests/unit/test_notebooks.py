"""Notebooks as posts."""

from __future__ import annotations

import json

from sphinxext.newsroom.front_matter.notebooks import notebook_text, strip_front_matter

FRONT_MATTER = "---\ndate: 2024-06-18\n---\n"


def notebook(*cells):
    return json.dumps({"cells": [{"cell_type": kind, "metadata": {}, "source": source} for kind, source in cells]})


def test_front_matter_and_heading_are_found_in_text_cells():
    text = notebook(("raw", FRONT_MATTER), ("code", "print(1)"), ("markdown", ["# Title\n", "Text"]))
    assert notebook_text(text) == FRONT_MATTER + "\n\n# Title\nText"


def test_front_matter_is_hidden_and_the_rest_stays():
    text = strip_front_matter(notebook(("markdown", FRONT_MATTER + "# Title"), ("code", "print(1)")))
    assert [cell["source"] for cell in json.loads(text)["cells"]] == ["# Title", "print(1)"]


def test_a_cell_of_nothing_but_front_matter_goes():
    text = strip_front_matter(notebook(("raw", FRONT_MATTER), ("code", "print(1)")), heading="# Given")
    assert [cell["source"] for cell in json.loads(text)["cells"]] == ["# Given", "print(1)"]


def test_a_damaged_notebook_says_nothing():
    for text in ("", "{", "[]", '{"cells": 1}', '{"cells": [1]}'):
        assert notebook_text(text) == ""
