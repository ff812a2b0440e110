"""Code blocks stay as they are, and a formatter is made once for each set of options."""

from __future__ import annotations

import pytest
from pygments.formatters import HtmlFormatter
from sphinx.highlighting import PygmentsBridge

from sphinxext.newsroom import tuning
from tests.conftest import post

BLOCKS = """# Code

```python
print("one")
```

```{code-block} python
:linenos:
:lineno-start: 7
:emphasize-lines: 1
print("two")
```

```{code-block} python
:emphasize-lines: 2
print("three")
print("four")
```

```python
print("five")
```
"""


@pytest.fixture
def made(monkeypatch):
    """Note the formatters that are made."""
    found = []
    make = HtmlFormatter.__init__

    def note(self, **options):
        found.append(options)
        make(self, **options)

    monkeypatch.setattr(HtmlFormatter, "__init__", note)
    return found


def test_pages_are_the_same(site, monkeypatch, made):
    built = site({"blog/posts/a.md": post(BLOCKS), "blog/posts/b.md": post(BLOCKS)}).build()
    ours, few = built.snapshot(), len(made)
    monkeypatch.setattr(tuning, "cache_formatters", lambda _builder: None)
    assert built.build(fresh=True).snapshot() == ours
    assert len(made) - few == few + 5  # four blocks in either post, of three kinds


def test_a_formatter_of_another_class_is_made_for_each_block(site, monkeypatch, made):
    class Own(HtmlFormatter[str]):
        """A formatter that may count its blocks."""

    monkeypatch.setattr(PygmentsBridge, "html_formatter", Own)
    site({"blog/posts/a.md": post(BLOCKS)}).build()
    assert len([options for options in made if "linenos" in options or "hl_lines" in options]) >= 2
    before = len(made)
    site({"blog/posts/a.md": post(BLOCKS + "\n```python\nsix\n```\n")}).build(fresh=True)
    assert len(made) - before == before + 1
