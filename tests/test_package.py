"""What is installed: the wheel, its metadata, and a core that works without Sphinx."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from sphinxext.newsroom import __version__

PROJECT = Path(__file__).parent.parent
PACKAGE = PROJECT / "sphinxext" / "newsroom"
PURE = ("utils", "validation", "config", "front_matter", "content", "blog", "excerpts", "metadata", "feeds")
"""The packages in which only modules called ``sphinx_*`` know Sphinx."""
MODULES = sorted(
    ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")
    for package in PURE
    for path in (PACKAGE / package).rglob("*.py")
    if not path.name.startswith("sphinx_")
)
WITHOUT = {"sphinx", "docutils", "myst_parser", "ablog", "jinja2"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    with ZipFile(next(folder.glob("*.whl"))) as archive:
        yield archive


def test_the_namespace_is_left_open(wheel):
    """An ``__init__.py`` there would hide every other package called ``sphinxext.…``."""
    assert not (PROJECT / "sphinxext" / "__init__.py").exists()
    assert "sphinxext/__init__.py" not in wheel.namelist()


def test_the_wheel_holds_the_package_and_nothing_else(wheel):
    sources = {
        path.relative_to(PROJECT).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    packed = {name for name in wheel.namelist() if ".dist-info/" not in name}

    assert packed == sources
    assert "sphinxext/newsroom/py.typed" in packed
    assert any(name.startswith("sphinxext/newsroom/templates/") for name in packed)
    assert any(name.startswith("sphinxext/newsroom/static/") for name in packed)


def test_the_metadata_is_complete(wheel):
    name = next(name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    metadata = Parser().parsestr(wheel.read(name).decode())

    assert metadata["Name"] == "sphinxext-newsroom"
    assert metadata["Version"] == __version__
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Requires-Python"] == ">=3.11"
    assert {"Framework :: Sphinx :: Extension", "Typing :: Typed"} <= set(metadata.get_all("Classifier", []))
    assert name.replace("METADATA", "licenses/LICENSE") in wheel.namelist()


def test_posts_are_read_and_arranged_without_sphinx():
    code = f"import sys, {', '.join(MODULES)}; print(*sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=False, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr

    loaded = {name.partition(".")[0] for name in result.stdout.split()}
    assert loaded & WITHOUT == set()


def requirements():
    """Return every requirement of the project, its extras and its dependency groups."""
    content = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    project = content["project"]
    lists = [
        project["dependencies"],
        *project["optional-dependencies"].values(),
        *content["dependency-groups"].values(),
    ]
    return [Requirement(text) for texts in lists for text in texts if isinstance(text, str)]


def test_the_lock_holds_a_version_in_range_of_every_requirement():
    locked: dict[str, list[str]] = {}
    for line in (PROJECT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            pin = Requirement(line)
            [specifier] = pin.specifier
            assert specifier.operator == "==", line
            locked.setdefault(canonicalize_name(pin.name), []).append(specifier.version)

    outside = [
        str(requirement)
        for requirement in requirements()
        if not (versions := locked.get(canonicalize_name(requirement.name)))
        or not all(requirement.specifier.contains(version) for version in versions)
    ]
    assert outside == [], "run `nox -s lock -- --keep`"


def test_hooks_use_the_pinned_tools():
    pins = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]["lint"]
    hooks = yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    used = {
        requirement
        for repository in hooks["repos"]
        for hook in repository["hooks"]
        for requirement in hook.get("additional_dependencies", [])
    }
    assert used == set(pins)


def test_the_linter_finds_every_phrase_of_the_list_of_words_not_to_use():
    words = (PROJECT / "words-not-to-use.txt").read_text(encoding="utf-8").splitlines()
    config = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["codespell"]
    assert words == sorted(words)
    assert [word for word in words if not re.fullmatch(config["regex"], word.partition("->")[0])] == []
