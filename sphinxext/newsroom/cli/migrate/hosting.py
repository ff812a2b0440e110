"""The files that publish a site: workflows of GitHub and GitLab, and the settings of Read the Docs."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

REQUIREMENTS = "requirements-sphinx.txt"
OUTPUT = "_site"
URLS = "urls.txt"


class Host(StrEnum):
    """Where the site is published."""

    AUTO = "auto"
    GITHUB = "github"
    READTHEDOCS = "readthedocs"
    GITLAB = "gitlab"
    NONE = "none"


def find_host(root: Path) -> Host:
    """Return where a site is published, by the files that it has.

    :param root: the folder of the repository.
    """
    if any((root / name).is_file() for name in (".readthedocs.yaml", ".readthedocs.yml")):
        return Host.READTHEDOCS
    return Host.GITLAB if (root / ".gitlab-ci.yml").is_file() else Host.GITHUB


def hosting_file(host: Host, *, docs: str, builder: str) -> tuple[str, str]:
    """Return the path and the text of the file that publishes a site; both empty for no service.

    :param host: the service.
    :param docs: the source folder, relative to the root of the repository.
    :param builder: the builder, ``dirhtml`` or ``html``.
    """
    if host is Host.GITHUB:
        return ".github/workflows/sphinx.yml", _GITHUB.format(
            requirements=REQUIREMENTS, docs=docs, builder=builder, output=OUTPUT, urls=URLS
        )
    if host is Host.GITLAB:
        return ".gitlab/sphinx.yml", _GITLAB.format(requirements=REQUIREMENTS, docs=docs, builder=builder, urls=URLS)
    if host is Host.READTHEDOCS:
        return ".readthedocs.yaml", _READTHEDOCS.format(
            requirements=REQUIREMENTS, docs=docs, builder=builder, urls=URLS
        )
    return "", ""


_GITHUB = """\
name: Sphinx

on:
  push:
    branches: [main, master]
  pull_request:
  workflow_dispatch:

permissions: {{}}

jobs:
  build:
    runs-on: ubuntu-latest
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@v7
        with:
          persist-credentials: false
      - uses: actions/setup-python@v7
        with:
          python-version: "3.13"
      - run: python -m pip install -r {requirements}
      - run: python -m sphinx -c . -b {builder} {docs} {output}
      - name: Check that no URL is lost
        run: newsroom urls {output} --against {urls}
      - uses: actions/upload-pages-artifact@v4
        with:
          path: {output}

  # Until you switch, the old workflow publishes the old site; then set the variable PUBLISH_SPHINX of the repository to true.
  publish:
    if: github.event_name != 'pull_request' && vars.PUBLISH_SPHINX == 'true'
    needs: build
    runs-on: ubuntu-latest
    permissions:
      pages: write
      id-token: write
    environment:
      name: github-pages
    steps:
      - uses: actions/deploy-pages@v4
"""
_GITLAB = """\
# Add to .gitlab-ci.yml, in place of the job that publishes the old site:
#   include: .gitlab/sphinx.yml
pages:
  image: python:3.13
  script:
    - python -m pip install -r {requirements}
    - python -m sphinx -c . -b {builder} {docs} public
    - newsroom urls public --against {urls}
  artifacts:
    paths: [public]
"""
_READTHEDOCS = """\
version: 2

build:
  os: ubuntu-24.04
  tools:
    python: "3.13"
  jobs:
    install:
      - python -m pip install -r {requirements}
    build:
      html:
        - python -m sphinx -c . -b {builder} {docs} $READTHEDOCS_OUTPUT/html
        - newsroom urls $READTHEDOCS_OUTPUT/html --against {urls}
"""
