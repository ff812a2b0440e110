"""Detect the base URL from the environment variables of hosting services."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext.newsroom.utils.urls import is_web_url

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# Neither of these services tells which branch is the one of production, or not in a variable.
PRODUCTION_BRANCHES = ("main", "master", "production")
GITHUB = "https://github.com"
_DOMAIN = re.compile(r"(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE)


def detect_base_url(environ: Mapping[str, str], *, domain: str = "", default_branch: str = "") -> str:
    """Return the URL under which the site will be published, ending in ``/``; empty where that is not known.

    The URL of a preview is never returned: search engines and feed readers would remember it.

    :param environ: environment variables.
    :param domain: what the ``CNAME`` file of the site says, which GitHub Pages reads.
    :param default_branch: the default branch of a repository on GitHub, where it is known.
    """
    for service in SERVICES:
        if (url := service(environ)) is not None:
            return _ended(url)
    return _ended(_github_pages(environ, domain=domain, default_branch=default_branch))


def _ended(url: str) -> str:
    return url.rstrip("/") + "/" if is_web_url(url) else ""


def _read_the_docs(environ: Mapping[str, str]) -> str | None:
    """https://docs.readthedocs.com/platform/stable/reference/environment-variables.html."""
    if environ.get("READTHEDOCS") != "True" and "READTHEDOCS_CANONICAL_URL" not in environ:
        return None
    is_preview = environ.get("READTHEDOCS_VERSION_TYPE") == "external"
    return "" if is_preview else environ.get("READTHEDOCS_CANONICAL_URL", "")


def _netlify(environ: Mapping[str, str]) -> str | None:
    """https://docs.netlify.com/build/configure-builds/environment-variables/."""
    if environ.get("NETLIFY") != "true" and "DEPLOY_PRIME_URL" not in environ:
        return None
    return environ.get("URL", "") if environ.get("CONTEXT") == "production" else ""


def _cloudflare_pages(environ: Mapping[str, str]) -> str | None:
    """https://developers.cloudflare.com/pages/configuration/build-configuration/."""
    if environ.get("CF_PAGES") != "1" and "CF_PAGES_URL" not in environ:
        return None
    if environ.get("CF_PAGES_BRANCH") not in PRODUCTION_BRANCHES:
        return ""
    scheme, separator, host = environ.get("CF_PAGES_URL", "").rstrip("/").partition("://")
    # The variable names one deployment, <hash>.<project>.pages.dev; the site is at <project>.pages.dev.
    name = host.removesuffix(".pages.dev").rpartition(".")[2]
    return f"{scheme}{separator}{name}.pages.dev" if host.endswith(".pages.dev") else f"{scheme}{separator}{host}"


def _vercel(environ: Mapping[str, str]) -> str | None:
    """https://vercel.com/docs/environment-variables/system-environment-variables."""
    if environ.get("VERCEL") != "1" and "VERCEL_ENV" not in environ:
        return None
    host = environ.get("VERCEL_PROJECT_PRODUCTION_URL", "")
    return f"https://{host}" if host and environ.get("VERCEL_ENV") == "production" else ""


def _gitlab_pages(environ: Mapping[str, str]) -> str | None:
    """https://docs.gitlab.com/ci/variables/predefined_variables/."""
    if environ.get("GITLAB_CI") != "true" and "CI_PAGES_URL" not in environ:
        return None
    is_default = environ.get("CI_COMMIT_BRANCH") == environ.get("CI_DEFAULT_BRANCH") or "CI_COMMIT_TAG" in environ
    is_merge_request = "CI_MERGE_REQUEST_IID" in environ or environ.get("CI_PIPELINE_SOURCE") == "merge_request_event"
    return "" if is_merge_request or not is_default else environ.get("CI_PAGES_URL", "")


# Services that run on top of others come first.
SERVICES: tuple[Callable[[Mapping[str, str]], str | None], ...] = (
    _read_the_docs,
    _netlify,
    _cloudflare_pages,
    _vercel,
    _gitlab_pages,
)


def _github_pages(environ: Mapping[str, str], *, domain: str, default_branch: str) -> str:
    """https://docs.github.com/en/actions/reference/workflows-and-actions/variables."""
    if environ.get("GITHUB_ACTIONS") != "true" or environ.get("GITHUB_SERVER_URL", GITHUB) != GITHUB:
        return ""
    is_pull_request = environ.get("GITHUB_EVENT_NAME", "").startswith(("pull_request", "merge_group"))
    owner, _, repository = environ.get("GITHUB_REPOSITORY", "").partition("/")
    if is_pull_request or not _is_published_by_github(environ, default_branch) or not (owner and repository):
        return ""
    if _DOMAIN.fullmatch(domain):
        return f"https://{domain.lower()}/"
    home = f"https://{owner.lower()}.github.io/"
    return home if repository.lower() == f"{owner.lower()}.github.io" else f"{home}{repository}/"


def _is_published_by_github(environ: Mapping[str, str], default_branch: str) -> bool:
    """Return whether a build is one of the default branch or of a tag; other branches are built to test them."""
    branch = environ.get("GITHUB_REF_NAME", "")
    if not branch or environ.get("GITHUB_REF_TYPE") == "tag":
        return True
    return branch == default_branch if default_branch else branch in PRODUCTION_BRANCHES


def read_default_branch(environ: Mapping[str, str]) -> str:
    """Return the default branch of a repository on GitHub, as the description of the event says that started a build.

    :param environ: environment variables; empty is returned where they name no such file.
    """
    path = environ.get("GITHUB_EVENT_PATH", "")
    if environ.get("GITHUB_ACTIONS") != "true" or not path or not Path(path).is_file():
        return ""
    try:
        event = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    repository = event.get("repository") if isinstance(event, dict) else None
    found = repository.get("default_branch") if isinstance(repository, dict) else None
    return found if isinstance(found, str) else ""
