"""The URL of the site, as the service that builds it tells in its environment variables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext.newsroom.core.urls import is_web_url

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PRODUCTION_BRANCHES = ("main", "master", "production")


def detect_base_url(environ: Mapping[str, str]) -> str:
    """Return the URL under which the site will be published, ending in ``/``; empty where that is not known.

    The URL of a preview is never returned: search engines and feed readers would remember it.

    :param environ: environment variables.
    """
    for service in SERVICES:
        if (url := service(environ)) is not None:
            return url.rstrip("/") + "/" if is_web_url(url) else ""
    return ""


def _read_the_docs(environ: Mapping[str, str]) -> str | None:
    """https://docs.readthedocs.com/platform/stable/reference/environment-variables.html."""
    if environ.get("READTHEDOCS") != "True" and "READTHEDOCS_CANONICAL_URL" not in environ:
        return None
    is_preview = environ.get("READTHEDOCS_VERSION_TYPE") == "external"
    return "" if is_preview else environ.get("READTHEDOCS_CANONICAL_URL", "")


def _netlify(environ: Mapping[str, str]) -> str | None:
    """https://docs.netlify.com/build/configure-builds/environment-variables/."""
    if environ.get("NETLIFY") != "true":
        return None
    return environ.get("URL", "") if environ.get("CONTEXT") == "production" else ""


def _cloudflare_pages(environ: Mapping[str, str]) -> str | None:
    """https://developers.cloudflare.com/pages/configuration/build-configuration/."""
    if environ.get("CF_PAGES") != "1":
        return None
    if environ.get("CF_PAGES_BRANCH") not in PRODUCTION_BRANCHES:
        return ""
    scheme, separator, host = environ.get("CF_PAGES_URL", "").rstrip("/").partition("://")
    # The variable names one deployment, <hash>.<project>.pages.dev; the site is at <project>.pages.dev.
    name = host.removesuffix(".pages.dev").rpartition(".")[2]
    return f"{scheme}{separator}{name}.pages.dev" if host.endswith(".pages.dev") else f"{scheme}{separator}{host}"


def _vercel(environ: Mapping[str, str]) -> str | None:
    """https://vercel.com/docs/environment-variables/system-environment-variables."""
    if environ.get("VERCEL") != "1":
        return None
    host = environ.get("VERCEL_PROJECT_PRODUCTION_URL", "")
    return f"https://{host}" if host and environ.get("VERCEL_ENV") == "production" else ""


def _gitlab_pages(environ: Mapping[str, str]) -> str | None:
    """https://docs.gitlab.com/ci/variables/predefined_variables/."""
    if environ.get("GITLAB_CI") != "true":
        return None
    is_default = environ.get("CI_COMMIT_BRANCH") == environ.get("CI_DEFAULT_BRANCH") or "CI_COMMIT_TAG" in environ
    is_preview = "CI_MERGE_REQUEST_IID" in environ or not is_default
    return "" if is_preview else environ.get("CI_PAGES_URL", "")


def _github_pages(environ: Mapping[str, str]) -> str | None:
    """https://docs.github.com/en/actions/reference/workflows-and-actions/variables."""
    if environ.get("GITHUB_ACTIONS") != "true":
        return None
    owner, _, repository = environ.get("GITHUB_REPOSITORY", "").partition("/")
    is_preview = environ.get("GITHUB_EVENT_NAME", "").startswith(("pull_request", "merge_group"))
    if not (owner and repository) or is_preview or environ.get("GITHUB_SERVER_URL", GITHUB) != GITHUB:
        return ""
    home = f"https://{owner.lower()}.github.io/"
    return home if repository.lower() == f"{owner.lower()}.github.io" else f"{home}{repository}/"


GITHUB = "https://github.com"
# Services that run on top of others come first.
SERVICES: tuple[Callable[[Mapping[str, str]], str | None], ...] = (
    _read_the_docs,
    _netlify,
    _cloudflare_pages,
    _vercel,
    _gitlab_pages,
    _github_pages,
)
