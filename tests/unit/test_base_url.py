"""The URL of the site, taken from the variables that hosting services document."""

from __future__ import annotations

import pytest

from sphinxext.newsroom.core.base_url import detect_base_url

NETLIFY = {"NETLIFY": "true", "URL": "https://site.example", "DEPLOY_PRIME_URL": "https://deploy--site.netlify.app"}
CLOUDFLARE = {"CF_PAGES": "1", "CF_PAGES_URL": "https://0a1b2c3d.site.pages.dev"}
VERCEL = {"VERCEL": "1", "VERCEL_URL": "site-abc.vercel.app", "VERCEL_PROJECT_PRODUCTION_URL": "site.example"}
GITLAB = {"GITLAB_CI": "true", "CI_PAGES_URL": "https://group.gitlab.io/docs", "CI_DEFAULT_BRANCH": "main"}
GITHUB = {"GITHUB_ACTIONS": "true", "GITHUB_REPOSITORY": "Owner/docs", "GITHUB_EVENT_NAME": "push"}
READTHEDOCS = {"READTHEDOCS": "True", "READTHEDOCS_CANONICAL_URL": "https://docs.example/en/latest/"}


@pytest.mark.parametrize(
    ("environ", "url"),
    [
        ({}, ""),
        ({"URL": "https://elsewhere.example"}, ""),
        (READTHEDOCS | {"READTHEDOCS_VERSION_TYPE": "branch"}, "https://docs.example/en/latest/"),
        (READTHEDOCS | {"READTHEDOCS_VERSION_TYPE": "external"}, ""),
        ({"READTHEDOCS": "True"}, ""),
        (READTHEDOCS | GITHUB, "https://docs.example/en/latest/"),
        (GITHUB, "https://owner.github.io/docs/"),
        (GITHUB | {"GITHUB_REPOSITORY": "Owner/owner.github.io"}, "https://owner.github.io/"),
        (GITHUB | {"GITHUB_EVENT_NAME": "schedule"}, "https://owner.github.io/docs/"),
        (GITHUB | {"GITHUB_EVENT_NAME": "pull_request"}, ""),
        (GITHUB | {"GITHUB_EVENT_NAME": "pull_request_target"}, ""),
        (GITHUB | {"GITHUB_SERVER_URL": "https://git.node.example"}, ""),
        (GITHUB | {"GITHUB_REPOSITORY": ""}, ""),
        (GITLAB | {"CI_COMMIT_BRANCH": "main"}, "https://group.gitlab.io/docs/"),
        (GITLAB | {"CI_COMMIT_TAG": "v1"}, "https://group.gitlab.io/docs/"),
        (GITLAB | {"CI_COMMIT_BRANCH": "topic"}, ""),
        (GITLAB | {"CI_MERGE_REQUEST_IID": "7"}, ""),
        (NETLIFY | {"CONTEXT": "production"}, "https://site.example/"),
        (NETLIFY | {"CONTEXT": "deploy-preview"}, ""),
        (NETLIFY | {"CONTEXT": "branch-deploy"}, ""),
        (CLOUDFLARE | {"CF_PAGES_BRANCH": "main"}, "https://site.pages.dev/"),
        (CLOUDFLARE | {"CF_PAGES_BRANCH": "main", "CF_PAGES_URL": "https://site.pages.dev"}, "https://site.pages.dev/"),
        (CLOUDFLARE | {"CF_PAGES_BRANCH": "topic"}, ""),
        (VERCEL | {"VERCEL_ENV": "production"}, "https://site.example/"),
        (VERCEL | {"VERCEL_ENV": "preview"}, ""),
        (NETLIFY | {"CONTEXT": "production", "URL": "javascript:alert(1)"}, ""),
    ],
)
def test_only_the_published_site_gives_its_url(environ, url):
    assert detect_base_url(environ) == url
