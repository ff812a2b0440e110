"""Default settings that are remembered are those that would be worked out."""

from __future__ import annotations

import pytest
import sphinx.util.docutils as host
from docutils.parsers.rst import Parser
from docutils.readers import standalone
from docutils.writers.html5_polyglot import Writer
from myst_parser.parsers.sphinx_ import MystParser as SphinxMystParser
from sphinx.environment import default_settings

from sphinxext.newsroom.build.docutils_settings import RememberedSettings

pytestmark = pytest.mark.skipif(not hasattr(host, "_get_settings"), reason="Sphinx before 9.0 remembers them itself")


@pytest.mark.parametrize("components", [(standalone.Reader, Parser), (standalone.Reader, SphinxMystParser), (Writer,)])
@pytest.mark.parametrize("read_config_files", [True, False])
@pytest.mark.parametrize("defaults", [{**default_settings, "env": object(), "traceback": True}, {}])
def test_remembered_settings_are_the_same(components, read_config_files, defaults):
    original = getattr(host._get_settings, "_original", host._get_settings)
    remembered = RememberedSettings(original)
    expected = vars(original(*components, defaults=defaults, read_config_files=read_config_files))
    for _again in range(2):
        settings = vars(remembered(*components, defaults=defaults, read_config_files=read_config_files))
        assert settings.keys() == expected.keys()
        assert {k: v for k, v in settings.items() if k != "record_dependencies"} == {
            k: v for k, v in expected.items() if k != "record_dependencies"
        }


def test_documents_do_not_share_what_they_write_into_their_settings():
    original = getattr(host._get_settings, "_original", host._get_settings)
    remembered = RememberedSettings(original)
    one, two = (remembered(standalone.Reader, Parser, defaults=default_settings) for _ in range(2))
    one.language_code = "et"
    assert two.language_code != "et"
    assert one.record_dependencies is not two.record_dependencies
