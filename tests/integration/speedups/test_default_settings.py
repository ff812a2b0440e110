"""Cached default settings equal those that would be worked out."""

from __future__ import annotations

import myst_parser.mdit_to_docutils.base as myst
import pytest
import sphinx.util.docutils as host
from docutils.parsers.rst import Parser
from docutils.readers import standalone
from docutils.writers.html5_polyglot import Writer
from myst_parser.parsers.sphinx_ import MystParser as SphinxMystParser
from sphinx.environment import default_settings

from sphinxext.newsroom.speedups.docutils_defaults import CachedMystDefaults, CachedSphinxSettings

SPHINX_9 = pytest.mark.skipif(not hasattr(host, "_get_settings"), reason="Sphinx before 9.0 caches them itself")
SETTINGS = {**default_settings, "env": object(), "traceback": True}


def plain(settings):
    """Return settings so that they can be compared: the list of dependencies is another object each time."""
    return {**vars(settings), "record_dependencies": settings.record_dependencies.list}


@SPHINX_9
@pytest.mark.parametrize("components", [(standalone.Reader, Parser), (standalone.Reader, SphinxMystParser), (Writer,)])
@pytest.mark.parametrize("read_config_files", [True, False])
@pytest.mark.parametrize("defaults", [SETTINGS, {**SETTINGS, "_disable_config": True}, {}])
@pytest.mark.parametrize("config", ["", "[general]\nlanguage_code: et\n"])
def test_cached_settings_are_the_same(  # noqa: PLR0917 - pytest knows them by name
    components, read_config_files, defaults, config, tmp_path, monkeypatch
):
    monkeypatch.setenv("DOCUTILSCONFIG", str(tmp_path / "docutils.conf"))
    if config:
        (tmp_path / "docutils.conf").write_text(config, encoding="utf-8")
    function = host._get_settings
    cached = CachedSphinxSettings(function)
    expected = plain(function(*components, defaults=defaults, read_config_files=read_config_files))
    for _again in range(2):
        assert plain(cached(*components, defaults=defaults, read_config_files=read_config_files)) == expected


@pytest.mark.parametrize("component", [Parser, SphinxMystParser, Writer])
def test_cached_defaults_are_the_same(component):
    function = vars(myst)["get_default_settings"]
    cached = CachedMystDefaults(function)
    for _again in range(2):
        assert plain(cached(component)) == plain(function(component))


@SPHINX_9
def test_a_configuration_file_that_comes_later_is_read(tmp_path, monkeypatch):
    monkeypatch.setenv("DOCUTILSCONFIG", str(tmp_path / "docutils.conf"))
    cached = CachedSphinxSettings(host._get_settings)
    before = cached(standalone.Reader, Parser, defaults=SETTINGS, read_config_files=True)
    (tmp_path / "docutils.conf").write_text("[general]\nlanguage_code: et\n", encoding="utf-8")
    after = cached(standalone.Reader, Parser, defaults=SETTINGS, read_config_files=True)
    assert (before.language_code, after.language_code) == ("en", "et")


@SPHINX_9
def test_documents_do_not_share_what_they_write_into_their_settings():
    cached = CachedSphinxSettings(host._get_settings)
    one, two = (cached(standalone.Reader, Parser, defaults=default_settings) for _ in range(2))
    one.language_code = "et"
    assert two.language_code != "et"
    assert one.record_dependencies is not two.record_dependencies


@SPHINX_9
def test_a_component_with_settings_of_its_own_has_them():
    cached = CachedSphinxSettings(host._get_settings)
    for default in ("one", "two"):
        parser = Parser()
        vars(parser)["settings_defaults"] = {"own_setting": default}
        assert cached(standalone.Reader, parser, defaults={}).own_setting == default
